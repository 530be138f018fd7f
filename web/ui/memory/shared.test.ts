import { expect, test } from 'vitest';
import { at, parse } from '../../run/notation';
import { pageNumber } from './axis';
import { runAt } from './cells';
import { withImage } from './fixture.test-data';
import { sharersOf, twinsOf } from './shared';

const base = pageNumber(at(0));

test('a page that two processes map knows its twin, a page of its own has none', () => {
  const one = { ...parse('|RRrr|'), pid: 1 };
  const shared = one.extents.map((extent) => ({ ...extent, folio: 100n, mapcount: 2 }));
  const parent = { ...one, extents: shared };
  const child = { ...one, pid: 2, extents: shared.map((extent) => ({ ...extent, start: extent.start + 4096n })) };
  expect(twinsOf([parent, child], 1, base + 1)).toEqual([{ pid: 2, page: base + 2 }]);
  expect(twinsOf([parent, child], 2, base + 2)).toEqual([{ pid: 1, page: base + 1 }]);
  expect(twinsOf([parent, child], 1, base + 3)).toEqual([]);
  expect(twinsOf([{ ...withImage('|RR|'), pid: 1 }], 1, base)).toEqual([]);
  const runs = [0, 1, 2].map((page) => runAt(parent, base + page));
  expect(sharersOf([parent, child], 1, runs)).toEqual([2]);
  expect(sharersOf([parent, child], 1, runs.slice(2))).toEqual([]);
});
