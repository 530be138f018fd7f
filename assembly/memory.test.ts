// The machine's own memory: a run that uses it up is told so, nothing has changed, and nothing traps.
import { describe, expect, test } from 'vitest';
import { EOUT_OF_MEMORY } from './abi/errno';
import { CHECK_FAILED, WHY_SIM_MEMORY } from './abi/event';
import { MADV_POPULATE_READ, MADV_POPULATE_WRITE, MAP_FIXED, MAP_PRIVATE, MAP_SHARED, PROT_READ } from './abi/mman';
import { SYSCTL_MAX_MAP_COUNT, SYSCTL_SWAP_PAGES } from './abi/sysctl';
import * as nr from './abi/sysno';
import { A, P, PRIVATE, RW, at, boot, kernel, len, type Machine } from './testing/machine';

const FULL = BigInt(-EOUT_OF_MEMORY);
const MANY = 400_000;
const SLOW = { timeout: 60_000 };

/** Calls until the memory is used up; returns how many calls that took. */
function exhaust(one: (i: number) => bigint): number {
  for (let i = 0; i < MANY; i++) if (one(i) === FULL) return i;
  return MANY;
}

/** The failing call once more: only scratch words may differ, none of the state on the heap. */
function refusesCleanly(m: Machine, call: () => bigint): void {
  const before = kernel.snapshot().bytes;
  expect(call()).toBe(FULL);
  expect(m.events.map(({ a, status }) => [a, status])).toEqual([[BigInt(WHY_SIM_MEMORY), CHECK_FAILED]]);
  const after = kernel.snapshot().bytes;
  expect(after.length).toBe(before.length);
  const heap = 64 * 1024; // the frame, the counters of the last call and other static words stand below
  expect(Buffer.compare(Buffer.from(after.subarray(heap)), Buffer.from(before.subarray(heap)))).toBe(0);
  expect(kernel.verify()).toBe(0);
}

const roomy = (): Machine => {
  const m = boot(4).capable();
  m.raw(nr.P_sysctl, SYSCTL_MAX_MAP_COUNT, 1 << 30);
  return m;
};
const mapAt = (m: Machine, page: number, pages: number, prot = RW, flags = PRIVATE, fd = -1): bigint =>
  m.raw(nr.SYS_mmap, at(page), len(pages), prot, flags | MAP_FIXED, fd, 0);

describe('used up by', SLOW, () => {
  test('pages in many states', () => {
    const m = roomy();
    mapAt(m, 0, 1 << 20);
    const n = exhaust((i) => m.raw(nr.P_touch_write, at(2 * i), 1));
    expect(n).toBeGreaterThan(65_536);
    refusesCleanly(m, () => m.raw(nr.SYS_mlock, A, len(1 << 20)));
  });

  test('VMAs, and forks that copy them', () => {
    const m = roomy();
    for (let i = 0; i < 20_000; i++) mapAt(m, i, 1, i & 1 ? RW : PROT_READ);
    exhaust(() => m.raw(nr.SYS_fork));
    refusesCleanly(m, () => m.raw(nr.SYS_fork));
    refusesCleanly(m, () => mapAt(m, 30_000, 1));
  });
});

// Calls that reach far: into other address spaces, or over all that is cached of a file. Each comes as late as it may.
describe('just before it is used up nothing traps', SLOW, () => {
  test('reclaim of every second page of another process', () => {
    const m = roomy();
    m.raw(nr.P_sysctl, SYSCTL_SWAP_PAGES, 1 << 20);
    mapAt(m, 0, 1 << 20);
    m.raw(nr.P_touch_write, A, len(1 << 20));
    const child = m.fork();
    let last = kernel.snapshot();
    exhaust((i) => {
      if (i % 10_000 === 0) last = kernel.snapshot();
      return m.raw(nr.P_touch_write, at(2 * i), 1);
    });
    kernel.restore(last);
    expect(child.raw(nr.P_memory_pressure, len(1 << 20))).toBeGreaterThan(0n);
    expect(kernel.verify()).toBe(0);
  });

  test.each<[string, number, number, number]>([
    ['reads it', MAP_SHARED, PROT_READ, MADV_POPULATE_READ],
    ['copies it', MAP_PRIVATE, RW, MADV_POPULATE_WRITE],
  ])('a process that holds little itself maps a file of which every second page is cached, and %s', (_, ...how) => {
    const [flags, prot, advice] = how;
    const m = roomy();
    const pages = 1 << 20;
    const fd = m.memfd(pages);
    mapAt(m, 0, pages, RW, MAP_SHARED, fd);
    const child = m.fork();
    let last = kernel.snapshot();
    exhaust((i) => {
      if (i % 10_000 === 0) last = kernel.snapshot();
      return m.raw(nr.P_touch_write, at(2 * i), 1);
    });
    kernel.restore(last);
    mapAt(child, pages, pages, prot, flags, fd);
    expect(child.raw(nr.SYS_madvise, at(pages), len(pages), advice)).toBe(0n);
    expect([0n, FULL]).toContain(m.raw(nr.SYS_ftruncate, fd, 0));
    expect(kernel.verify()).toBe(0);
  });
});

test('what a call needs grows with records, not with pages: 1 TiB is locked in one step', () => {
  const m = roomy();
  const pages = 1 << 28;
  mapAt(m, 0, pages);
  expect(m.raw(nr.SYS_mlock, A, len(pages))).toBe(0n);
  expect(m.locked_vm).toBe(pages);
  expect(m.state.nr_mlock).toBe(pages);
  expect(m.raw(nr.P_memory_pressure, P)).toBe(0n);
  expect(kernel.verify()).toBe(0);
});
