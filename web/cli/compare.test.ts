import { expect, test } from 'vitest';
import { differences, type CallRecord } from './compare';

const vma = (start: string, end: string, flags: string, Rss = 0) => {
  return { start, end, perms: 'rw-p', pgoff: '0x0', backing: 'anon', flags, Rss, Locked: 0 };
};
const record = {
  ret: 0,
  VmSize: 12,
  VmLck: 4,
  VmRSS: 8,
  vmas: [vma('0x1000', '0x2000', 'rd wr', 4), vma('0x5000', '0x7000', 'rd wr lo', 4)],
  pages: [['0x5000', 1, 'present anon lru']],
  mlock_count: [],
  def_flags: '',
  map_count: 2,
} as unknown as CallRecord;
const harness = [[0x1000n, 0x2000n]] as const;

const changed = (change: object): string[] =>
  differences(record, { ...record, ...change } as CallRecord, harness).map((text) => text.split(':')[0]!);

test.each<[string, object, string[]]>([
  ['nothing', {}, []],
  ['the result', { ret: -1, errno: 'ENOMEM' }, ['ret', 'errno']],
  ['a counter', { VmLck: 0 }, ['VmLck']],
  ['a page', { pages: [['0x5000', 1, 'present anon lru mlocked']] }, ['pages']],
  ['def_flags', { def_flags: 'VM_LOCKED' }, ['def_flags']],
  ['a border', { vmas: [record.vmas![0], vma('0x5000', '0x6000', 'rd wr lo', 4)] }, ['vmas']],
  ['a process', { procs: { 1: record } }, ['proc 1 VmSize']],
  ['residency of the harness only', { VmRSS: 4, vmas: [vma('0x1000', '0x2000', 'rd wr', 0), record.vmas![1]] }, []],
  ['flags of the harness', { vmas: [vma('0x1000', '0x2000', 'rd wr lo', 4), record.vmas![1]] }, ['VmLck', 'harness']],
])('tells a difference in %s', (_what, change, fields) => {
  expect(changed(change)).toEqual(expect.arrayContaining(fields));
  if (fields.length === 0) expect(changed(change)).toEqual([]);
});
