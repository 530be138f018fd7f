import { expect, test } from 'vitest';
import { editLines } from './edit-lines';

const source = 'a();\n  mlock(p, 9);\nb();';
const shown = (from: number, to: number, insert: string) =>
  editLines(source, { title: '', from, to, insert }).map(({ sign, text }) => sign + text);

test('an edit is shown by the lines that it changes', () => {
  const at = source.indexOf('9');
  expect(shown(at, at + 1, '4')).toEqual(['-mlock(p, 9);', '+mlock(p, 4);']);
  expect(shown(5, 5, 'mmap();\n')).toEqual(['+mmap();']);
  expect(shown(5, 20, '')).toEqual(['-mlock(p, 9);']);
});
