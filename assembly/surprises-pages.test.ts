// What surprises in merging and in pages; see surprises.test.ts.
import { describe, expect, test } from 'vitest';
import { A, P, boot, kernel, len, map, type Machine } from './testing/machine';
import * as mman from './abi/mman';
import * as nr from './abi/sysno';
import { IMAGE_STATIC } from './abi/image';
import { SYSCTL_BATCHES, SYSCTL_SWAP_PAGES } from './abi/sysctl';

const { MAP_LOCKED, MAP_PRIVATE, MAP_SHARED } = mman;
const MLOCKED = 1n << 33n;

function secret(m: Machine, pages: number): number {
  const fd = Number(m.raw(nr.SYS_memfd_secret, 0));
  m.raw(nr.SYS_ftruncate, fd, len(pages));
  return fd;
}

describe('VMAs that stay apart', () => {
  test('28: two equal neighbours', () => {
    const m = map('|rr|oo|');
    m.write(0);
    m.write(2);
    expect(m.munlock(2, 2)).toBe('|Rr|Rr|');
  });

  test('29: even pages, then odd ones', () => {
    const m = map('|rrrrrrrr|');
    [0, 2, 4, 6, 1, 3, 5, 7].forEach((page) => m.mlock(page));
    expect(m.drawing).toBe('|LL|LL|LL|LL|');
  });

  test('30: SysV memory', () => {
    const m = boot(2);
    m.raw(nr.SYS_shmat, m.raw(nr.SYS_shmget, 0, len(2), 0o600), A, 0);
    m.mlock(0);
    expect(m.munlock(0)).toBe('|R|r|');
  });

  test('31: after a write that died with SIGBUS', () => {
    const m = boot(8);
    m.mmap(0, 8, { flags: MAP_PRIVATE, fd: m.memfd(4) });
    m.mlock2(4, 4);
    m.write(4);
    m.write(0);
    expect(m.munlock(4, 4)).toBe('|Rrrr|rrrr|');
  });

  test('32: fork copies the cut', () => {
    const m = map('|RRRR|');
    m.mlock(0, 2);
    const child = m.fork();
    child.mlock(0, 4);
    expect([child.munlock(0, 4), m.munlock(0, 2)]).toEqual(['|RR|RR|', '|RRRR|']);
  });
});

describe('pages', () => {
  test('33: a file page that is mapped anew in the same breath loses its mark', () => {
    const m = boot(1);
    m.raw(nr.P_sysctl, SYSCTL_BATCHES, 1);
    const fd = m.memfd(1);
    [1, 2].forEach(() => m.mmap(0, 1, { flags: MAP_SHARED | MAP_LOCKED, fd }));
    m.mlock(0);
    expect(m.drawing).toBe('|L|');
    expect(kernel.page_flags(1, A) & MLOCKED).toBe(0n);
  });

  test('35: one read locks 16 pages', () => {
    const m = boot(16);
    const fd = m.memfd(16);
    m.mmap(0, 16, { flags: MAP_SHARED, fd });
    m.write(0, 16);
    m.mmap(0, 16, { flags: MAP_SHARED, fd });
    m.mlock2(0, 16);
    expect(m.read(5)).toBe('|OOOOOOOOOOOOOOOO|');
    expect(m.state.nr_mlock).toBe(16);
  });

  test('36: a share of a page is what a process has of it', () => {
    const m = boot(5);
    const fd = m.memfd(1);
    [0, 2, 4].forEach((page) => m.mmap(page, 1, { flags: MAP_SHARED, fd }));
    [0, 2, 4].forEach((page) => m.write(page));
    m.mlock(0);
    expect(m.vmas.map(({ pss }) => pss >> 10)).toEqual([1, 1, 1]);
  });

  test('37: truncation takes locked pages, even copies', () => {
    const m = boot(2);
    const fd = m.memfd(2);
    m.mmap(0, 2, { flags: MAP_PRIVATE, fd });
    m.mlock(0, 2);
    expect(m.ftruncate(fd, 0)).toBe('|ll|');
    expect(m.locked_vm).toBe(2);
    expect(m.write(0)).toBe('SIGBUS 2 |ll|');
  });

  test('38, 39: MADV_DONTNEED_LOCKED takes pages; other advices are EINVAL, on fault without a page too', () => {
    expect(map('|L|').madvise(0, 1, mman.MADV_DONTNEED_LOCKED)).toBe('|l|');
    for (const advice of [4, 8, 20, 21, 102]) expect(map('|o|').madvise(0, 1, advice)).toBe('EINVAL |o|');
    for (const advice of [22, 23, 103]) expect(map('|L|').madvise(0, 1, advice)).toBe('|L|');
  });

  test('41: mlock breaks sharing, on fault it does not', () => {
    const plain = map('|R|').fork();
    plain.mlock(0);
    expect(plain.process.extents[0]!.mapcount).toBe(1);
    const m = map('|L|');
    const child = m.fork();
    child.mlock2(0);
    expect([child.process.extents[0]!.mapcount, child.count(0)]).toEqual([2, 2]);
  });

  test('42: memory that is locked and says ENOMEM, and memory that says 0 and is not', () => {
    const m = boot(1);
    m.mmap(0, 1, { flags: MAP_SHARED, fd: secret(m, 1) });
    expect(m.mlock(0)).toBe('ENOMEM |l|');
    expect(boot(1, { image: IMAGE_STATIC }).try(nr.SYS_mlock, 0x7ffff7ffd000n, 2n * P)).toBe('0');
  });

  test('44: MS_INVALIDATE of locked anonymous memory', () => {
    expect(map('|L|').msync(0, 1, mman.MS_INVALIDATE)).toBe('EBUSY |L|');
  });

  test('45: SHM_LOCK brings nothing in, and has its own limit', () => {
    const m = boot(4, { memlock: 4 * 4096 });
    const id = m.raw(nr.SYS_shmget, 0, len(4), 0o600);
    m.raw(nr.SYS_shmat, id, A, 0);
    expect([m.try(nr.SYS_shmctl, id, 11), m.drawing, m.locked_vm]).toEqual(['0', '|rrrr|', 0]);
    expect(m.mlock(0, 4)).toBe('|LLLL|');
  });

  test('50: munmap, MADV_DONTNEED and exit leave the batches as they are', () => {
    const m = map('|L|');
    m.raw(nr.P_sysctl, SYSCTL_BATCHES, 1);
    m.munmap(0);
    expect(m.state.nr_mlock).toBe(1);
  });

  test('51: MADV_PAGEOUT cannot take what another process has', () => {
    const m = map('|R|');
    m.raw(nr.P_sysctl, SYSCTL_SWAP_PAGES, 8);
    expect(m.fork().madvise(0, 1, mman.MADV_PAGEOUT)).toBe('|R|');
  });
});
