// MADV_PAGEOUT and memory pressure: what goes, what stays, and how it comes back.
import { describe, expect, test } from 'vitest';
import { P, SHARED, boot, map, type Machine } from '../testing/machine';
import { EV_RECLAIM, RECLAIM_MLOCKED, RECLAIM_NO_SWAP, RECLAIM_SHARED, RECLAIM_TAKEN } from '../abi/event';
import { MADV_DONTNEED, MADV_FREE, MADV_PAGEOUT, MAP_SHARED, PROT_READ } from '../abi/mman';
import { SYSCTL_SWAP_PAGES } from '../abi/sysctl';
import { P_memory_pressure, P_sysctl } from '../abi/sysno';

const swap = (m: Machine, pages: number): Machine => {
  m.raw(P_sysctl, SYSCTL_SWAP_PAGES, pages);
  return m;
};
const met = (m: Machine): bigint[] => m.events.filter(({ kind }) => kind === EV_RECLAIM).map(({ b }) => b);

describe('MADV_PAGEOUT', () => {
  test('anonymous pages go to swap, and come back when touched', () => {
    const m = swap(map('|RRr|'), 8);
    expect(m.madvise(0, 3, MADV_PAGEOUT)).toBe('|SSr|');
    expect(m.process.counters).toMatchObject({ rss_anon: 0, swap: 2 });
    expect(m.read(0)).toBe('|RSr|');
    expect(m.process.counters).toMatchObject({ rss_anon: 1, swap: 1 });
  });

  test('a page that was only read is still in the swap cache', () => {
    const m = swap(map('|RR|'), 8);
    m.madvise(0, 2, MADV_PAGEOUT);
    m.read(0);
    m.write(1);
    expect([m.kpf(0), m.kpf(1)].map((word) => (parseInt(word, 16) >> 13) & 1)).toEqual([1, 0]);
  });

  test('as much as there is swap', () => {
    expect(swap(map('|RRR|'), 2).madvise(0, 3, MADV_PAGEOUT)).toBe('|SSR|');
    expect(map('|RRR|').madvise(0, 3, MADV_PAGEOUT)).toBe('|RRR|');
  });

  test('mlock brings pages back, mlock2 on fault leaves them until they are touched', () => {
    const m = swap(map('|RRRR|'), 8);
    m.madvise(0, 4, MADV_PAGEOUT);
    expect(m.mlock(0, 2)).toBe('|LL|SS|');
    expect(m.mlock2(2, 2)).toBe('|LL|SS|');
    expect(m.read(2)).toBe('|LL|OS|');
  });

  test('what comes back from swap is not PG_mlocked, though its VMA is locked, until reclaim looks at it', () => {
    const m = swap(map('|RRRR|'), 8);
    m.madvise(0, 4, MADV_PAGEOUT);
    m.mlock(0, 2);
    m.mlock2(2, 2);
    m.write(2);
    expect(m.state.nr_mlock).toBe(0); // Seen: 6.18.44
    expect(m.process.counters.locked_vm).toBe(4);
    m.raw(P_memory_pressure, 64n * P);
    expect(m.state.nr_mlock).toBe(3);
    expect(m.drawing).toBe('|LL|OS|');
  });

  test('MADV_FREE gives back the swap of its range, and no more', () => {
    const m = swap(map('|RRRR|'), 8);
    m.madvise(0, 4, MADV_PAGEOUT);
    expect(m.madvise(1, 1, MADV_FREE)).toBe('|SrSS|'); // Seen: 6.18.44
    expect(m.state.swap_free).toBe(5);
    expect(m.process.counters.swap).toBe(3);
  });

  test('MADV_DONTNEED and munmap give swap back', () => {
    const m = swap(map('|RR|'), 8);
    m.madvise(0, 2, MADV_PAGEOUT);
    expect(m.state.swap_free).toBe(6);
    m.madvise(0, 1, MADV_DONTNEED);
    m.munmap(1);
    expect(m.state.swap_free).toBe(8);
  });

  test('does not take what two processes share', () => {
    const m = swap(map('|R|'), 8);
    const child = m.fork();
    expect(child.madvise(0, 1, MADV_PAGEOUT)).toBe('|R|');
    expect(met(child)).toEqual([BigInt(RECLAIM_SHARED)]);
  });

  test('shared memory: a clean page is freed, a dirty one stays cached', () => {
    const m = boot(2);
    m.mmap(0, 2, { flags: SHARED });
    m.read(0);
    m.write(1);
    expect(m.madvise(0, 2, MADV_PAGEOUT)).toBe('|rr|');
    expect(m.state.files[0]!.cached).toEqual([[1, 1]]);
  });

  test('pages that another mapping locks stay', () => {
    const m = swap(boot(3), 8);
    const fd = m.memfd(1);
    m.mmap(0, 1, { flags: MAP_SHARED, fd });
    m.mmap(2, 1, { flags: MAP_SHARED, fd });
    m.mlock(2);
    m.read(0);
    expect(m.madvise(0, 1, MADV_PAGEOUT)).toBe('|R|.|L|');
  });

  test('a stranded page stays, but its count is lost', () => {
    const m = map('|LLL|...');
    m.mremap(1, 1, 1, 7, 4);
    expect(m.drawing).toBe('|RrR|.|L|.');
    expect(m.count(0)).toBe(1);
    expect(m.madvise(0, 3, MADV_PAGEOUT)).toBe('|RrR|.|L|.');
    expect(m.count(0)).toBe(0);
    expect(m.kpf(0)).toMatch(/^0x6/);
  });
});

describe('memory pressure', () => {
  test('takes what was asked for, never mlocked pages, and says what it met', () => {
    const m = swap(map('|RR|LL|RR|'), 100);
    expect(m.raw(P_memory_pressure, 3n * P)).toBe(3n);
    expect(m.drawing).toBe('|SS|LL|SR|');
    expect(met(m)).toEqual([RECLAIM_TAKEN, RECLAIM_MLOCKED, RECLAIM_TAKEN].map(BigInt));
  });

  test('takes all it can when asked for more', () => {
    const m = swap(map('|RR|L|O|'), 100);
    expect(m.raw(P_memory_pressure, 100n * P)).toBe(2n);
    expect(m.drawing).toBe('|SS|L|O|');
    expect(m.locked_vm).toBe(2);
  });

  test('without swap nothing anonymous goes', () => {
    const m = map('|RR|');
    expect(m.raw(P_memory_pressure, P)).toBe(0n);
    expect(met(m)).toEqual([BigInt(RECLAIM_NO_SWAP)]);
  });

  test('reaches other processes', () => {
    const m = swap(boot(2), 8);
    const child = m.fork();
    child.mmap(0, 2);
    child.write(0, 2);
    expect(m.raw(P_memory_pressure, 2n * P)).toBe(2n);
    expect(child.drawing).toBe('|SS|');
  });

  test('a lock on fault that has no page yet protects nothing and needs nothing', () => {
    const m = swap(map('|oo|R|'), 8);
    expect(m.raw(P_memory_pressure, 9n * P)).toBe(1n);
    expect(m.drawing).toBe('|oo|S|');
    expect(m.mprotect(2, 1, PROT_READ)).toBe('|oo|S|');
  });
});
