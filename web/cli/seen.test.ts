import { expect, test } from 'vitest';
import { Seen } from './seen';

const words = (...words: number[]): Uint32Array => Uint32Array.from(words);

test.each<[string, Uint32Array, boolean]>([
  ['the same', words(1, 2, 3), true],
  ['another last one', words(1, 2, 4), false],
  ['one less', words(1, 2), false],
  ['one more', words(1, 2, 3, 0), false],
])('words are those seen last only when all are: %s', (_what, now, same) => {
  const seen = new Seen();
  expect(seen.is(now, 0, now.length)).toBe(false);
  seen.take(words(9, 1, 2, 3, 9), 1, 4);
  expect(seen.is(now, 0, now.length)).toBe(same);
});

test('a stretch is found where it stood', () => {
  const seen = new Seen();
  seen.take(words(1, 2, 3), 0, 3);
  expect(seen.same(words(0, 2, 3), 1, 1, 2)).toBe(true);
  expect(seen.same(words(0, 2, 3), 1, 0, 2)).toBe(false);
});
