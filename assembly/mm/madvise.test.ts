// madvise: every advice on unlocked and on locked memory.
import { describe, expect, test } from 'vitest';
import { A, P, SHARED, at, boot, map } from '../testing/machine';
import * as mman from '../abi/mman';
import { SYS_madvise } from '../abi/sysno';

const TOP = 1n << 64n;
const {
  MADV_COLD,
  MADV_DONTNEED,
  MADV_DONTNEED_LOCKED,
  MADV_FREE,
  MADV_GUARD_INSTALL,
  MADV_GUARD_REMOVE,
  MADV_PAGEOUT,
  MADV_POPULATE_READ,
  MADV_POPULATE_WRITE,
  MADV_REMOVE,
  MADV_WILLNEED,
  MADV_WIPEONFORK,
} = mman;

describe('arguments', () => {
  test.each<[string, bigint, bigint, number, string]>([
    ['unknown advice', A + 1n, P, 5, 'EINVAL'],
    ['one between the known ones', A, P, 101, 'EINVAL'],
    ['unaligned', A + 1n, P, MADV_DONTNEED, 'EINVAL'],
    ['len rounds to 0', A, TOP - 1n, MADV_DONTNEED, 'EINVAL'],
    ['the end wraps', A, TOP - P, MADV_DONTNEED, 'EINVAL'],
    ['len 0, unmapped', at(40), 0n, MADV_DONTNEED, '0'],
    ['unmapped', at(40), P, MADV_DONTNEED, 'ENOMEM'],
    ['MADV_COLLAPSE below 2 MiB', A, P, mman.MADV_COLLAPSE, 'EINVAL'],
  ])('%s', (_, start, bytes, advice, answer) => {
    expect(map('|rr|').try(SYS_madvise, start, bytes, advice)).toBe(answer);
  });
});

// The VmFlags that advice gives a page of private anonymous memory, and what is lost of them again.
describe('advices that change flags do so with and without locks, and leave pages alone', () => {
  test.each<[string, number, string]>([
    ['MADV_RANDOM', mman.MADV_RANDOM, 'rr'],
    ['MADV_SEQUENTIAL', mman.MADV_SEQUENTIAL, 'sr'],
    ['MADV_DONTFORK', mman.MADV_DONTFORK, 'dc'],
    ['MADV_DONTDUMP', mman.MADV_DONTDUMP, 'dd'],
    ['MADV_WIPEONFORK', MADV_WIPEONFORK, 'wf'],
    ['MADV_MERGEABLE', mman.MADV_MERGEABLE, 'mg'],
    ['MADV_HUGEPAGE', mman.MADV_HUGEPAGE, 'hg'],
    ['MADV_NOHUGEPAGE', mman.MADV_NOHUGEPAGE, 'nh'],
  ])('%s', (_, advice, letter) => {
    const unlocked = map('|RrR|');
    expect(unlocked.madvise(1, 1, advice)).toBe('|R|r|R|');
    expect(unlocked.flags(1).split(' ')).toContain(letter);
    const locked = map('|LlL|');
    expect(locked.madvise(1, 1, advice)).toBe('|L|l|L|');
    expect(locked.flags(1).split(' ')).toEqual(expect.arrayContaining(['lo', letter]));
    expect(locked.locked_vm).toBe(3);
  });

  test.each<[string, number, number]>([
    ['NORMAL after RANDOM', mman.MADV_RANDOM, mman.MADV_NORMAL],
    ['NORMAL after SEQUENTIAL', mman.MADV_SEQUENTIAL, mman.MADV_NORMAL],
    ['DOFORK', mman.MADV_DONTFORK, mman.MADV_DOFORK],
    ['DODUMP', mman.MADV_DONTDUMP, mman.MADV_DODUMP],
    ['KEEPONFORK', MADV_WIPEONFORK, mman.MADV_KEEPONFORK],
    ['UNMERGEABLE', mman.MADV_MERGEABLE, mman.MADV_UNMERGEABLE],
  ])('%s heals the cut', (_, there, back) => {
    const m = map('|rrr|');
    m.madvise(1, 1, there);
    expect(m.madvise(1, 1, back)).toBe('|rrr|');
  });

  test('RANDOM and SEQUENTIAL, HUGEPAGE and NOHUGEPAGE exclude each other', () => {
    const m = map('|r|');
    [mman.MADV_RANDOM, mman.MADV_SEQUENTIAL, mman.MADV_HUGEPAGE, mman.MADV_NOHUGEPAGE].forEach((a) =>
      m.madvise(0, 1, a),
    );
    expect(m.flags(0)).toBe('rd wr mr mw me sr ac nh');
  });

  test.each<[string, number, number, string]>([
    ['WIPEONFORK on shared memory', SHARED, MADV_WIPEONFORK, 'EINVAL |r|'],
    ['MERGEABLE on shared memory', SHARED, mman.MADV_MERGEABLE, '|r|'],
    ['DODUMP on droppable memory', 0x28, mman.MADV_DODUMP, 'EINVAL |r|'],
    ['KEEPONFORK on droppable memory', 0x28, mman.MADV_KEEPONFORK, 'EINVAL |r|'],
    ['MERGEABLE on droppable memory', 0x28, mman.MADV_MERGEABLE, '|r|'],
  ])('%s', (_, flags, advice, drawing) => {
    const m = boot(1);
    m.mmap(0, 1, { flags });
    expect(m.madvise(0, 1, advice)).toBe(drawing);
    expect(m.flags(0)).not.toContain('mg');
  });
});

