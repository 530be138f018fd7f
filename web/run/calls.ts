// What each call of the language does: which frames it makes of its arguments, and what glibc makes of the results.
import { CAPS_IPC_LOCK, CAPS_SYS_RAWIO, CAPS_SYS_RESOURCE } from '../../assembly/abi/cap';
import { EFAULT, EINVAL, ENOMEM, ENOSYS, EPERM, SIGABRT } from '../../assembly/abi/errno';
import { OUT_RLIM_CUR, OUT_RLIM_MAX, STAT_BRK } from '../../assembly/abi/layout';
import { MAP_ANONYMOUS, MAP_PRIVATE, PROT_READ, PROT_WRITE } from '../../assembly/abi/mman';
import * as sys from '../../assembly/abi/sysno';
import { converter, type Value } from '../lang/arith';
import { BUILTINS, type Builtin } from '../lang/builtins';
import { OWN_BASE, type Site } from '../lang/code';
import { STRERROR_OFFSET } from '../lang/check-base';
import { ANY_MEMORY } from '../lang/check-call';
import { format, parseFormat } from '../lang/format';
import { kindOf } from '../lang/types';
import { accessPages, die, isOwn, ownOffset } from './access';
import { counters } from './counters';
import { execve, exit, fork, kill, pause, wait } from './lives';
import type { Process } from './process';
import { strerror } from './strerror';
import type { World } from './world';

/** A call under way. */
export interface Call {
  readonly world: World;
  readonly process: Process;
  readonly site: Site;
  readonly name: string;
  readonly args: readonly Value[];
}

type Handler = (call: Call) => Value;

/** Calls whose arguments go into the frame as they are. */
const DIRECT: Readonly<Record<string, number>> = {
  mlock: sys.SYS_mlock,
  mlock2: sys.SYS_mlock2,
  munlock: sys.SYS_munlock,
  mlockall: sys.SYS_mlockall,
  munlockall: sys.SYS_munlockall,
  munmap: sys.SYS_munmap,
  mprotect: sys.SYS_mprotect,
  madvise: sys.SYS_madvise,
  msync: sys.SYS_msync,
  mseal: sys.SYS_mseal,
  remap_file_pages: sys.SYS_remap_file_pages,
  ftruncate: sys.SYS_ftruncate,
  fallocate: sys.SYS_fallocate,
  close: sys.SYS_close,
  memfd_secret: sys.SYS_memfd_secret,
  shmdt: sys.SYS_shmdt,
  shmctl: sys.SYS_shmctl,
};

/** What syscall(SYS_x, ...) does where the frame is not what the registers would hold. */
const BY_NUMBER: Readonly<Record<number, string>> = {
  [sys.SYS_getrlimit]: 'getrlimit',
  [sys.SYS_setrlimit]: 'setrlimit',
  [sys.SYS_prlimit64]: 'prlimit',
  [sys.SYS_wait4]: 'waitpid',
  [sys.SYS_execve]: 'execve',
  [sys.SYS_fork]: 'fork',
  [sys.SYS_exit]: '_exit',
  [sys.SYS_getpid]: 'getpid',
  [sys.SYS_memfd_create]: 'memfd_create',
  [sys.SYS_open]: 'open',
  [sys.SYS_kill]: 'kill',
  [sys.SYS_mincore]: 'mincore',
  [sys.SYS_mmap]: 'mmap',
  [sys.SYS_mremap]: 'mremap',
  [sys.SYS_shmat]: 'shmat',
};

const CAP_BITS: Readonly<Record<number, number>> = { 14: CAPS_IPC_LOCK, 17: CAPS_SYS_RAWIO, 24: CAPS_SYS_RESOURCE };
const CAP_LAST = 40;
const SC_PAGESIZE = 30;
const O_TMPFILE = 0o20200000;

/** Makes a call and gives its result in the type that C gives it. */
export function callBuiltin(
  world: World,
  process: Process,
  site: Site,
  builtin: Builtin,
  args: readonly Value[],
): Value {
  const { simulated, handler, fit } = PLANS.get(builtin.name)!;
  // The checker has seen plain cases; here an address came through a pointer.
  if (simulated.some((i) => isOwn(args[i] ?? 0))) {
    const message = `\`${builtin.name}\` works on simulated memory, and this is the address of a variable. Write \`mmap\` or \`malloc\` for it.`;
    world.error('variable-address', site, message);
    return 0;
  }
  return fit(handler({ world, process, site, name: builtin.name, args }));
}

/** Makes a frame; -errno becomes -1 and errno, as glibc's wrappers do. */
export function system({ world, process, site, name }: Call, nr: number, args: readonly Value[]): number {
  const result = world.step(process, site, nr, args);
  if (world.outcome || result >= 0 || result < -4095) return result;
  process.errno = -result;
  world.failed(site, name, -result);
  return -1;
}

