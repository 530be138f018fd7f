import { expect, test } from 'vitest';
import { PEEK_VMA } from '../../assembly/abi/layout';
import { bytesOf, packedList } from '../core/packed-list';
import { keepEqual } from './keep-equal';

test('equal values are the old ones', () => {
  const old = { a: [1, { b: 2n }], c: new Float64Array([1, 2]), d: null };
  expect(keepEqual(old, { a: [1, { b: 2n }], c: new Float64Array([1, 2]), d: null })).toBe(old);
});

test('what changed is new, and the rest beside it is kept', () => {
  const old = { a: { x: 1 }, b: [{ y: 1 }, { y: 2 }, { y: 3 }], c: new Uint16Array([1]) };
  const next = keepEqual(old, { a: { x: 1 }, b: [{ y: 1 }, { y: 9 }], c: new Uint16Array([2]) });
  expect(next).toEqual({ a: { x: 1 }, b: [{ y: 1 }, { y: 9 }], c: new Uint16Array([2]) });
  expect(next).not.toBe(old);
  expect([next.a, next.b[0]]).toEqual([old.a, old.b[0]]);
  expect(next.a).toBe(old.a);
  expect(next.b[0]).toBe(old.b[0]);
  expect(next.b[1]).not.toBe(old.b[1]);
});

test('nothing is taken for equal that is not', () => {
  const pairs: [unknown, unknown][] = [
    [{ a: 1 }, {}],
    [{}, { a: undefined }],
    [[1, 2], [1]],
    [[], {}],
    [{ 0: 1 }, [1]],
    [null, {}],
    [1, 1n],
    [new Uint8Array(4), new Uint32Array(1)],
    [new Uint8Array([1, 2, 3]), new Uint8Array([1, 2, 4])],
    [new Map([[1, 1]]), new Map([[1, 2]])],
  ];
  for (const [old, next] of pairs) expect(keepEqual(old, next)).toStrictEqual(next);
});

test('packed lists are compared by their bytes, and stay packed', () => {
  const pack = (vm_start: number) => {
    const words = new Uint32Array(PEEK_VMA / 2); // two VMAs
    words[PEEK_VMA / 4] = vm_start;
    return packedList('vmas', words.buffer);
  };
  const old = { vmas: pack(4096) };
  expect(keepEqual(old, { vmas: pack(4096) })).toBe(old);
  new Uint32Array(bytesOf(old.vmas)!)[PEEK_VMA / 2 - 1] = 7; // what no item uses tells nothing
  expect(keepEqual(old, { vmas: pack(4096) })).toBe(old);
  const next = keepEqual(old, { vmas: pack(8192) });
  expect(next.vmas[1]!.vm_start).toBe(8192n);
});
