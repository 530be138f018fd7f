// mremap: growing, shrinking, moving, and MREMAP_DONTUNMAP with what 6.18 forgets.
import { describe, expect, test } from 'vitest';
import { A, P, PRIVATE, RW, SHARED, at, boot, errnoOf, kernel, len, map, type Machine } from '../testing/machine';
import { MAP_SHARED, MREMAP_DONTUNMAP, MREMAP_FIXED, MREMAP_MAYMOVE } from '../abi/mman';
import { IMAGE_STATIC } from '../abi/image';
import { RLIMIT_AS, RLIMIT_DATA } from '../abi/rlimit';
import { SYSCTL_KERNEL_FIXED } from '../abi/sysctl';
import { P_rlimit, P_sysctl, SYS_mremap, SYS_mseal, SYS_munlockall } from '../abi/sysno';

const TOP = 1n << 64n;
const TO = MREMAP_MAYMOVE | MREMAP_FIXED;
const KEEP = MREMAP_MAYMOVE | MREMAP_DONTUNMAP;

describe('checks of the arguments, EINVAL even where nothing is mapped', () => {
  test.each<[string, (bigint | number)[]]>([
    ['unknown flags', [A, P, P, 8]],
    ['old unaligned', [A + 1n, P, P, 0]],
    ['new_len 0', [A, P, 0, 0]],
    ['new_len beyond user space', [A, P, 1n << 47n, 0]],
    ['target unaligned', [A, P, P, TO, A + 1n]],
    ['target beyond user space', [A, P, P, TO, TOP - P]],
    ['MREMAP_FIXED without MREMAP_MAYMOVE', [A, P, P, MREMAP_FIXED, at(8)]],
    ['MREMAP_DONTUNMAP with two lengths', [A, P, 2n * P, KEEP, 0]],
    ['overlap', [A, 2n * P, 2n * P, TO, at(1)]],
  ])('%s', (_, args) => {
    expect(boot().try(SYS_mremap, ...args)).toBe('EINVAL');
  });

  test('old unmapped: EFAULT, also for the same size', () => {
    expect(boot().try(SYS_mremap, A, P, P, 0)).toBe('EFAULT');
  });

  test('sealed: EPERM, also for the same size', () => {
    const m = map('|rr|');
    m.raw(SYS_mseal, A, len(2), 0);
    expect(m.try(SYS_mremap, A, len(2), len(2), 0)).toBe('EPERM'); // Seen: 6.18.44
  });
});

describe('in place', () => {
  test('the same size is nothing at all, even over holes', () => {
    expect(map('|rr|..').try(SYS_mremap, A, len(4), len(4), 0)).toBe(String(A));
  });

  test('shrinking unmaps the tail and gives locks back', () => {
    const m = map('|LLLL|');
    expect(m.mremap(0, 4, 1)).toBe('|L|...');
    expect(m.locked_vm).toBe(1);
  });

  test('an old_len with no end is a shrink whose munmap fails', () => {
    expect(map('|rr|').try(SYS_mremap, A, 1n << 62n, P, 0)).toBe('EINVAL');
  });

  test('growth merges with what follows', () => {
    expect(map('|rr|.|rr|').mremap(0, 2, 3)).toBe('|rrrrr|');
  });

  test('growth of a locked VMA is counted and populated, on fault only counted', () => {
    const m = map('|ll|..|oo|.');
    expect(m.mremap(0, 2, 3)).toBe('|llL|.|oo|.');
    expect(m.mremap(4, 2, 3)).toBe('|llL|.|ooo|');
    expect(m.locked_vm).toBe(6);
  });

  test('over the limit: EAGAIN, before it is known whether there is room', () => {
    expect(map('|LL|r|', { memlock: 8192 }).mremap(0, 2, 3)).toBe('EAGAIN |LL|r|');
    expect(map('|LL|r|', { memlock: 1 << 20 }).mremap(0, 2, 3)).toBe('ENOMEM |LL|r|');
  });

  test.each<[string, (m: Machine) => string, string]>([
    ['old_len 0 on private memory', (m) => m.try(SYS_mremap, A, 0, P, MREMAP_MAYMOVE), 'EINVAL'],
    ['beyond the end of the VMA', (m) => m.try(SYS_mremap, A, len(3), len(4), 0), 'EFAULT'],
    ['no room', (m) => m.try(SYS_mremap, A, P, len(2), 0), 'ENOMEM'],
  ])('%s', (_, call, answer) => {
    expect(call(map('|rr|.'))).toBe(answer);
  });

  test('RLIMIT_AS', () => {
    const m = map('|rr|..');
    m.raw(P_rlimit, RLIMIT_AS, len(3), TOP - 1n);
    expect(m.mremap(0, 2, 4)).toBe('ENOMEM |rr|..');
    expect(m.mremap(0, 2, 3)).toBe('|rrr|.');
  });

  test('[vdso] cannot grow: EFAULT, nor move in part: EINVAL', () => {
    const m = boot(1, { image: IMAGE_STATIC });
    const vdso = 0x7ffff7ffd000n;
    expect(m.try(SYS_mremap, vdso, 2n * P, 3n * P, MREMAP_MAYMOVE)).toBe('EFAULT');
    expect(m.try(SYS_mremap, vdso, P, P, TO, A)).toBe('EINVAL');
    expect(m.try(SYS_mremap, vdso, 2n * P, 2n * P, KEEP, A)).toBe('EINVAL');
  });
});