/** A call that glibc, or the playground's own check, refuses without asking the kernel. */
function refuse({ world, process, site, name }: Call, errno: number, asked = false): number {
  process.errno = errno;
  world.failed(site, name, errno, asked);
  return -1;
}

const arg = ({ args }: Call, i: number): bigint => BigInt.asUintN(64, BigInt(args[i] ?? 0));
const int = ({ args }: Call, i: number): number => Number(BigInt.asIntN(32, BigInt(args[i] ?? 0)));

const HANDLERS: Readonly<Record<string, Handler>> = {
  mmap: (call) => {
    const result = system(call, sys.SYS_mmap, call.args);
    return mapped(call, result, arg(call, 1));
  },
  mremap: (call) => {
    const result = system(call, sys.SYS_mremap, call.args.slice(0, 5));
    return mapped(call, result, arg(call, 2));
  },
  shmat: (call) => {
    const result = system(call, sys.SYS_shmat, call.args);
    return mapped(call, result, call.world.segments.get(int(call, 0)) ?? 4096n);
  },
  shmget: (call) => {
    const id = system(call, sys.SYS_shmget, call.args);
    if (id >= 0) call.world.segments.set(id, arg(call, 1));
    return id;
  },
  brk: (call) => (moveBrk(call, arg(call, 0)) ? 0 : refuse(call, ENOMEM, true)),
  sbrk: (call) => {
    const before = endOfHeap(call);
    const increment = BigInt.asIntN(64, arg(call, 0));
    if (increment === 0n) return before;
    if (!moveBrk(call, before + increment)) return refuse(call, ENOMEM, true);
    return noted(call, before, increment > 0n ? increment : 0n);
  },
  malloc,
  free: (call) => {
    const { world, process, site } = call;
    if (arg(call, 0) === 0n) return 0;
    const mapping = process.heap.release(arg(call, 0));
    if (mapping === 'invalid') die(world, process, site, SIGABRT, 'free() of an address that malloc() did not give.');
    else if (mapping) system(call, sys.SYS_munmap, mapping);
    return 0;
  },
  mincore,
  getrlimit: (call) => {
    const { world } = call;
    const at = structAt(call, 1);
    if (at === null) return 0;
    if (at === 'null') return refuse(call, EFAULT);
    const result = system(call, sys.SYS_getrlimit, [arg(call, 0)]);
    if (result === 0 && !world.outcome) putLimits(call, at);
    return result;
  },
  setrlimit: (call) => {
    const at = structAt(call, 1);
    if (at === null) return 0;
    if (at === 'null') return refuse(call, EFAULT);
    return system(call, sys.SYS_setrlimit, [int(call, 0), ...limits(call, at)]);
  },
  prlimit: (call) => {
    const fresh = structAt(call, 2);
    const old = structAt(call, 3);
    if (fresh === null || old === null) return 0;
    const given = fresh === 'null' ? [0, 0, 0] : [1, ...limits(call, fresh)];
    const result = system(call, sys.SYS_prlimit64, [arg(call, 0), arg(call, 1), ...given]);
    if (result === 0 && old !== 'null' && !call.world.outcome) putLimits(call, old);
    return result;
  },
  memfd_create: (call) => system(call, sys.SYS_memfd_create, [arg(call, 1)]),
  open: (call) => {
    const flags = int(call, 1);
    return system(call, sys.SYS_open, [flags, (flags & O_TMPFILE) === O_TMPFILE ? 1 : 0]);
  },
  syscall,
  fork,
  wait: (call) => wait(call, -1, arg(call, 0), 0),
  waitpid: (call) => wait(call, int(call, 0), arg(call, 1), int(call, 2)),
  execve,
  getpid: ({ process }) => process.pid,
  kill: (call) => kill(call, int(call, 0), int(call, 1)),
  raise: (call) => kill(call, call.process.pid, int(call, 0)),
  pause,
  exit: (call) => exit(call, int(call, 0)),
  _exit: (call) => exit(call, int(call, 0)),
  abort: ({ world, process, site }) => {
    die(world, process, site, SIGABRT, 'abort() was called.');
    return 0;
  },
  touch_read: (call) => call.world.step(call.process, call.site, sys.P_touch_read, call.args),
  touch_write: (call) => call.world.step(call.process, call.site, sys.P_touch_write, call.args),
  memset: (call) => {
    const { world, process, site } = call;
    const [to, len] = [arg(call, 0), arg(call, 2)];
    if (len === 0n) return to;
    if (isOwn(to)) {
      const at = ownOffset(world, process, site, to, Number(len));
      if (at !== null) process.memory.fill(at, Number(len), int(call, 1));
    } else accessPages(world, process, site, true, to, len);
    return to;
  },
  memcpy,
  cap_raise: (call) => capability(call, true),
  cap_drop: (call) => capability(call, false),
  memory_pressure: (call) => call.world.step(call.process, call.site, sys.P_memory_pressure, call.args),
  // Another thread holds mmap_lock: only then does a call wait, and only a wait can be interrupted.
  pending_signal: (call) => {
    const contended = call.args.length < 2 || arg(call, 1) !== 0n ? 1 : 0;
    return call.world.step(call.process, call.site, sys.P_pending_signal, [arg(call, 0), contended]);
  },
  locked_vm: ({ world, process }) => counters(world, process).locked_vm,
  total_vm: ({ world, process }) => counters(world, process).total_vm,
  rss: ({ world, process }) => counters(world, process).rss,
  map_count: ({ world, process }) => counters(world, process).map_count,
  vma_flags: (call) => call.world.machine.vma_flags(call.process.pid, arg(call, 0)),
  page_flags: (call) => {
    const { world, process } = call;
    world.machine.settle();
    return world.machine.page_flags(process.pid, arg(call, 0));
  },
  printf: (call) => print(call, 0),
  fprintf: (call) => print(call, 1),
  puts: (call) => {
    const text = `${textAt(call, arg(call, 0))}\n`;
    call.world.print(call.process, text);
    return text.length;
  },
  perror: (call) => {
    const { world, process } = call;
    const reason = strerror(process.errno);
    const text = arg(call, 0) === 0n ? '' : textAt(call, arg(call, 0));
    world.print(process, text === '' ? `${reason}\n` : `${text}: ${reason}\n`);
    return 0;
  },
  strerror: (call) => {
    const bytes = new TextEncoder().encode(`${strerror(int(call, 0))}\0`);
    call.process.memory.put(STRERROR_OFFSET, bytes);
    return OWN_BASE + BigInt(STRERROR_OFFSET);
  },
  strlen: (call) => new TextEncoder().encode(textAt(call, arg(call, 0))).length,
  sysconf: (call) => (int(call, 0) === SC_PAGESIZE ? 4096 : refuse(call, EINVAL)),
  getpagesize: () => 4096,
  WIFEXITED: (call) => ((int(call, 0) & 0x7f) === 0 ? 1 : 0),
  WEXITSTATUS: (call) => (int(call, 0) >> 8) & 0xff,
  WIFSIGNALED: (call) => ((int(call, 0) & 0x7f) !== 0 && (int(call, 0) & 0x7f) !== 0x7f ? 1 : 0),
  WTERMSIG: (call) => int(call, 0) & 0x7f,
};

