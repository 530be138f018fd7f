import type { ChangeLine, Fix } from '../model';
import { applied } from '../trial';

/** Lines of each side that are shown; of more the first ones. */
const MOST = 4;

/** Shows the edit of a fix as lines of the text that go and lines that come. */
export function editLines(source: string, fix: Fix): ChangeLine[] {
  const old = source.split('\n');
  const now = applied(source, fix).split('\n');
  let head = 0;
  while (head < Math.min(old.length, now.length) && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < Math.min(old.length, now.length) - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  const side = (sign: '-' | '+', lines: readonly string[]): ChangeLine[] =>
    lines
      .slice(head, lines.length - tail)
      .slice(0, MOST)
      .map((line): ChangeLine => ({ sign, text: line.trim() }));
  return [...side('-', old), ...side('+', now)];
}