describe('advices that act on pages', () => {
  test.each<[string, number, string, string, string]>([
    ['DONTNEED', MADV_DONTNEED, '|rr|', 'EINVAL |LL|', 'EINVAL |OO|'],
    ['FREE', MADV_FREE, '|RR|', 'EINVAL |LL|', 'EINVAL |OO|'],
    ['REMOVE', MADV_REMOVE, 'EINVAL |RR|', 'EINVAL |LL|', 'EINVAL |OO|'],
    ['COLD', MADV_COLD, '|RR|', 'EINVAL |LL|', 'EINVAL |OO|'],
    ['PAGEOUT without swap', MADV_PAGEOUT, '|RR|', 'EINVAL |LL|', 'EINVAL |OO|'],
    ['DONTNEED_LOCKED', MADV_DONTNEED_LOCKED, '|rr|', '|ll|', '|oo|'],
    ['WILLNEED', MADV_WILLNEED, '|RR|', '|LL|', '|OO|'],
    ['POPULATE_READ', MADV_POPULATE_READ, '|RR|', '|LL|', '|OO|'],
    ['POPULATE_WRITE', MADV_POPULATE_WRITE, '|RR|', '|LL|', '|OO|'],
    ['GUARD_INSTALL', MADV_GUARD_INSTALL, '|GG|', 'EINVAL |LL|', 'EINVAL |OO|'],
    ['GUARD_REMOVE', MADV_GUARD_REMOVE, '|RR|', '|LL|', '|OO|'],
  ])('%s: unlocked, locked, on fault', (_, advice, unlocked, locked, onFault) => {
    expect(map('|RR|').madvise(0, 2, advice)).toBe(unlocked);
    expect(map('|LL|').madvise(0, 2, advice)).toBe(locked);
    expect(map('|OO|').madvise(0, 2, advice)).toBe(onFault);
  });

  test('EINVAL also for a lock on fault without a page', () => {
    expect(map('|o|').madvise(0, 1, MADV_COLD)).toBe('EINVAL |o|');
  });

  test('DONTNEED stops at the first locked VMA: before it dropped, behind it kept', () => {
    expect(map('|RR|L|RR|').madvise(0, 5, MADV_DONTNEED)).toBe('EINVAL |rr|L|RR|');
  });

  test('holes are passed over, and ENOMEM at the end', () => {
    expect(map('|R|.|R|').madvise(0, 3, MADV_DONTNEED)).toBe('ENOMEM |r|.|r|');
  });

  test('DONTNEED_LOCKED leaves locked_vm, and what it took stays away', () => {
    const m = map('|LLL|');
    expect(m.madvise(1, 1, MADV_DONTNEED_LOCKED)).toBe('|LlL|');
    expect(m.locked_vm).toBe(3);
    expect(m.state.nr_mlock).toBe(2);
    expect(m.write(1)).toBe('|LLL|');
  });
});
