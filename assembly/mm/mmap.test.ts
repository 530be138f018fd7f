// mmap: the first check that fails wins; locks of new mappings; what a failure leaves.
import { describe, expect, test } from 'vitest';
import { A, P, PRIVATE, RW, SHARED, at, boot, kernel, len, map } from '../testing/machine';
import * as mman from '../abi/mman';
import { CAPS_SYS_RAWIO } from '../abi/cap';
import { RLIMIT_AS, RLIMIT_DATA } from '../abi/rlimit';
import {
  P_capset,
  P_rlimit,
  SYS_close,
  SYS_ftruncate,
  SYS_memfd_secret,
  SYS_mmap,
  SYS_mseal,
  SYS_open,
} from '../abi/sysno';

const TOP = 1n << 64n;
const { MAP_FIXED, MAP_FIXED_NOREPLACE, MAP_GROWSDOWN, MAP_LOCKED, MAP_PRIVATE, MAP_SHARED } = mman;

describe('checks, first failure first', () => {
  test.each<[string, (bigint | number)[], string]>([
    ['an unaligned offset, also anonymous', [A, 0, RW, PRIVATE, -1, 1], 'EINVAL'],
    ['a bad fd, before len 0', [A, 0, RW, MAP_PRIVATE, 77, 0], 'EBADF'],
    ['len 0', [A, 0, RW, PRIVATE, -1, 0], 'EINVAL'],
    ['len rounds to 0', [A, TOP - 1n, RW, PRIVATE, -1, 0], 'ENOMEM'],
    ['too long for user space', [A, 1n << 47n, RW, PRIVATE, -1, 0], 'ENOMEM'],
    ['MAP_FIXED beyond it, before the alignment', [TOP - 1n, P, RW, PRIVATE | MAP_FIXED, -1, 0], 'ENOMEM'],
    ['MAP_FIXED unaligned', [A + 1n, P, RW, PRIVATE | MAP_FIXED, -1, 0], 'EINVAL'],
    ['MAP_FIXED at 0', [0, P, RW, PRIVATE | MAP_FIXED, -1, 0], 'EPERM'],
    ['MAP_FIXED_NOREPLACE over something', [A, P, RW, PRIVATE | MAP_FIXED_NOREPLACE, -1, 0], 'EEXIST'],
    ['something taken comes before a bad type', [A, P, RW, mman.MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0], 'EEXIST'],
    ['no type', [at(8), P, RW, mman.MAP_ANONYMOUS, -1, 0], 'EINVAL'],
    ['MAP_SHARED_VALIDATE anonymous', [at(8), P, RW, mman.MAP_ANONYMOUS | 3, -1, 0], 'EINVAL'],
    ['a shared stack', [at(8), P, RW, SHARED | MAP_GROWSDOWN, -1, 0], 'EINVAL'],
    ['droppable and locked', [at(8), P, RW, mman.MAP_ANONYMOUS | 8 | MAP_LOCKED, -1, 0], 'EINVAL'],
    ['a droppable stack', [at(8), P, RW, mman.MAP_ANONYMOUS | 8 | MAP_GROWSDOWN, -1, 0], 'EINVAL'],
  ])('%s', (_, args, answer) => {
    const m = map('|rr|');
    expect(m.try(SYS_mmap, ...args)).toBe(answer);
    expect(m.drawing).toBe('|rr|');
  });

  test('page 0 with CAP_SYS_RAWIO', () => {
    const m = boot();
    m.raw(P_capset, CAPS_SYS_RAWIO);
    expect(m.try(SYS_mmap, 0, P, RW, PRIVATE | MAP_FIXED, -1, 0)).toBe('0');
  });
});

describe('files', () => {
  const opened = (flags: number) => {
    const m = boot(4);
    const fd = Number(m.raw(SYS_open, flags));
    m.raw(SYS_ftruncate, fd, len(4));
    return { m, fd };
  };

  test.each<[string, number, number, number, string]>([
    ['shared and writable on a read-only fd', 0, MAP_SHARED, RW, 'EACCES'],
    ['any on a write-only fd', 1, MAP_SHARED, RW, 'EACCES'],
    ['private and writable on a read-only fd is fine', 0, MAP_PRIVATE, RW, 'ok'],
    ['a file that grows downwards', 2, MAP_PRIVATE | MAP_GROWSDOWN, RW, 'EINVAL'],
    ['MAP_SHARED_VALIDATE with an unknown flag', 2, 3 | 0x800000, RW, 'EOPNOTSUPP'],
    ['MAP_SHARED_VALIDATE alone', 2, 3, RW, 'ok'],
  ])('%s', (_, open, flags, prot, answer) => {
    const { m, fd } = opened(open);
    expect(m.mmap(0, 4, { flags, prot, fd })).toBe(answer === 'ok' ? '|rrrr|' : `${answer} ....`);
  });

  test('a shared mapping of a read-only fd is not VM_SHARED and may not become writable', () => {
    const { m, fd } = opened(0);
    m.mmap(0, 4, { flags: MAP_SHARED, prot: mman.PROT_READ, fd });
    expect(m.flags(0)).toBe('rd mr me ms');
    expect(m.mprotect(0, 4, RW)).toBe('EACCES |rrrr|');
  });

  test('a closed descriptor leaves its mappings', () => {
    const { m, fd } = opened(2);
    m.mmap(0, 4, { flags: MAP_SHARED, fd });
    m.raw(SYS_close, fd);
    expect(m.mlock(0, 4)).toBe('|LLLL|');
    expect(m.mmap(0, 4, { flags: MAP_SHARED, fd })).toBe('EBADF |LLLL|');
  });
});

