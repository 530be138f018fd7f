import { expect, test } from 'vitest';
import { Seen } from './seen';

// Items of two words, of which the first counts.
const words = (...items: number[]): Uint32Array => Uint32Array.from(items.flatMap((item) => [item, 7]));

test.each<[string, Uint32Array, [number, number]]>([
  ['the same', words(1, 2, 3), [6, 0]],
  ['a change in the middle', words(1, 9, 3), [2, 2]],
  ['one more', words(1, 2, 9, 3), [4, 2]],
  ['one less', words(1, 3), [2, 2]],
  ['a copy beside it: no item counts twice', words(1, 2, 2, 3), [4, 2]],
  ['nothing left', words(), [0, 0]],
])('what stands around a change is found: %s', (_what, now, around) => {
  const seen = new Seen();
  seen.take(words(1, 2, 3), 0, 6);
  expect(seen.around(now, 0, now.length, 2, 1)).toEqual(around);
});

test('words are seen again only when all are the same', () => {
  const seen = new Seen();
  expect(seen.again(words(1, 2), 0, 4)).toBe(false);
  expect(seen.again(words(1, 2), 0, 4)).toBe(true);
  expect(seen.again(words(1), 0, 2)).toBe(false);
  expect(seen.again(words(1), 0, 2)).toBe(true);
});