/** Notes where a mapping call put its pages, for the name that it may be given. */
function mapped(call: Call, result: number, len: bigint): Value {
  return result === -1 ? result : noted(call, BigInt(result), len);
}

function noted({ world }: Call, start: bigint, len: bigint): Value {
  if (!world.outcome) world.mapped = { start, end: start + ((len + 4095n) & ~4095n) };
  return start;
}

const handlerOf = (name: string): Handler => {
  const nr = DIRECT[name];
  return nr === undefined ? (HANDLERS[name] ?? (() => 0)) : (call) => system(call, nr, call.args);
};

/** What of a call is the same each time. */
interface Plan {
  /** Arguments that have to be addresses of simulated memory. */
  readonly simulated: readonly number[];
  readonly handler: Handler;
  /** Makes the result what its type can hold. */
  readonly fit: (value: Value) => Value;
}

const PLANS: ReadonlyMap<string, Plan> = new Map(
  [...BUILTINS.values()].map(({ name, parameters, result }) => {
    const addresses = parameters.flatMap(({ takes }, i) => (takes.kind === 'address' ? [i] : []));
    const simulated = ANY_MEMORY.has(name) ? [] : addresses;
    const fit = result.kind === 'void' ? () => 0 : converter(kindOf(result));
    return [name, { simulated, handler: handlerOf(name), fit }];
  }),
);

function endOfHeap({ world, process }: Call): bigint {
  // The C library has asked for the end of the heap before main() began: no frame.
  if (process.brk === 0n) process.brk = BigInt(world.machine.stat(STAT_BRK));
  return process.brk;
}

function moveBrk(call: Call, end: bigint): boolean {
  const { world, process, site } = call;
  process.brk = BigInt(world.step(process, site, sys.SYS_brk, [end]));
  return process.brk === BigInt.asUintN(64, end);
}

