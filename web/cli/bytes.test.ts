import { expect, test } from 'vitest';
import { Bytes, Match, TextList } from './bytes';

const textOf = (list: TextList): string => list.bytes.toString('latin1', 0, list.size);

function replace(list: TextList, front: number, back: number, texts: readonly string[]): void {
  const made = new Bytes();
  const ends = texts.map((text) => {
    made.text(text);
    return made.size;
  });
  list.replace(front, back, made, ends);
}

test.each<[string, number, number, string[], string]>([
  ['nothing', 4, 0, [], 'a,bb,ccc,d,'],
  ['the middle by fewer', 1, 1, ['x,'], 'a,x,d,'],
  ['the middle by more', 1, 1, ['xxxx,', 'y,', 'zz,'], 'a,xxxx,y,zz,d,'],
  ['the end', 3, 0, [], 'a,bb,ccc,'],
  ['the front', 0, 2, ['x,'], 'x,ccc,d,'],
  ['all', 0, 0, ['x,', 'y,'], 'x,y,'],
])('a list of texts replaces %s', (_what, front, back, made, expected) => {
  const list = new TextList();
  replace(list, 0, 0, ['a,', 'bb,', 'ccc,', 'd,']);
  replace(list, front, back, made);
  expect(textOf(list)).toBe(expected);
  replace(list, list.length, 0, ['e,']); // the ends still fit
  expect(textOf(list)).toBe(`${expected}e,`);
});

test('a list and a line grow beyond their first room', () => {
  const [list, line] = [new TextList(), new Bytes()];
  replace(list, 0, 0, ['a,', 'z,']);
  replace(list, 1, 1, ['x'.repeat(10_000)]);
  line.text('begin ');
  for (let i = 0; i < 3; i++) line.copy(list.bytes, 0, list.size);
  line.text(' end');
  expect(line.line().toString()).toBe(`begin ${`a,${'x'.repeat(10_000)}z,`.repeat(3)} end`);
  line.clear();
  expect(line.line().toString()).toBe('');
});

test.each([0, 7, 10, 99, 100, 4096, 2 ** 31 - 1, 2 ** 31, 2 ** 53 - 1, -1])('the number %d is written in full', (n) => {
  const out = new Bytes();
  out.number(n);
  expect(out.line().toString()).toBe(String(n));
});

test.each([0n, 9n, 0x10n, 0x601000n, 0xffff_ffffn, 0x1_0000_0000n, 0x7fff_f7ff_7000n, 2n ** 64n - 1n])(
  'the address %d is written in hex',
  (addr) => {
    const out = new Bytes();
    out.hex(Number(addr & 0xffff_ffffn), Number(addr >> 32n));
    expect(out.line().toString()).toBe(`0x${addr.toString(16)}`);
  },
);

test.each<[string, string, boolean]>([
  ['the same', 'one two three', true],
  ['another first piece', 'One two three', false],
  ['another copy', 'one twO three', false],
  ['another end', 'one two threE', false],
  ['a line that ends early', 'one two', false],
  ['a line that goes on', 'one two three ', false],
])('pieces are compared with a line: %s', (_what, line, same) => {
  const match = new Match();
  match.begin(Buffer.from(line));
  match.text('one ');
  match.copy(Buffer.from('[two]'), 1, 4);
  match.text(' three');
  expect(match.same).toBe(same);
});
