// The unevictable list, and the per-CPU batches through which pages come to it.
import { describe, expect, test } from 'vitest';
import { P, RW, at, boot, kernel, map, type Machine } from '../testing/machine';
import { MADV_COLD, MAP_LOCKED, MAP_SHARED } from '../abi/mman';
import { SYSCTL_BATCHES } from '../abi/sysctl';
import { P_sysctl } from '../abi/sysno';

describe('the unevictable list', () => {
  test('one page, two mappings: counted up and down, by munlock and by munmap', () => {
    const m = boot(9);
    const fd = m.memfd(4);
    [0, 5].forEach((page) => m.mmap(page, 4, { flags: MAP_SHARED, fd }));
    m.mlock(0, 4);
    m.mlock(5, 4);
    expect([m.count(0), m.state.nr_mlock, m.state.nr_unevictable]).toEqual([2, 4, 4]);
    m.munlock(0, 4);
    expect([m.count(5), m.state.nr_mlock, m.state.nr_unevictable]).toEqual([1, 4, 4]);
    m.munmap(5, 4);
    expect([m.state.nr_mlock, m.state.nr_unevictable]).toEqual([0, 0]);
  });

  test('freed while locked', () => {
    const m = map('|LL|');
    m.munmap(0, 2);
    expect([m.state.nr_mlock, m.state.nr_unevictable]).toEqual([0, 0]);
  });

  test('mremap, fork and mprotect raise no event', () => {
    const m = map('|L|.');
    m.fork();
    m.mremap(0, 1, 1, 3, 1);
    m.mprotect(1, 1, 1);
    expect(m.count(1)).toBe(1);
    expect(m.state.nr_mlock).toBe(1);
  });
});

describe('batches left as a real kernel leaves them', () => {
  const lagging = (drawing: string): Machine => {
    const m = map(drawing);
    m.raw(P_sysctl, SYSCTL_BATCHES, 1);
    return m;
  };
  const now = (m: Machine, page: number): bigint =>
    m.process.extents.find(({ start, nr_pages }) => start <= at(page) && at(page) < start + BigInt(nr_pages) * P)!.kpf;

  test('a fresh page is on no list yet; locked on fault it is PG_mlocked at once', () => {
    const m = lagging('|r|o|');
    m.write(0, 2);
    expect(now(m, 0)).toBe(0x400005808n);
    expect(now(m, 1)).toBe(0x600005808n);
  });

  test('the 31st page processes its batch', () => {
    const m = lagging(`|${'o'.repeat(31)}|`);
    m.write(0, 30);
    expect(now(m, 0)).toBe(0x600005808n);
    m.write(30);
    expect(now(m, 0)).toBe(0x600045828n);
  });

  test('mlock drains, a munlock that changes nothing does not', () => {
    const m = lagging('|rr|');
    m.write(0);
    m.munlock(0, 2);
    expect(now(m, 0)).toBe(0x400005808n);
    m.mlock2(1);
    expect(now(m, 0)).toBe(0x400005828n);
  });

  test('munmap does not: nr_mlock lags', () => {
    const m = lagging('|LL|.|r|');
    m.munmap(0, 2);
    expect(m.state.nr_mlock).toBe(2);
    m.madvise(3, 1, MADV_COLD);
    expect(m.state.nr_mlock).toBe(0);
  });

  test('a file page unmapped and locked again loses its mark, and mlock does not bring it back', () => {
    const m = boot(1);
    const fd = m.memfd(1);
    m.raw(P_sysctl, SYSCTL_BATCHES, 1);
    const locked = { flags: MAP_SHARED | MAP_LOCKED, fd, prot: RW };
    m.mmap(0, 1, locked);
    m.mmap(0, 1, locked);
    expect(m.drawing).toBe('|L|');
    expect(now(m, 0) & (1n << 33n)).toBe(0n);
    m.mlock(0);
    expect(now(m, 0) & (1n << 33n)).toBe(0n);
    m.munlock(0);
    m.mlock(0);
    expect(now(m, 0) & (1n << 33n)).toBe(1n << 33n);
    expect(kernel.verify()).toBe(0);
  });

  test('a full lock batch before lru_add loses counts: unlocking one mapping unmarks the other’s page', () => {
    const m = boot(64);
    const fd = m.memfd(1);
    m.raw(P_sysctl, SYSCTL_BATCHES, 1);
    m.mmap(0, 1, { flags: MAP_SHARED, fd });
    m.mmap(2, 1, { flags: MAP_SHARED, fd });
    m.mmap(10, 40);
    m.mlock2(0);
    m.mlock2(2);
    m.mlock2(10, 40);
    m.write(0);
    m.write(2);
    m.write(10, 29);
    m.munlock(0);
    expect(m.drawing.slice(0, 8)).toBe('|R|.|O|.');
    expect(m.kpf(2)).toBe('0x4838');
  });
});
