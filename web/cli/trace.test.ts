import { expect, test } from 'vitest';
import { CallReader } from './trace';

function parseCall(line: string) {
  const { call, proc, args, slots, nr_args, from, end } = reader(line);
  const values = Array.from({ length: nr_args }, (_, i) =>
    slots[i]! >= 0 ? { slot: slots[i] } : (BigInt(args[2 * i + 1]!) << 32n) | BigInt(args[2 * i]!),
  );
  return { call, proc, args: values, text: line.slice(from, end) };
}

function reader(line: string): CallReader {
  const read = new CallReader();
  read.read(Buffer.from(line));
  return read;
}

test('arguments are numbers, names joined by |, hex strings, or slots of files', () => {
  const line =
    '{"i":7,"proc":2,"call":"mmap","args":["0x1000",4096,"PROT_READ|PROT_WRITE","2","fd3",-1],"ret":"0x1000"}';
  const call = parseCall(line);
  expect(call).toMatchObject({ call: 'mmap', proc: 2 });
  expect(call.args).toEqual([0x1000n, 4096n, 3n, 2n, { slot: 3 }, 0xffff_ffff_ffff_ffffn]);
  expect(call.text).toBe('"proc":2,"call":"mmap","args":["0x1000",4096,"PROT_READ|PROT_WRITE","2","fd3",-1]');
});

test('a large number keeps all its digits', () => {
  expect(parseCall('{"i":0,"call":"munlock","args":[4096,18446744073709551615]}').args[1]).toBe(2n ** 64n - 1n);
});

test('a call without arguments, and an unknown name', () => {
  expect(parseCall('{"i":0,"call":"munlockall","args":[],"ret":0}').args).toEqual([]);
  expect(() => parseCall('{"i":0,"call":"mlock","args":["MAP_WHAT",1]}')).toThrow("unknown name or number 'MAP_WHAT'");
});

test.each<[string, bigint]>([
  ['0', 0n],
  ['-4096', 2n ** 64n - 4096n],
  ['4503599627370497', 2n ** 52n + 1n],
  ['"0xffffffffffffffff"', 2n ** 64n - 1n],
  ['"0x7fFFf7ff7000"', 0x7fff_f7ff_7000n],
  ['"0x1000|0x1"', 0x1001n],
  ['"4096"', 4096n],
  ['null', 0n],
])('the argument %s', (text, value) => {
  expect(parseCall(`{"i":0,"call":"munlock","args":[ ${text} , 1]}`).args).toEqual([value, 1n]);
});

test.each(['{}', '{"call":7}', '{"i":0,"ret":0}', '{"i":0,"call":"mlock","args":["0x12'])('no call: %s', (line) => {
  expect(() => parseCall(line)).toThrow();
});
