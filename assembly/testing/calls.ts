// Random calls over all that the core knows, and the C scenario that a sequence of them is.
import fc from 'fast-check';
import * as nr from '../abi/sysno';
import * as mman from '../abi/mman';
import { RLIMIT_AS, RLIMIT_DATA, RLIMIT_MEMLOCK, RLIMIT_STACK } from '../abi/rlimit';
import { SYSCTL_MAX_MAP_COUNT, SYSCTL_SWAP_PAGES } from '../abi/sysctl';
import { A, P, at, kernel } from './machine';

export interface Call {
  readonly pid: number;
  readonly nr: number;
  readonly args: readonly bigint[];
}

/** Pages of the area in which random calls take place. */
export const AREA = 24;

const TOP = 1n << 64n;
const page = fc.integer({ min: 0, max: AREA - 1 });
const aligned = page.map(at);
const some = fc.integer({ min: 0, max: 8 }).map((n) => BigInt(n) * P);
const weird = fc.constantFrom(1n, 4095n, 4097n, TOP - 1n, TOP - 4095n, TOP - P, TOP - 2n * P, 1n << 63n, 1n << 46n);
const start = fc.oneof(
  { weight: 8, arbitrary: aligned },
  { weight: 1, arbitrary: aligned.map((a) => a + 1n) },
  { weight: 1, arbitrary: fc.constantFrom(0n, A + 4095n, TOP - P, 0x7ffffffff000n, 0x800000000000n) },
);
const len = fc.oneof({ weight: 12, arbitrary: some }, { weight: 1, arbitrary: weird });
const prot = fc.constantFrom(0n, 1n, 2n, 3n, 3n, 3n, 4n, 7n);
const fd = fc.integer({ min: 3, max: 6 }).map(BigInt);
const one = (...values: readonly number[]): fc.Arbitrary<bigint> => fc.constantFrom(...values).map(BigInt);
const none = fc.constant(0n);

const { MAP_ANONYMOUS: ANON, MAP_PRIVATE, MAP_SHARED, MAP_FIXED, MAP_LOCKED, MAP_POPULATE, MAP_GROWSDOWN } = mman;
const anonymous = one(
  ANON | MAP_PRIVATE | MAP_FIXED,
  ANON | MAP_PRIVATE | MAP_FIXED,
  ANON | MAP_SHARED | MAP_FIXED,
  ANON | MAP_PRIVATE | MAP_FIXED | MAP_LOCKED,
  ANON | MAP_SHARED | MAP_FIXED | MAP_LOCKED,
  ANON | MAP_PRIVATE | MAP_FIXED | MAP_POPULATE,
  ANON | MAP_PRIVATE | MAP_FIXED | MAP_GROWSDOWN,
  ANON | mman.MAP_DROPPABLE | MAP_FIXED,
  ANON | MAP_PRIVATE,
  ANON | MAP_PRIVATE | mman.MAP_FIXED_NOREPLACE,
);
const mapped = one(MAP_SHARED | MAP_FIXED, MAP_PRIVATE | MAP_FIXED, MAP_SHARED | MAP_FIXED | MAP_LOCKED);
const offset = fc.integer({ min: 0, max: 4 }).map((n) => BigInt(n) * P);
const minus = fc.constant(TOP - 1n);
const ADVICES = [0, 1, 2, 3, 4, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 102, 103, 5];