describe('moves', () => {
  test('pages, marks and locks go along, absent stays absent', () => {
    const m = map('|Ll|O|.....');
    expect(m.mremap(0, 2, 2, TO, 5)).toBe('..|O|..|Ll|.');
    expect(m.locked_vm).toBe(3);
    expect(m.count(5)).toBe(1);
  });

  test('a part moved out leaves the rest locked', () => {
    expect(map('|LLLL|....').mremap(1, 2, 2, TO, 5)).toBe('|L|..|L|.|LL|.');
  });

  test('what was at the target is unmapped first', () => {
    const m = map('|rr|..|LL|');
    expect(m.mremap(0, 2, 2, TO, 4)).toBe('....|rr|');
    expect(m.locked_vm).toBe(0);
  });

  test('but not when the growth is refused', () => {
    expect(map('|LL|..|rrr|', { memlock: 8192 }).mremap(0, 2, 3, TO, 4)).toBe('EAGAIN |LL|..|rrr|');
  });

  test('no limit is asked for a move of the same size', () => {
    expect(map('|LL|..', { memlock: 0 }).mremap(0, 2, 2, TO, 2)).toBe('..|LL|');
  });

  test('several VMAs and holes move 1:1; what lay under a hole stays', () => {
    const m = map('|rr|L|.|oo|......');
    m.mmap(9, 1);
    expect(m.mremap(0, 6, 6, TO, 6)).toBe('......|rr|L|r|oo|');
    expect(m.locked_vm).toBe(3);
  });

  test('smaller, over two VMAs that remain: EFAULT, no effect', () => {
    expect(map('|r|L|r|...').mremap(0, 3, 2, TO, 4)).toBe('EFAULT |r|L|r|...');
    expect(map('|rr|L|...').mremap(0, 3, 2, TO, 4)).toBe('....|rr|');
  });

  test('growth over two VMAs: EFAULT', () => {
    expect(map('|r|L|.....').mremap(0, 2, 3, TO, 4)).toBe('EFAULT |r|L|.....');
  });

  test('a target over the start of the source is EFAULT before the rest is looked at', () => {
    const m = map('..|rrr|');
    // Seen: 6.18.44, a random trace: an old_len that wraps passes the check for overlap.
    expect(m.try(SYS_mremap, at(2), TOP - 2n * P, len(3), TO, A)).toBe('EFAULT');
    expect(m.drawing).toBe('...|rr|');
  });

  test('old_len 0: a second mapping of shared memory, locked and populated like the first', () => {
    const m = boot(8);
    m.mmap(0, 2, { flags: SHARED });
    m.mlock(0, 2);
    expect(m.mremap(0, 0, 2, TO, 4)).toBe('|LL|..|LL|..');
    expect(m.locked_vm).toBe(4);
    expect(m.count(0)).toBe(2);
    m.limit(4 * 4096);
    expect(m.mremap(0, 0, 2, TO, 6)).toBe('EAGAIN |LL|..|LL|..');
  });

  test('old_len 0 of the second page: the entries of the first mapping stay one run', () => {
    const m = boot(8);
    m.mmap(0, 2, { flags: SHARED });
    m.mlock(0, 2);
    expect(m.mremap(1, 0, 1, TO, 4)).toBe('|LL|..|L|...'); // each call of the machine verifies its invariants
  });

  test('old_len 0 with the target over the source: EFAULT, and the source is gone', () => {
    const m = boot(2);
    m.mmap(0, 2, { flags: SHARED });
    expect(m.mremap(0, 0, 2, TO, 0)).toBe('EFAULT ..');
  });

  test('an untouched mapping merges where it comes to, a touched one only at home', () => {
    const m = map('|r|.|r|...');
    expect(m.mremap(0, 1, 1, TO, 3)).toBe('..|rr|..');
    const touched = map('|R|.|r|...');
    expect(touched.mremap(0, 1, 1, TO, 3)).toBe('..|r|R|..');
    expect(touched.mremap(3, 1, 1, TO, 1)).toBe('.|R|r|...');
    const back = map('|Rr|....');
    back.mremap(0, 1, 1, TO, 4);
    expect(back.drawing).toBe('.|r|..|R|.');
    expect(back.mremap(4, 1, 1, TO, 0)).toBe('|Rr|....');
  });
});

