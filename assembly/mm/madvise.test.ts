// madvise: every advice on unlocked and on locked memory.
import { describe, expect, test } from 'vitest';
import { A, P, PRIVATE, RW, SHARED, at, boot, len, map, type Machine } from '../testing/machine';
import * as mman from '../abi/mman';
import { SYS_madvise, SYS_mseal } from '../abi/sysno';

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

describe('MADV_REMOVE', () => {
  test('takes pages out of shared writable memory, also those that another mapping locks', () => {
    const m = boot(5);
    const fd = m.memfd(2);
    m.mmap(0, 2, { flags: 1, fd });
    m.mmap(3, 2, { flags: 1, fd });
    m.mlock(3, 2);
    m.write(0, 2);
    expect(m.madvise(0, 1, MADV_REMOVE)).toBe('|rR|.|lL|');
    expect(m.locked_vm).toBe(2);
  });

  test('a private file is EACCES', () => {
    const m = boot(1);
    m.mmap(0, 1, { flags: 2, fd: m.memfd(1) });
    expect(m.madvise(0, 1, MADV_REMOVE)).toBe('EACCES |r|');
  });
});

describe('MADV_POPULATE', () => {
  test.each<[string, number, number, string]>([
    ['WRITE without the right', 1, MADV_POPULATE_WRITE, 'EINVAL |rr|'],
    ['READ of PROT_NONE', 0, MADV_POPULATE_READ, 'EINVAL |nn|'],
    ['READ of write-only memory', 2, MADV_POPULATE_READ, 'EINVAL |rr|'],
    ['READ of read-only memory: zero pages', 1, MADV_POPULATE_READ, '|ZZ|'],
  ])('%s', (_, prot, advice, drawing) => {
    const m = boot(2);
    m.mmap(0, 2, { prot });
    expect(m.madvise(0, 2, advice)).toBe(drawing);
  });

  test('stops at a hole, a guard page and the end of a file; what came before is there', () => {
    expect(map('|r|.|r|').madvise(0, 3, MADV_POPULATE_WRITE)).toBe('ENOMEM |R|.|r|');
    const guarded = map('|rrr|');
    guarded.madvise(1, 1, MADV_GUARD_INSTALL);
    expect(guarded.madvise(0, 3, MADV_POPULATE_WRITE)).toBe('EFAULT |RGr|');
    const file = boot(3);
    file.mmap(0, 3, { flags: 1, fd: file.memfd(1) });
    expect(file.madvise(0, 3, MADV_POPULATE_READ)).toBe('EFAULT |Rrr|');
  });

  test('faults in where mlock2 on fault did not, and the pages are locked', () => {
    const m = map('|oo|');
    expect(m.madvise(0, 1, MADV_POPULATE_WRITE)).toBe('|Oo|');
    expect(m.state.nr_mlock).toBe(1);
  });
});

describe('guard pages', () => {
  const guarded = (): Machine => {
    const m = map('|rrr|');
    m.madvise(1, 1, MADV_GUARD_INSTALL);
    return m;
  };

  test('no cut; the whole VMA gets gu for ever, and an anon_vma', () => {
    const m = guarded();
    expect(m.flags(2)).toBe('rd wr mr mw me gu ac');
    expect(m.vmas[0]!.anon_vma).not.toBe(0);
    expect(m.madvise(0, 3, MADV_GUARD_REMOVE)).toBe('|rrr|');
    expect(m.flags(0)).toBe('rd wr mr mw me gu ac');
  });

  test('a touch is SIGSEGV', () => {
    expect(guarded().write(0, 3)).toBe('SIGSEGV 1 |RGr|');
  });

  test('markers survive DONTNEED and mremap, not munmap and replacement', () => {
    expect(guarded().madvise(0, 3, MADV_DONTNEED)).toBe('|rGr|');
    expect(guarded().mremap(1, 1, 1, 3, 2)).toBe('|r|.|G|');
    expect(guarded().mmap(1, 1)).toBe('|rrr|');
  });
});

describe('MADV_FREE', () => {
  test('marks pages; a lock on fault keeps them so, mlock makes them dirty', () => {
    const m = map('|RR|');
    m.madvise(0, 2, MADV_FREE);
    expect(m.kpf(0)).toBe('0x400001828');
    m.mlock2(0, 1);
    expect(m.kpf(0)).toBe('0x600041828');
    expect(m.munlock(0)).toBe('|RR|');
    expect(m.madvise(0, 2, MADV_PAGEOUT)).toBe('|rr|');
  });

  test('a write before reclaim keeps the page', () => {
    const m = map('|RR|');
    m.madvise(0, 2, MADV_FREE);
    m.write(1);
    expect(m.madvise(0, 2, MADV_PAGEOUT)).toBe('|rR|');
    expect(m.kpf(1)).toMatch(/5.28$/); // SWAPBACKED again
  });

  test('droppable pages go even when they were written', () => {
    const m = boot(2);
    m.mmap(0, 2, { flags: 0x28 });
    m.write(0, 2);
    expect(m.madvise(0, 2, MADV_PAGEOUT)).toBe('|rr|');
  });

  test('shared memory is EINVAL', () => {
    const m = boot(1);
    m.mmap(0, 1, { flags: SHARED });
    expect(m.madvise(0, 1, MADV_FREE)).toBe('EINVAL |r|');
  });
});

// Seen: 6.18.44, a probe.
describe('sealed memory that its owner may not write refuses to lose pages', () => {
  test.each([MADV_DONTNEED, MADV_FREE, MADV_DONTNEED_LOCKED, MADV_WIPEONFORK, mman.MADV_DONTFORK, MADV_GUARD_INSTALL])(
    'advice %i',
    (advice) => {
      const m = boot(4);
      m.mmap(0, 2, { prot: 1 });
      m.mmap(2, 2, { prot: RW, flags: PRIVATE });
      m.raw(SYS_mseal, A, len(4), 0);
      expect(m.madvise(0, 1, advice)).toBe('EPERM |rr|rr|');
      expect(m.try(SYS_madvise, at(2), P, advice)).toBe('0');
    },
  );

  test.each([mman.MADV_RANDOM, MADV_COLD, MADV_PAGEOUT, MADV_POPULATE_READ, MADV_GUARD_REMOVE])(
    'advice %i may be given',
    (advice) => {
      const m = boot(2);
      m.mmap(0, 2, { prot: 1 });
      m.raw(SYS_mseal, A, len(2), 0);
      expect(m.try(SYS_madvise, A, len(2), advice)).toBe('0');
    },
  );
});