/** [weight, call number, arguments]. */
const CALLS: readonly (readonly [number, number, ...fc.Arbitrary<bigint>[]])[] = [
  [10, nr.SYS_mmap, aligned, some, prot, anonymous, minus, none],
  [3, nr.SYS_mmap, start, len, prot, anonymous, minus, none],
  [5, nr.SYS_mmap, aligned, some, prot, mapped, fd, offset],
  [10, nr.SYS_mlock, start, len],
  [8, nr.SYS_mlock2, start, len, one(0, 1, 1, 1, 2)],
  [10, nr.SYS_munlock, start, len],
  [3, nr.SYS_mlockall, one(0, 1, 2, 3, 4, 5, 6, 7, 8)],
  [2, nr.SYS_munlockall],
  [5, nr.SYS_munmap, start, len],
  [5, nr.SYS_mprotect, start, len, prot],
  [4, nr.SYS_mremap, aligned, some, some, one(0, 1, 3, 5, 7), aligned],
  [8, nr.SYS_madvise, start, len, one(...ADVICES)],
  [1, nr.SYS_msync, start, len, one(0, 1, 2, 4, 5, 8)],
  [1, nr.SYS_mincore, aligned, some],
  [1, nr.SYS_remap_file_pages, aligned, some, none, fc.bigInt(0n, 4n), none],
  [1, nr.SYS_mseal, aligned, some, none],
  [2, nr.SYS_brk, fc.integer({ min: 0, max: 8 }).map((n) => 0x4cc000n + BigInt(n) * P)],
  [2, nr.SYS_memfd_create, none],
  [1, nr.SYS_memfd_secret, none],
  [1, nr.SYS_open, one(0, 1, 2)],
  [4, nr.SYS_ftruncate, fd, some],
  [1, nr.SYS_fallocate, fd, one(0, 1, 3), offset, some],
  [1, nr.SYS_close, fd],
  [1, nr.SYS_shmget, one(0, 0, 7), some, one(0o600, 0o1600)],
  [2, nr.SYS_shmat, one(0, 1, 2), aligned, one(0, 0o10000, 0o40000)],
  [1, nr.SYS_shmdt, aligned],
  [2, nr.SYS_shmctl, one(0, 1, 2), one(0, 11, 12, 11)],
  [1, nr.SYS_fork],
  [1, nr.SYS_exit, one(0, 3)],
  [1, nr.SYS_wait4, minus],
  [1, nr.SYS_kill, one(2, 3, 9), one(0, 9)],
  [1, nr.SYS_setrlimit, one(RLIMIT_MEMLOCK, RLIMIT_AS, RLIMIT_DATA, RLIMIT_STACK), some, fc.constant(TOP - 1n)],
  [2, nr.P_rlimit, one(RLIMIT_MEMLOCK), fc.oneof(some, fc.constant(8n << 20n)), fc.constant(TOP - 1n)],
  [1, nr.P_capset, one(0, 1, 7)],
  [8, nr.P_touch_write, start, some],
  [6, nr.P_touch_read, start, some],
  [1, nr.P_memory_pressure, some],
  [1, nr.P_pending_signal, one(9, 15), one(0, 1)],
  [1, nr.P_sysctl, one(SYSCTL_SWAP_PAGES), one(0, 5, 100)],
  [1, nr.P_sysctl, one(SYSCTL_MAX_MAP_COUNT), one(4, 8, 65530)],
];

const pid = fc.oneof({ weight: 10, arbitrary: fc.constant(1) }, { weight: 3, arbitrary: fc.constantFrom(2, 3) });

/** One call of one process; `without` leaves call numbers out. */
export function call(without: readonly number[] = []): fc.Arbitrary<Call> {
  const known = CALLS.filter(([, number]) => !without.includes(number));
  return fc.oneof(
    ...known.map(([weight, number, ...args]) => ({
      weight,
      arbitrary: fc.record({ pid, nr: fc.constant(number), args: fc.tuple(...args) }),
    })),
  );
}

/** A sequence of calls. */
export const calls = (most: number, without: readonly number[] = []): fc.Arbitrary<Call[]> =>
  fc.array(call(without), { minLength: 1, maxLength: most, size: 'max' });

/** Executes a call. */
export function execute({ pid, nr: number, args }: Call): bigint {
  const [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n] = args;
  return kernel.syscall(pid, number, a, b, c, d, e, f);
}

const NAMES = new Map(Object.entries(nr).map(([name, number]) => [number as number, name.replace(/^(SYS|P)_/, '')]));
const END = at(AREA * 2);

function argument(value: bigint): string {
  if (value >= A && value < END) {
    const [pages, rest] = [(value - A) / P, (value - A) % P];
    return ['p', pages ? `${pages} * PAGE_SIZE` : '', rest ? String(rest) : ''].filter(Boolean).join(' + ');
  }
  if (value >= 1n << 63n) return String(value - TOP);
  return value > 0xffffn ? `0x${value.toString(16)}` : String(value);
}

/** One call as a C statement; a call of another process says so. */
export function statement({ pid, nr: number, args }: Call): string {
  const other = pid === 1 ? '' : ` // process ${pid}`;
  const list = args.map(argument);
  if (number === nr.SYS_setrlimit || number === nr.P_rlimit)
    return `setrlimit(${list[0]}, &(struct rlimit){ ${list[1]}, ${list[2]} });${other}`;
  return `${NAMES.get(number) ?? `syscall_${number}`}(${list.join(', ')});${other}`;
}

/** Calls as a scenario that can be pasted: `p` is the start of the area. */
export function scenario(sequence: readonly Call[]): string {
  const area = `${AREA} * PAGE_SIZE`;
  return [
    `char *p = mmap((void *)0x${A.toString(16)}, ${area}, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);`,
    `munmap(p, ${area});`,
    ...sequence.map(statement),
  ].join('\n');
}
