import { expect, test } from 'vitest';
import { smallestEdit } from './place';

test('the smallest edit leaves what is the same', () => {
  for (const [old, text] of [
    ['abc', 'abc'],
    ['aXc', 'abbc'],
    ['aa', 'aaa'],
    ['', 'x'],
    ['xyx', 'x'],
  ] as const) {
    const { from, to, insert } = smallestEdit(old, text);
    expect(old.slice(0, from) + insert + old.slice(to)).toBe(text);
  }
  expect(smallestEdit('one two', 'one 2')).toEqual({ from: 4, to: 7, insert: '2' });
});
