import { expect, test } from 'vitest';
import { Bytes, TextList } from './bytes';

const textOf = (list: TextList): string => list.bytes.toString('latin1', 0, list.size);

test.each<[string, number, number, string[], string]>([
  ['nothing', 4, 0, [], 'a,bb,ccc,d,'],
  ['the middle by fewer', 1, 1, ['x,'], 'a,x,d,'],
  ['the middle by more', 1, 1, ['xxxx,', 'y,', 'zz,'], 'a,xxxx,y,zz,d,'],
  ['the end', 3, 0, [], 'a,bb,ccc,'],
  ['the front', 0, 2, ['x,'], 'x,ccc,d,'],
  ['all', 0, 0, ['x,', 'y,'], 'x,y,'],
])('a list of texts replaces %s', (_what, front, back, made, expected) => {
  const list = new TextList();
  list.replace(0, 0, ['a,', 'bb,', 'ccc,', 'd,']);
  list.replace(front, back, made);
  expect(textOf(list)).toBe(expected);
  list.replace(list.length, 0, ['e,']); // the ends still fit
  expect(textOf(list)).toBe(`${expected}e,`);
});

test('a list and a line grow beyond their first room', () => {
  const [list, line] = [new TextList(), new Bytes()];
  list.replace(0, 0, ['a,', 'z,']);
  list.replace(1, 1, ['x'.repeat(10_000)]);
  line.text('begin ');
  for (let i = 0; i < 3; i++) line.copy(list.bytes, list.size);
  line.text(' end');
  expect(line.line().toString()).toBe(`begin ${`a,${'x'.repeat(10_000)}z,`.repeat(3)} end`);
  line.clear();
  expect(line.line().toString()).toBe('');
});