describe('MREMAP_DONTUNMAP', () => {
  test('the source stays, empty and unlocked; locked_vm keeps both', () => {
    const m = map('|LL|..');
    expect(m.mremap(0, 2, 2, KEEP | MREMAP_FIXED, 2)).toBe('|rr|LL|');
    expect(m.locked_vm).toBe(4);
  });

  test('each time: munmap and munlockall do not help', () => {
    const m = map('|LL|..');
    for (let i = 1; i <= 3; i++) {
      m.mlock(0, 2);
      m.mremap(0, 2, 2, KEEP | MREMAP_FIXED, 2);
      m.munmap(2, 2);
      expect(m.locked_vm).toBe(2 * i);
    }
    m.raw(SYS_munlockall);
    m.munmap(0, 4);
    expect(m.locked_vm).toBe(6);
    expect(m.fork().locked_vm).toBe(0);
  });

  test('no limit is asked, but what leaked counts for the next call', () => {
    const m = map('|LL|...', { memlock: 8192 });
    m.mremap(0, 2, 2, KEEP | MREMAP_FIXED, 2);
    expect(m.locked_vm).toBe(4);
    expect(m.mlock(0)).toBe('ENOMEM |rr|LL|.');
  });

  test('a part: the whole source loses its lock, the pages left behind their marks never', () => {
    const m = map('|LLLL|...');
    expect(m.mremap(1, 2, 2, KEEP | MREMAP_FIXED, 5)).toBe('|RrrR|.|LL|');
    expect(m.state.nr_mlock).toBe(4);
    m.munmap(0, 4);
    expect(m.state.nr_mlock).toBe(2);
  });

  test('the whole source has no anon_vma any more', () => {
    const m = map('|RR|..');
    expect(m.vmas[0]!.anon_vma).not.toBe(0);
    m.mremap(0, 2, 2, KEEP | MREMAP_FIXED, 2);
    expect(m.vmas.map(({ anon_vma }) => anon_vma === 0)).toEqual([true, false]);
  });

  test('without MREMAP_FIXED the address is a hint', () => {
    const m = map('|RR|..');
    expect(m.mremap(0, 2, 2, KEEP, 2)).toBe('|rr|RR|');
  });

  test('the kernel with the leak mended', () => {
    const m = map('|LLLL|..');
    m.raw(P_sysctl, SYSCTL_KERNEL_FIXED, 1);
    expect(m.mremap(1, 2, 2, KEEP | MREMAP_FIXED, 4)).toBe('|L|rr|L|LL|');
    expect(m.locked_vm).toBe(4);
    expect(kernel.verify()).toBe(0);
  });
});

test('a move to a place of the kernel’s choice', () => {
  const m = boot(4);
  m.mmap(0, 1, { flags: MAP_SHARED, fd: m.memfd(4) });
  m.mmap(1, 1, { prot: RW, flags: PRIVATE });
  const result = m.raw(SYS_mremap, A, P, 2n * P, MREMAP_MAYMOVE);
  expect(errnoOf(result)).toBeNull();
  expect(result).toBe(0x7ffff7ffd000n);
});

test('RLIMIT_AS is asked of MREMAP_DONTUNMAP when the destination has gone', () => {
  const m = map('|RR|nn|'); // Seen: 6.18.44
  m.raw(P_rlimit, RLIMIT_AS, len(4), len(4));
  expect(m.mremap(0, 2, 2, KEEP | MREMAP_FIXED, 2)).toBe('|rr|RR|');
  m.raw(P_rlimit, RLIMIT_AS, len(3), len(4));
  expect(m.mremap(2, 2, 2, KEEP | MREMAP_FIXED, 0)).toMatch(/^ENOMEM \.\.\|RR\|/);
});

test('a soft RLIMIT_DATA of 0 means the hard one', () => {
  const m = boot(2); // Seen: 6.18.44
  m.raw(P_rlimit, RLIMIT_DATA, 0, len(1));
  expect(m.mmap(0)).toBe('|r|.');
  expect(m.mmap(1)).toBe('ENOMEM |r|.');
});
