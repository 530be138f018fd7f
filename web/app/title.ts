import type { Example } from '../share/example';

/** What a text is called: the title of the example that it is, else its first comment. */
export function titleOf(source: string, origin: string, examples: readonly Example[]): string {
  const known = examples.find((example) => example.text === source);
  if (known) return known.title;
  const comment = /^\s*\/\/\s*(.+)/.exec(source)?.[1]?.replace(/\.\s*$/, '');
  return comment ?? (origin === 'link' ? 'A shared text' : 'My text');
}
