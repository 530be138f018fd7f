// The scenarios of examples/, as the build puts them into the page.
import { inOrder, readExample, type Example } from '../share/example';

/** Lists all scenarios in the order of their numbers. */
export function listExamples(): readonly Example[] {
  const files = import.meta.glob<string>('../../examples/*.c', { query: '?raw', import: 'default', eager: true });
  return inOrder(Object.entries(files).map(([path, text]) => readExample(path, text)));
}
