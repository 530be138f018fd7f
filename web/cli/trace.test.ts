import { expect, test } from 'vitest';
import { parseCall as parse } from './trace';

const parseCall = (line: string) => parse(Buffer.from(line));

test('arguments are numbers, names joined by |, hex strings, or slots of files', () => {
  const line =
    '{"i":7,"proc":2,"call":"mmap","args":["0x1000",4096,"PROT_READ|PROT_WRITE","2","fd3",-1],"ret":"0x1000"}';
  const call = parseCall(line);
  expect(call).toMatchObject({ call: 'mmap', proc: 2 });
  expect(call.args).toEqual([0x1000n, 4096n, 3n, 2n, { slot: 3 }, 0xffff_ffff_ffff_ffffn]);
  expect(call.text).toBe('["0x1000",4096,"PROT_READ|PROT_WRITE","2","fd3",-1]');
});

test('a large number keeps all its digits', () => {
  expect(parseCall('{"i":0,"call":"munlock","args":[4096,18446744073709551615]}').args[1]).toBe(2n ** 64n - 1n);
});

test('a call without arguments, and an unknown name', () => {
  expect(parseCall('{"i":0,"call":"munlockall","args":[],"ret":0}').args).toEqual([]);
  expect(() => parseCall('{"i":0,"call":"mlock","args":["MAP_WHAT",1]}')).toThrow("unknown name or number 'MAP_WHAT'");
});