function malloc(call: Call): Value {
  const { process, world } = call;
  const size = arg(call, 0);
  if (size >= 1n << 47n) return refuse(call, ENOMEM) + 1; // NULL
  const length = process.heap.mappingFor(size);
  let block: bigint;
  if (length > 0n) {
    const args = [0, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0];
    const base = system(call, sys.SYS_mmap, args);
    if (base === -1 || world.outcome) return 0;
    block = process.heap.addMapping(BigInt(base), length);
  } else {
    const end = endOfHeap(call);
    const growth = process.heap.growth(size, end);
    if (growth > 0n) {
      if (!moveBrk(call, end + growth)) return refuse(call, ENOMEM, true) + 1;
      process.heap.grown(end, end + growth);
    }
    block = process.heap.take(size);
  }
  world.mapped = { start: block, end: block + size };
  return block;
}

function mincore(call: Call): Value {
  const { world, process, site } = call;
  const pages = Number((arg(call, 1) + 4095n) >> 12n);
  const vec = arg(call, 2);
  if (vec === 0n) return refuse(call, EFAULT);
  if (!isOwn(vec)) {
    world.error(
      'variable-needed',
      site,
      'Contents of memory are not simulated. Write an array, `unsigned char vec[N]`, for the vector.',
    );
    return 0;
  }
  const at = process.memory.offset(vec, pages);
  if (at < 0) return refuse(call, EFAULT);
  const result = system(call, sys.SYS_mincore, [arg(call, 0), arg(call, 1)]);
  if (result === 0 && !world.outcome) process.memory.put(at, world.machine.vec(pages));
  return result;
}

/** Offset of the struct that an argument points to; 'null' for NULL, null if it is not a variable, which is said. */
function structAt(call: Call, i: number): number | 'null' | null {
  const { world, process, site } = call;
  const address = arg(call, i);
  if (address === 0n) return 'null';
  if (isOwn(address)) return ownOffset(world, process, site, address, 16);
  world.error(
    'variable-needed',
    site,
    'Contents of memory are not simulated. Write `&` and a `struct rlimit` variable.',
  );
  return null;
}

function limits({ process }: Call, at: number): Value[] {
  return [process.memory.readU64(at), process.memory.readU64(at + 8)];
}

function putLimits({ world, process }: Call, at: number): void {
  process.memory.write(at, 'u64', world.machine.out(OUT_RLIM_CUR));
  process.memory.write(at + 8, 'u64', world.machine.out(OUT_RLIM_MAX));
}

function syscall(call: Call): Value {
  const nr = int(call, 0);
  // Numbers from 1000 on are the playground's own and no program's business.
  if (nr < 0 || nr >= 1000) return refuse(call, ENOSYS);
  const rest = call.args.slice(1);
  const name = BY_NUMBER[nr];
  return name ? handlerOf(name)({ ...call, name, args: rest }) : system(call, nr, rest);
}

function memcpy(call: Call): bigint {
  const { world, process, site } = call;
  const [to, from, len] = [arg(call, 0), arg(call, 1), arg(call, 2)];
  if (len === 0n) return to;
  const size = Number(len);
  const source = isOwn(from) ? ownOffset(world, process, site, from, size) : -1;
  if (source === null || (source < 0 && !accessPages(world, process, site, false, from, len))) return to;
  if (!isOwn(to)) {
    accessPages(world, process, site, true, to, len);
    return to;
  }
  const target = ownOffset(world, process, site, to, size);
  if (target === null) return to;
  if (source < 0) process.memory.fill(target, size);
  else process.memory.copy(target, source, size);
  return to;
}

function capability(call: Call, raise: boolean): number {
  const { world, process, site } = call;
  const number = int(call, 0);
  if (number < 0 || number > CAP_LAST) return refuse(call, EINVAL);
  const bit = CAP_BITS[number];
  if (bit === undefined) return 0; // says nothing about memory locking
  const permitted = CAPS_IPC_LOCK | world.program.boot.caps;
  if (raise && !(permitted & bit)) return refuse(call, EPERM);
  process.caps = raise ? process.caps | bit : process.caps & ~bit;
  world.step(process, site, sys.P_capset, [process.caps]);
  return 0;
}

function print(call: Call, at: number): number {
  const { world, process, site } = call;
  const address = arg(call, at);
  if (!isOwn(address)) {
    world.error('format', site, 'The format is not a text of the scenario. Write it between `"` and `"`.');
    return 0;
  }
  const { pieces, problem } = parseFormat(process.memory.text(Number(address - OWN_BASE)));
  const text = format(pieces, call.args.slice(at + 1), (one) => textAt(call, one));
  if (problem) world.error('format', site, problem);
  else world.print(process, text);
  return text.length;
}

/** The text at an address: of the scenario's own, or of simulated memory, where all contents are 0. */
function textAt({ world, process, site }: Call, address: bigint): string {
  if (address === 0n) return '(null)';
  if (isOwn(address)) {
    const at = ownOffset(world, process, site, address, 1);
    return at === null ? '' : new TextDecoder().decode(process.memory.text(at));
  }
  accessPages(world, process, site, false, address, 1n);
  return '';
}
