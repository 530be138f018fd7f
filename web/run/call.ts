// A call in the words of its author: names for addresses and constants for flags.
import * as sys from '../../assembly/abi/sysno';
import { CAPS_IPC_LOCK } from '../../assembly/abi/cap';
import { ENOT_MODELLED, EOUT_OF_MEMORY } from '../../assembly/abi/errno';
import { hex, nameOf, namesAt, u64 } from './address';
import {
  adviceText,
  errnoName,
  mapFlagsText,
  mclText,
  mlockFlagsText,
  mremapFlagsText,
  msText,
  protText,
  resourceText,
  rlimText,
  signalName,
  signedText,
  sysctlText,
} from './constants';
import type { Named } from './model';

/** One executed frame: what the registers held and what came back. */
export interface Call {
  /** SYS_* or P_*. */
  readonly nr: number;
  readonly pid: number;
  /** Six registers, unsigned. */
  readonly args: readonly bigint[];
  /** As the kernel gives it: a value or -errno, signed. */
  readonly result: bigint;
}

type Writer = (value: bigint) => string;
type Kind = 'addr' | 'len' | Writer;
const int: Writer = (value) => signedText(BigInt.asIntN(32, value));
const signal: Writer = (value) => signalName(Number(value));

/** Name and the kind of each argument. Calls that are not here are written as numbers. */
const CALLS: Readonly<Record<number, readonly [name: string, ...kinds: Kind[]]>> = {
  [sys.SYS_mlock]: ['mlock', 'addr', 'len'],
  [sys.SYS_mlock2]: ['mlock2', 'addr', 'len', mlockFlagsText],
  [sys.SYS_munlock]: ['munlock', 'addr', 'len'],
  [sys.SYS_mlockall]: ['mlockall', mclText],
  [sys.SYS_munlockall]: ['munlockall'],
  [sys.SYS_mmap]: ['mmap', 'addr', 'len', protText, mapFlagsText, int, 'len'],
  [sys.SYS_munmap]: ['munmap', 'addr', 'len'],
  [sys.SYS_mprotect]: ['mprotect', 'addr', 'len', protText],
  [sys.SYS_mremap]: ['mremap', 'addr', 'len', 'len', mremapFlagsText, 'addr'],
  [sys.SYS_brk]: ['brk', 'addr'],
  [sys.SYS_madvise]: ['madvise', 'addr', 'len', adviceText],
  [sys.SYS_msync]: ['msync', 'addr', 'len', msText],
  [sys.SYS_mincore]: ['mincore', 'addr', 'len'],
  [sys.SYS_mseal]: ['mseal', 'addr', 'len', 'len'],
  [sys.SYS_remap_file_pages]: ['remap_file_pages', 'addr', 'len', protText, 'len', mapFlagsText],
  [sys.SYS_getrlimit]: ['getrlimit', resourceText],
  [sys.SYS_setrlimit]: ['setrlimit', resourceText, rlimText, rlimText],
  [sys.SYS_prlimit64]: ['prlimit', int, resourceText],
  [sys.SYS_fork]: ['fork'],
  [sys.SYS_execve]: ['execve'],
  [sys.SYS_exit]: ['exit', int],
  [sys.SYS_wait4]: ['wait4', int],
  [sys.SYS_getpid]: ['getpid'],
  [sys.SYS_kill]: ['kill', int, signal],
  [sys.SYS_open]: ['open'],
  [sys.SYS_close]: ['close', int],
  [sys.SYS_ftruncate]: ['ftruncate', int, 'len'],
  [sys.SYS_fallocate]: ['fallocate', int, int, 'len', 'len'],
  [sys.SYS_memfd_create]: ['memfd_create'],
  [sys.SYS_memfd_secret]: ['memfd_secret'],
  [sys.SYS_shmget]: ['shmget', int, 'len', hex],
  [sys.SYS_shmat]: ['shmat', int, 'addr', hex],
  [sys.SYS_shmdt]: ['shmdt', 'addr'],
  [sys.SYS_shmctl]: ['shmctl', int, int],
  [sys.P_start]: ['start'],
  [sys.P_vma]: ['map', 'addr', 'addr'],
  [sys.P_touch_read]: ['touch_read', 'addr', 'len'],
  [sys.P_touch_write]: ['touch_write', 'addr', 'len'],
  [sys.P_load]: ['load', 'addr', 'len'],
  [sys.P_store]: ['store', 'addr', 'len'],
  [sys.P_capset]: ['capset'],
  [sys.P_rlimit]: ['rlimit', resourceText, rlimText, rlimText],
  [sys.P_sysctl]: ['sysctl', sysctlText, signedText],
  [sys.P_memory_pressure]: ['memory_pressure', 'len'],
  [sys.P_pending_signal]: ['pending_signal', signal],
  [sys.P_brk_base]: ['brk_base', 'addr', 'addr'],
  [sys.P_die]: ['die', signal],
};

