// Every constant that a scenario may use without a #define: name, value and the type that C's headers give it.
import * as errno from '../../assembly/abi/errno';
import * as kpf from '../../assembly/abi/kpf';
import * as mman from '../../assembly/abi/mman';
import * as sysno from '../../assembly/abi/sysno';
import { convert, type Value } from './arith';
import { INT, kindOf, LONG, UINT, ULONG, VOID_POINTER, type CType } from './types';

export interface Constant {
  readonly name: string;
  readonly value: Value;
  readonly type: CType;
}

type Row = readonly [name: string, value: number | bigint];

/** Linux: include/uapi/asm-generic/{fcntl,signal,resource}.h, include/uapi/linux/{ipc,shm,memfd,falloc,capability,wait}.h. */
const MORE: readonly Row[] = [
  ['MAP_ANON', 0x20],
  ['MAP_FILE', 0],
  ['O_RDONLY', 0],
  ['O_WRONLY', 1],
  ['O_RDWR', 2],
  ['O_CREAT', 0o100],
  ['O_EXCL', 0o200],
  ['O_TRUNC', 0o1000],
  ['O_CLOEXEC', 0o2000000],
  ['O_TMPFILE', 0o20200000],
  ['MFD_CLOEXEC', 1],
  ['MFD_ALLOW_SEALING', 2],
  ['MFD_HUGETLB', 4],
  ['IPC_PRIVATE', 0],
  ['IPC_CREAT', 0o1000],
  ['IPC_EXCL', 0o2000],
  ['IPC_NOWAIT', 0o4000],
  ['IPC_RMID', 0],
  ['IPC_SET', 1],
  ['IPC_STAT', 2],
  ['SHM_LOCK', 11],
  ['SHM_UNLOCK', 12],
  ['SHM_RDONLY', 0o10000],
  ['SHM_RND', 0o20000],
  ['SHM_REMAP', 0o40000],
  ['SHM_EXEC', 0o100000],
  ['SHM_HUGETLB', 0o4000],
  ['SHM_NORESERVE', 0o10000],
  ['FALLOC_FL_KEEP_SIZE', 1],
  ['FALLOC_FL_PUNCH_HOLE', 2],
  ['FALLOC_FL_COLLAPSE_RANGE', 8],
  ['FALLOC_FL_ZERO_RANGE', 16],
  ['FALLOC_FL_INSERT_RANGE', 32],
  ['CAP_IPC_LOCK', 14],
  ['CAP_SYS_RAWIO', 17],
  ['CAP_SYS_RESOURCE', 24],
  ['WNOHANG', 1],
  ['WUNTRACED', 2],
  ['SIGHUP', 1],
  ['SIGINT', 2],
  ['SIGQUIT', 3],
  ['SIGILL', 4],
  ['SIGTRAP', 5],
  ['SIGFPE', 8],
  ['SIGUSR1', 10],
  ['SIGUSR2', 12],
  ['SIGPIPE', 13],
  ['SIGALRM', 14],
  ['SIGCHLD', 17],
  ['SIGCONT', 18],
  ['SIGSTOP', 19],
  ['SIGTSTP', 20],
  ['RLIMIT_CPU', 0],
  ['RLIMIT_FSIZE', 1],
  ['RLIMIT_DATA', 2],
  ['RLIMIT_STACK', 3],
  ['RLIMIT_CORE', 4],
  ['RLIMIT_RSS', 5],
  ['RLIMIT_NPROC', 6],
  ['RLIMIT_NOFILE', 7],
  ['RLIMIT_MEMLOCK', 8],
  ['RLIMIT_AS', 9],
  ['RLIMIT_LOCKS', 10],
  ['RLIMIT_SIGPENDING', 11],
  ['RLIMIT_MSGQUEUE', 12],
  ['RLIMIT_NICE', 13],
  ['RLIMIT_RTPRIO', 14],
  ['RLIMIT_RTTIME', 15],
  ['STDIN_FILENO', 0],
  ['STDOUT_FILENO', 1],
  ['STDERR_FILENO', 2],
  ['stdout', 1],
  ['stderr', 2],
  ['EXIT_SUCCESS', 0],
  ['EXIT_FAILURE', 1],
  ['_SC_PAGESIZE', 30],
  ['_SC_PAGE_SIZE', 30],
  ['INT_MAX', 0x7fffffff],
  ['INT_MIN', -0x80000000],
  ['EDOM', 33],
  ['ERANGE', 34],
  ['ENOTSUP', 95],
  ['EWOULDBLOCK', 11],
  ['true', 1],
  ['false', 0],
];

const LONGS: readonly Row[] = [
  ['PAGE_SIZE', 4096],
  ['KiB', 1024],
  ['MiB', 1024 ** 2],
  ['GiB', 1024 ** 3],
  ['LONG_MAX', (1n << 63n) - 1n],
  ['LONG_MIN', -(1n << 63n)],
  ['INT64_MAX', (1n << 63n) - 1n],
  ['INT64_MIN', -(1n << 63n)],
  ['SSIZE_MAX', (1n << 63n) - 1n],
];

const UNSIGNED_LONGS: readonly Row[] = [
  ['ULONG_MAX', (1n << 64n) - 1n],
  ['UINT64_MAX', (1n << 64n) - 1n],
  ['SIZE_MAX', (1n << 64n) - 1n],
  ['UINTPTR_MAX', (1n << 64n) - 1n],
  ['RLIM_INFINITY', (1n << 64n) - 1n],
];

/** Names of errno values that the kernel itself gives; EWOULDBLOCK and ENOTSUP are other names of two of them. */
export const ERRNO_NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(errno)
    .filter(([name, value]) => /^E[A-Z0-9]+$/.test(name) && value < 4096)
    .map(([name, value]) => [value, name]),
);

const SIGNAL_ROWS: readonly Row[] = [
  ...Object.entries(errno).filter(([name]) => /^SIG[A-Z]/.test(name)),
  ...MORE.filter(([name]) => name.startsWith('SIG')),
];

/** Names of signals by number. */
export const SIGNAL_NAMES: ReadonlyMap<number, string> = new Map(SIGNAL_ROWS.map(([name, n]) => [Number(n), name]));

/** Every predefined constant by name. */
export const CONSTANTS: ReadonlyMap<string, Constant> = table();

function table(): Map<string, Constant> {
  const found = new Map<string, Constant>();
  const add = (type: CType, rows: readonly Row[]): void => {
    for (const [name, value] of rows) found.set(name, { name, value: convert(value, kindOf(type)), type });
  };
  const named = (module: object, pattern: RegExp): Row[] =>
    (Object.entries(module) as [string, number][]).filter(([name]) => pattern.test(name));
  add(INT, named(mman, /^(PROT|MAP|MREMAP|MLOCK|MCL|MS|MADV)_|^PAGE_SHIFT$/));
  add(ULONG, named(mman, /^VM_/));
  add(INT, named(kpf, /^KPF_/));
  add(INT, named(sysno, /^SYS_/));
  add(INT, named(errno, /^(E[A-Z0-9]+|SIG[A-Z]+|SEGV_\w+|BUS_\w+)$/));
  add(INT, MORE);
  add(LONG, LONGS);
  add(ULONG, UNSIGNED_LONGS);
  add(UINT, [['UINT_MAX', 0xffffffff]]);
  add(VOID_POINTER, [
    ['NULL', 0],
    ['MAP_FAILED', -1],
  ]);
  return found;
}