describe('VmFlags of a new mapping', () => {
  test.each<[string, number, number, string]>([
    ['private RW', RW, PRIVATE, 'rd wr mr mw me ac'],
    ['private R', mman.PROT_READ, PRIVATE, 'rd mr mw me'],
    ['PROT_NONE', 0, PRIVATE, 'mr mw me'],
    ['shared', RW, SHARED, 'rd wr sh mr mw me ms'],
    ['MAP_NORESERVE', RW, PRIVATE | mman.MAP_NORESERVE, 'rd wr mr mw me nr'],
    ['MAP_STACK', RW, PRIVATE | mman.MAP_STACK, 'rd wr mr mw me ac nh'],
    ['MAP_GROWSDOWN', RW, PRIVATE | MAP_GROWSDOWN, 'rd wr mr mw me gd ac'],
    ['MAP_LOCKED', RW, PRIVATE | MAP_LOCKED, 'rd wr mr mw me lo ac'],
    ['droppable', RW, mman.MAP_ANONYMOUS | mman.MAP_DROPPABLE, 'rd wr mr mw me nr wf dd dp'],
  ])('%s', (_, prot, flags, vm_flags) => {
    const m = boot(4);
    m.mmap(0, 1, { prot, flags });
    expect(m.flags(0)).toBe(vm_flags);
  });
});

describe('MAP_LOCKED and the limit', () => {
  test('over it: EAGAIN, where mlock says ENOMEM', () => {
    const m = map('|LL|..', { memlock: 3 * 4096 });
    expect(m.mmap(2, 2, { flags: PRIVATE | MAP_LOCKED })).toBe('EAGAIN |LL|..');
    expect(m.mmap(2, 1, { flags: PRIVATE | MAP_LOCKED })).toBe('|LLL|.');
  });

  test('limit 0: EPERM', () => {
    expect(boot(2, { memlock: 0 }).mmap(0, 1, { flags: PRIVATE | MAP_LOCKED })).toBe('EPERM ..');
  });

  test('locked memory that is about to be replaced still counts', () => {
    const m = map('|LL|', { memlock: 2 * 4096 });
    expect(m.mmap(0, 2, { flags: PRIVATE | MAP_LOCKED })).toBe('EAGAIN |LL|');
    expect(m.mmap(0, 2)).toBe('|rr|');
    expect(m.mmap(0, 2, { flags: PRIVATE | MAP_LOCKED })).toBe('|LL|');
  });

  test('PROT_NONE and read-only count alike', () => {
    const m = boot(2, { memlock: 4096 });
    expect(m.mmap(0, 1, { prot: 0, flags: PRIVATE | MAP_LOCKED })).toBe('|n|.');
    expect(m.mmap(1, 1, { prot: 1, flags: PRIVATE | MAP_LOCKED })).toBe('EAGAIN |n|.');
  });

  test('MAP_NONBLOCK does not stop the populate of MAP_LOCKED', () => {
    expect(boot(2).mmap(0, 2, { flags: PRIVATE | MAP_LOCKED | mman.MAP_NONBLOCK | mman.MAP_POPULATE })).toBe('|LL|');
  });
});

describe('MAP_FIXED that fails', () => {
  test('for RLIMIT_AS: the edges stay cut', () => {
    const m = map('|RRRR|..|RR|');
    m.raw(P_rlimit, RLIMIT_AS, len(6), TOP - 1n);
    expect(m.mmap(2, 5)).toBe('ENOMEM |RR|RR|..|R|R|');
  });

  test('for RLIMIT_DATA: only private writable memory', () => {
    const m = map('|rr|..');
    m.raw(P_rlimit, RLIMIT_DATA, len(2), TOP - 1n);
    expect(m.mmap(2, 1)).toBe('ENOMEM |rr|..');
    expect(m.mmap(2, 1, { prot: 1 })).toBe('|rr|r|.');
    expect(m.mmap(3, 1, { flags: PRIVATE | MAP_GROWSDOWN })).toBe('|rr|r|r|');
  });

  test('over sealed memory: EPERM', () => {
    const m = map('|rrr|');
    m.raw(SYS_mseal, A, len(3), 0);
    expect(m.mmap(1, 1)).toBe('EPERM |rrr|');
  });

  test('for the limit of secretmem, where what is replaced still counts: it is gone', () => {
    const m = map('|LLLL|', { memlock: 4 * 4096 });
    const fd = Number(m.raw(SYS_memfd_secret, 0));
    m.raw(SYS_ftruncate, fd, len(8));
    expect(m.mmap(1, 2, { flags: MAP_SHARED, fd })).toBe('EAGAIN |L|..|L|'); // Seen: 6.18.44
    expect(m.locked_vm).toBe(2);
    expect(m.mmap(1, 2, { flags: MAP_SHARED, fd })).toBe('|L|ll|L|');
  });
});

test('replacing locked memory gives it back without a trace', () => {
  const m = map('|LLL|');
  expect(m.mmap(1, 1)).toBe('|L|r|L|');
  expect(m.locked_vm).toBe(2);
  expect(m.state.nr_mlock).toBe(2);
  expect(kernel.verify()).toBe(0);
});
