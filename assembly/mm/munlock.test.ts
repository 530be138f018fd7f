// munlock: the same ranges as mlock, without limits, privileges and populate.
import { describe, expect, test } from 'vitest';
import { A, P, boot, map } from '../testing/machine';
import { MREMAP_DONTUNMAP, MREMAP_FIXED, MREMAP_MAYMOVE } from '../abi/mman';
import { SYS_munlock } from '../abi/sysno';

const TOP = 1n << 64n;

describe('rounding and wrap', () => {
  test.each<[string, bigint, bigint, string]>([
    ['one byte', A + 100n, 1n, '|R|LLL|'],
    ['two bytes over a border', A + 4095n, 2n, '|RR|LL|'],
    ['length 0', A, 0n, '|LLLL|'],
    ['length 0, unaligned', A + 1n, 0n, '|R|LLL|'],
    ['-1: 0, nothing done', A, TOP - 1n, '|LLLL|'],
    ['-2 at an odd address', A + 1n, TOP - 2n, '|LLLL|'],
    ['-1 at the end of a page: one page', A + 4095n, TOP - 1n, '|R|LLL|'],
    ['-4096', A, TOP - P, 'EINVAL |LLLL|'],
    ['2^62: up to the first hole', A, 1n << 62n, 'ENOMEM |RRRR|'],
    ['2^63', A, 1n << 63n, 'ENOMEM |RRRR|'],
  ])('%s', (_, start, len, drawing) => {
    expect(map('|LLLL|').draw(SYS_munlock, start, len)).toBe(drawing);
  });
});

describe('effects', () => {
  test('no limit and no capability are needed', () => {
    expect(map('|LL|', { memlock: 0 }).munlock(0, 2)).toBe('|RR|');
  });

  test('what is not locked stays as it is', () => {
    expect(map('|rR|').munlock(0, 2)).toBe('|rR|');
  });

  test('a hole stops it: what came before is unlocked', () => {
    const m = map('|LL|.|LL|');
    expect(m.munlock(0, 5)).toBe('ENOMEM |RR|.|LL|');
    expect(m.locked_vm).toBe(2);
    expect(map('.|LL|').munlock(0, 3)).toBe('ENOMEM .|LL|');
  });

  test('both kinds of lock go, resident or not', () => {
    expect(map('|Ll|Oo|').munlock(0, 4)).toBe('|RrRr|');
  });

  test('pages come back to the inactive list, never the active one', () => {
    const m = map('|r|');
    [1, 2].forEach(() => m.madvise(0, 1, 23));
    expect(m.kpf(0)).toBe('0x400005868'); // LRU, ACTIVE
    m.mlock(0);
    m.munlock(0);
    expect(m.kpf(0)).toBe('0x40000582c'); // LRU, REFERENCED
  });

  test('a page that another mapping locks stays on the unevictable list', () => {
    const m = boot(3);
    const fd = m.memfd(1);
    [0, 2].forEach((page) => m.mmap(page, 1, { flags: 1, fd }));
    [0, 2].forEach((page) => m.mlock(page));
    expect(m.count(0)).toBe(2);
    expect(m.munlock(0)).toBe('|R|.|L|');
    expect(m.count(0)).toBe(1);
    expect(m.kpf(0)).toBe('0x20004482c');
    m.munlock(2);
    expect(m.kpf(0)).toBe('0x482c');
  });

  test('pages stranded by MREMAP_DONTUNMAP are out of its reach', () => {
    const m = map('|LLLL|....');
    m.mremap(1, 2, 2, MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP, 5);
    expect(m.drawing).toBe('|RrrR|.|LL|.');
    m.munlock(0, 4);
    expect(m.kpf(0)).toBe('0x60004582c');
    expect(m.munmap(0, 4)).toBe('.....|LL|.');
    expect(m.state.nr_mlock).toBe(2);
  });
});
