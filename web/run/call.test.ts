import { describe, expect, test } from 'vitest';
import * as sys from '../../assembly/abi/sysno';
import { callText, errnoOf, resultText } from './call';
import type { Named } from './model';
import { at } from './notation';

const NAMES: Named[] = [
  { name: 'buf', start: at(0), end: at(16), step: 1 },
  { name: 'more', start: at(4), end: at(6), step: 3 },
];
const M1 = 2n ** 64n - 1n;
const text = (nr: number, args: readonly (bigint | number)[], step = 3): string =>
  callText({ nr, pid: 1, args: [...args.map(BigInt), 0n, 0n, 0n, 0n, 0n, 0n].slice(0, 6), result: 0n }, NAMES, step);

describe('a call is written with names and constants', () => {
  test.each<[number, (bigint | number)[], string]>([
    [sys.SYS_munmap, [at(10), 8192], 'munmap(buf+10p, 8192)'],
    [sys.SYS_mlock, [at(0), 65536], 'mlock(buf, 65536)'],
    [sys.SYS_mlock, [at(1) + 100n, 1], 'mlock(buf+4196, 1)'],
    [sys.SYS_mlock, [at(16), M1], 'mlock(0x7ffff7ff7000, -1)'],
    [sys.SYS_mlock, [at(0), 2n ** 63n], 'mlock(buf, 9223372036854775808)'],
    [sys.SYS_mlock2, [at(14), 8192, 1], 'mlock2(buf+14p, 8192, MLOCK_ONFAULT)'],
    [sys.SYS_mlock2, [at(14), 8192, 0x1_0000_0000n], 'mlock2(buf+14p, 8192, 0)'],
    [sys.SYS_mlockall, [5], 'mlockall(MCL_CURRENT|MCL_ONFAULT)'],
    [sys.SYS_munlockall, [], 'munlockall()'],
    [
      sys.SYS_mmap,
      [0, 65536, 3, 0x22, 0xffffffffn, 0],
      'mmap(NULL, 65536, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0)',
    ],
    [
      sys.SYS_mmap,
      [at(2), 4096, 0, 0x2031, M1, 0],
      'mmap(buf+2p, 4096, PROT_NONE, MAP_SHARED|MAP_FIXED|MAP_ANONYMOUS|MAP_LOCKED, -1, 0)',
    ],
    [sys.SYS_mprotect, [at(0), 4096, 5], 'mprotect(buf, 4096, PROT_READ|PROT_EXEC)'],
    [sys.SYS_mremap, [at(0), 4096, 8192, 1, 0], 'mremap(buf, 4096, 8192, MREMAP_MAYMOVE)'],
    [sys.SYS_mremap, [at(0), 4096, 4096, 3, 0x10000], 'mremap(buf, 4096, 4096, MREMAP_MAYMOVE|MREMAP_FIXED, 0x10000)'],
    [sys.SYS_madvise, [at(0), 4096, 4], 'madvise(buf, 4096, MADV_DONTNEED)'],
    [sys.SYS_madvise, [at(0), 4096, 99], 'madvise(buf, 4096, 99)'],
    [sys.SYS_msync, [at(0), 4096, 6], 'msync(buf, 4096, MS_INVALIDATE|MS_SYNC)'],
    [sys.SYS_brk, [0], 'brk(NULL)'],
    [sys.SYS_setrlimit, [8, 65536, M1], 'setrlimit(RLIMIT_MEMLOCK, 65536, RLIM_INFINITY)'],
    [sys.SYS_prlimit64, [0, 8, 0], 'prlimit(0, RLIMIT_MEMLOCK)'],
    [sys.SYS_prlimit64, [0, 8, 1, 4096, 8192], 'prlimit(0, RLIMIT_MEMLOCK, 4096, 8192)'],
    [sys.P_touch_write, [at(1), 1], 'touch_write(buf+1p, 1)'],
    [sys.P_capset, [1], 'cap_raise(CAP_IPC_LOCK)'],
    [sys.P_capset, [0], 'cap_drop(CAP_IPC_LOCK)'],
    [sys.SYS_mlockall, [0xffffffffn], 'mlockall(-1)'],
    [sys.P_pending_signal, [9], 'pending_signal(SIGKILL)'],
    [sys.P_sysctl, [1, 100], 'sysctl(vm.max_map_count, 100)'],
    [999, [], 'call 999()'],
  ])('call %i', (nr, args, expected) => expect(text(nr, args)).toBe(expected));

  test('a name holds for the calls after the one that made it', () => {
    expect(text(sys.SYS_mlock, [at(4), 1], 3)).toBe('mlock(buf+4p, 1)');
    expect(text(sys.SYS_mlock, [at(4), 1], 4)).toBe('mlock(more, 1)');
    expect(text(sys.SYS_mlock, [at(0), 1], 1)).toBe('mlock(0x7ffff7fe7000, 1)');
  });
});

describe('a result', () => {
  test.each<[number, bigint, string, number]>([
    [sys.SYS_mlock, 0n, '0', 0],
    [sys.SYS_mlock, -12n, '-1 ENOMEM', 12],
    [sys.SYS_mmap, 0x7ffff7fe7000n, '0x7ffff7fe7000', 0],
    [sys.SYS_mmap, -11n, '-1 EAGAIN', 11],
    [sys.SYS_brk, 0x4d2000n, '0x4d2000', 0],
    [sys.P_touch_read, 0n, '0', 0],
    [sys.P_touch_read, 11n, 'SIGSEGV', 0],
    [sys.P_touch_write, 7n, 'SIGBUS', 0],
    [sys.SYS_fork, 2n, '2', 0],
    [sys.SYS_mremap, -5000n, 'not modelled', 5000],
    [sys.SYS_fork, -5001n, 'out of simulated memory', 5001],
  ])('of %i: %i', (nr, result, expected, errno) => {
    expect(resultText({ nr, result })).toBe(expected);
    expect(errnoOf({ nr, result })).toBe(errno);
  });
});