const TOUCHES = [sys.P_touch_read, sys.P_touch_write, sys.P_load, sys.P_store];
const ADDRESSES = [sys.SYS_mmap, sys.SYS_mremap, sys.SYS_brk, sys.SYS_shmat];

/** True for the pseudo calls whose result is a signal number: accesses to memory. */
export const isTouch = (nr: number): boolean => TOUCHES.includes(nr);

/** True for brk() of an address below any heap, with which a program asks where brk is. */
export const isBrkQuery = ({ nr, args }: Call): boolean => nr === sys.SYS_brk && u64(args[0] ?? 0n) === 0n;

/** Names a call: "mlock", "touch_write". */
export const callName = (nr: number): string => CALLS[nr]?.[0] ?? `call ${nr}`;

/** The errno of a result, 0 for success. brk() never has one. */
export function errnoOf(call: Pick<Call, 'nr' | 'result'>): number {
  if (isTouch(call.nr) || call.result >= 0n) return 0;
  return call.result >= -4095n || call.result === BigInt(-ENOT_MODELLED) || call.result === BigInt(-EOUT_OF_MEMORY)
    ? Number(-call.result)
    : 0;
}

function addressText(value: bigint, nr: number, index: number, names: readonly Named[]): string {
  // An address register of mmap, shmat or brk that holds 0 was written as NULL; elsewhere 0 is an address.
  if (value === 0n && (ADDRESSES.includes(nr) || index > 0)) return 'NULL';
  return nameOf(names, value) ?? hex(value);
}

/**
 * Writes a call as it would stand in the source: "munmap(buf+10p, 8192)". An address gets the name that held before
 * `step`; flags become constants, a huge length its negative number.
 */
export function callText(call: Call, names: readonly Named[], step: number): string {
  if (call.nr === sys.P_capset)
    return (call.args[0] ?? 0n) & BigInt(CAPS_IPC_LOCK) ? 'cap_raise(CAP_IPC_LOCK)' : 'cap_drop(CAP_IPC_LOCK)';
  const [name, ...kinds] = CALLS[call.nr] ?? [`call ${call.nr}`];
  const known = namesAt(names, step - 1);
  const texts = kinds.map((kind, i) => {
    const value = u64(call.args[i] ?? 0n);
    if (kind === 'addr') return addressText(value, call.nr, i, known);
    return kind === 'len' ? signedText(value) : kind(value);
  });
  // The fifth argument of mremap only means something with MREMAP_FIXED or MREMAP_DONTUNMAP.
  if (call.nr === sys.SYS_prlimit64 && call.args[2]) texts.push(...call.args.slice(3, 5).map(rlimText));
  if (call.nr === sys.SYS_mremap && u64(call.args[4] ?? 0n) === 0n) texts.pop();
  return `${name}(${texts.join(', ')})`;
}

/** Writes a result: "0", "-1 ENOMEM", "0x7ffff7fe7000", "SIGSEGV", "not modelled". */
export function resultText(call: Pick<Call, 'nr' | 'result'>): string {
  const errno = errnoOf(call);
  if (errno === ENOT_MODELLED) return 'not modelled';
  if (errno === EOUT_OF_MEMORY) return 'out of simulated memory';
  if (errno !== 0) return `-1 ${errnoName(errno)}`;
  if (isTouch(call.nr)) return call.result === 0n ? '0' : signalName(Number(call.result));
  return ADDRESSES.includes(call.nr) ? hex(call.result) : `${call.result}`;
}
