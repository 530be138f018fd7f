// Every errno has its reason: the check that failed, with its numbers.
import { describe, expect, test } from 'vitest';
import * as ev from './abi/event';
import * as mman from './abi/mman';
import * as nr from './abi/sysno';
import { RLIMIT_AS, RLIMIT_DATA, RLIMIT_MEMLOCK } from './abi/rlimit';
import { SYSCTL_MAX_MAP_COUNT } from './abi/sysctl';
import { failures } from './testing/events';
import { A, P, PRIVATE, RW, at, len, map, type Machine } from './testing/machine';

const TOP = 1n << 64n;
const { MAP_FIXED, MAP_LOCKED } = mman;

describe('a failed check carries the numbers that abi/event.ts lists', () => {
  const cases: readonly (readonly [string, number[], (m: Machine) => unknown, bigint[], string])[] = [
    ['FLAGS', [], (m) => m.mlock2(0, 1, 6), [6n, 1n], 'EINVAL'],
    ['MAY_LOCK', [], (m) => m.limit(0).mlock(0), [0n, 0n], 'EPERM'],
    ['FITS_LIMIT', [], (m) => m.limit(8192).mlock(0, 4), [4n, 1n, 1n, 2n], 'ENOMEM'],
    ['NO_WRAP', [], (m) => m.raw(nr.SYS_munlock, A, TOP - P), [A, TOP - P, A - P], 'EINVAL'],
    ['VMA_AT', [], (m) => m.munlock(0, 8), [at(4), at(5), at(8)], 'ENOMEM'],
    ['POPULATE', [], (m) => m.mlock(2, 2), [at(2), at(4), BigInt(ev.CAUSE_PROT)], 'ENOMEM'],
    ['TOTAL_VM_FITS', [], (m) => m.limit(4096).mlockall(1), [5n, 1n, 0n], 'ENOMEM'],
    ['ALIGNED', [], (m) => m.raw(nr.SYS_munmap, A + 1n, P), [A + 1n], 'EINVAL'],
    ['LEN', [], (m) => m.raw(nr.SYS_munmap, A, 0), [0n], 'EINVAL'],
    ['TASK_SIZE', [], (m) => m.raw(nr.SYS_munmap, A, 1n << 47n), [A, 1n << 47n], 'EINVAL'],
    ['MIN_ADDR', [], (m) => m.raw(nr.SYS_mmap, 0, P, RW, PRIVATE | MAP_FIXED, -1, 0), [0n, 4096n], 'EPERM'],
    ['FITS_LIMIT', [], (m) => m.limit(4096).mmap(6, 1, { flags: PRIVATE | MAP_LOCKED }), [1n, 1n, 0n, 1n], 'EAGAIN'],
    [
      'NOREPLACE',
      [],
      (m) => m.raw(nr.SYS_mmap, at(4), len(2), RW, PRIVATE | mman.MAP_FIXED_NOREPLACE, -1, 0),
      [at(4), at(5)],
      'EEXIST',
    ],
    ['RLIMIT_AS', [RLIMIT_AS, 6], (m) => m.mmap(6, 2), [5n, 2n, 6n], 'ENOMEM'],
    ['RLIMIT_AS', [RLIMIT_AS, 6], (m) => m.mremap(5, 1, 3), [5n, 2n, 6n], 'ENOMEM'],
    ['RLIMIT_DATA', [RLIMIT_DATA, 2], (m) => m.mprotect(2, 1, RW), [3n, 1n, 2n], 'ENOMEM'],
    ['FD', [], (m) => m.ftruncate(9, 1), [9n], 'EBADF'],
    ['PROT', [], (m) => m.mprotect(0, 1, 0x40), [0x40n], 'EINVAL'],
    ['ADVICE', [], (m) => m.madvise(0, 1, 5), [5n], 'EINVAL'],
    ['NOT_LOCKED', [], (m) => m.msync(0, 1, mman.MS_INVALIDATE), [A], 'EBUSY'],
    ['RESOURCE', [], (m) => m.raw(nr.SYS_setrlimit, 16, 0, 0), [16n], 'EINVAL'],
    ['SOFT_HARD', [], (m) => m.raw(nr.SYS_setrlimit, RLIMIT_MEMLOCK, 2, 1), [2n, 1n], 'EINVAL'],
    ['HARD_RAISE', [], (m) => m.raw(nr.SYS_setrlimit, RLIMIT_MEMLOCK, 0, 9 << 20), [9n << 20n, 8n << 20n], 'EPERM'],
    ['MREMAP_FLAGS', [], (m) => m.mremap(0, 1, 1, 8), [8n], 'EINVAL'],
    ['OVERLAP', [], (m) => m.mremap(0, 2, 2, 3, 1), [A, at(1)], 'EINVAL'],
    ['OLD_LEN', [], (m) => m.mremap(5, 0, 1, 1), [0x100073n], 'EINVAL'],
    ['IN_VMA', [], (m) => m.mremap(5, 2, 3), [at(7), at(6)], 'EFAULT'],
    ['ROOM', [], (m) => m.mremap(0, 1, 2), [at(2), at(1)], 'ENOMEM'],
    ['PROCESS', [], (m) => m.raw(nr.SYS_kill, 44, 9), [44n], 'ESRCH'],
    ['SHM_ID', [], (m) => m.raw(nr.SYS_shmctl, 7, 11), [7n], 'EINVAL'],
  ];

  test.each(cases)('%s %j', (why, [resource, pages], call, numbers, errno) => {
    const m = map('|L|r|nn|.|r|..');
    if (resource !== undefined) m.raw(nr.P_rlimit, resource, len(pages!), TOP - 1n);
    call(m);
    const [first] = failures(m);
    expect(first).toMatchObject({ why, errno });
    expect(first!.numbers.slice(0, numbers.length)).toEqual(numbers);
    expect(failures(m).length).toBe(1);
  });

  test('map_count: how many, how many may be, where the cut would be; madvise turns it into EAGAIN', () => {
    const m = map('|rrr|');
    m.raw(nr.P_sysctl, SYSCTL_MAX_MAP_COUNT, 2);
    m.mlock(1);
    expect(failures(m)).toEqual([{ why: 'MAP_COUNT', numbers: [2n, 2n, at(2), 0n], errno: 'ENOMEM' }]);
    expect(m.madvise(2, 1, mman.MADV_RANDOM)).toBe('EAGAIN |r|rr|');
    expect(failures(m)).toMatchObject([{ why: 'MAP_COUNT', numbers: [2n, 2n, at(2), 0n] }]);
  });

  test.each<[string, (m: Machine) => void, number]>([
    ['PROT_NONE', (m) => m.mprotect(0, 2, 0), ev.CAUSE_PROT],
    ['a guard page', (m) => m.madvise(0, 1, mman.MADV_GUARD_INSTALL), ev.CAUSE_GUARD],
    ['the end of the file', (m) => m.mmap(0, 2, { flags: 1, fd: m.memfd(0) }), ev.CAUSE_EOF],
    ['the execute-only key', (m) => m.mprotect(0, 2, mman.PROT_EXEC), ev.CAUSE_PKEY],
    ['a pending SIGKILL', (m) => m.raw(nr.P_pending_signal, 9, 0), ev.CAUSE_KILLED],
  ])('populate stopped by %s', (_, before, cause) => {
    const m = map('|rr|');
    before(m);
    m.mlock(0, 2);
    expect(failures(m)[0]).toMatchObject({ why: 'POPULATE', numbers: [A, at(2), BigInt(cause), 0n] });
  });
});
