import { expect, test } from 'vitest';
import { at } from '../../run/notation';
import { pageNumber } from './axis';
import { callSpan } from './call-span';
import { BUF } from './fixture.test-data';

const base = pageNumber(at(0));
const moved = { ...BUF, start: at(100), end: at(116), step: 7 };

test.each([
  ['mlock(buf, 65536)', 0, 16],
  ['munmap(buf+10p, 8192)', 10, 12],
  ['touch_write(buf+12289, 1)', 3, 4],
  ['madvise(buf+4095, 2, MADV_DONTNEED)', 0, 2],
  [`mlock2(0x${at(3).toString(16)}, 4096, MLOCK_ONFAULT)`, 3, 4],
])('%s speaks of pages %d to %d', (text, from, to) => {
  expect(callSpan([BUF], 5, text)).toEqual([base + from, base + to]);
});

test('a call that maps memory is the name that it gave', () => {
  expect(callSpan([BUF], 1, 'mmap(NULL, 65536, PROT_READ, MAP_PRIVATE, -1, 0)')).toEqual([base, base + 16]);
});

test('a name is what it was before the step', () => {
  expect(callSpan([BUF, moved], 7 + 1, 'mlock(buf, 4096)')).toEqual([base + 100, base + 101]);
  expect(callSpan([BUF, moved], 6, 'mlock(buf, 4096)')).toEqual([base, base + 1]);
});

test.each(['mlockall(MCL_CURRENT)', 'mlock(other, 4096)', 'mlock(buf, 0)', 'mlock(buf, -4096)', 'fork()', ''])(
  '%s names no pages',
  (text) => expect(callSpan([BUF], 5, text)).toBeNull(),
);
