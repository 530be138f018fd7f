// Numbers of the ABI back into the names that a person wrote.
import * as errnos from '../../assembly/abi/errno';
import * as mman from '../../assembly/abi/mman';
import * as cap from '../../assembly/abi/cap';
import * as sysctl from '../../assembly/abi/sysctl';

type Constant = readonly [name: string, value: number];

const named = (constants: object, prefix: string, not: readonly string[] = []): Constant[] =>
  Object.entries(constants)
    .filter((entry): entry is [string, number] => entry[0].startsWith(prefix) && typeof entry[1] === 'number')
    .filter(([name]) => !not.includes(name))
    .sort(([, a], [, b]) => a - b);

const PROT = named(mman, 'PROT_', ['PROT_NONE']);
const MAP_TYPES = ['MAP_SHARED', 'MAP_PRIVATE', 'MAP_SHARED_VALIDATE', 'MAP_DROPPABLE'];
const MAP_TYPE = named(mman, 'MAP_').filter(([name]) => MAP_TYPES.includes(name));
const MAP_FLAGS = named(mman, 'MAP_', [...MAP_TYPES, 'MAP_TYPE']);
const MREMAP = named(mman, 'MREMAP_');
const MLOCK = named(mman, 'MLOCK_');
const MCL = named(mman, 'MCL_');
const MS = named(mman, 'MS_');
const MADV = named(mman, 'MADV_');
const CAPS: readonly Constant[] = [
  ['CAP_IPC_LOCK', cap.CAPS_IPC_LOCK],
  ['CAP_SYS_RESOURCE', cap.CAPS_SYS_RESOURCE],
  ['CAP_SYS_RAWIO', cap.CAPS_SYS_RAWIO],
];
const ERRNO = named(errnos, 'E');
const SIGNALS = named(errnos, 'SIG');
// Linux: fs/proc/base.c:lnames, the order of RLIMIT_*.
const RLIMITS =
  'CPU FSIZE DATA STACK CORE RSS NPROC NOFILE MEMLOCK AS LOCKS SIGPENDING MSGQUEUE NICE RTPRIO RTTIME'.split(' ');
const SYSCTLS: Readonly<Record<number, string>> = {
  [sysctl.SYSCTL_MAX_MAP_COUNT]: 'vm.max_map_count',
  [sysctl.SYSCTL_OVERCOMMIT_MEMORY]: 'vm.overcommit_memory',
  [sysctl.SYSCTL_SWAPPINESS]: 'vm.swappiness',
  [sysctl.SYSCTL_BATCHES]: 'batches',
  [sysctl.SYSCTL_KERNEL_FIXED]: 'kernel_fixed',
  [sysctl.SYSCTL_SWAP_PAGES]: 'swap_pages',
};

const hex = (value: bigint): string => `0x${value.toString(16)}`;

function bits(value: bigint, constants: readonly Constant[], zero = '0'): string {
  if (value === 0n) return zero;
  const set = constants.filter(([, bit]) => value & BigInt(bit));
  const rest = set.reduce((left, [, bit]) => left & ~BigInt(bit), value);
  return [...set.map(([name]) => name), ...(rest === 0n ? [] : [hex(rest)])].join('|');
}

const one = (value: bigint, constants: readonly Constant[]): string =>
  constants.find(([, number]) => BigInt(number) === value)?.[0] ?? signedText(value);

/** Writes a 64-bit register as a C programmer would: small negative numbers with their sign. */
export function signedText(value: bigint): string {
  const signed = BigInt.asIntN(64, value);
  return signed < 0n && signed > -0x1_0000_0000n ? `${signed}` : `${BigInt.asUintN(64, value)}`;
}

// A flags argument of type int: the upper half of the register means nothing.
const int = (value: bigint): bigint => BigInt.asUintN(32, value);

/** Flags of type int; a negative number was never meant as flags. */
function intBits(flags: bigint, constants: readonly Constant[]): string {
  const signed = BigInt.asIntN(32, flags);
  return signed < 0n ? `${signed}` : bits(signed, constants);
}

export const protText = (prot: bigint): string => bits(prot, PROT, 'PROT_NONE');
export const mapFlagsText = (flags: bigint): string => {
  const type = flags & BigInt(mman.MAP_TYPE);
  const name = type === 0n ? [] : [one(type, MAP_TYPE)];
  const rest = flags & ~BigInt(mman.MAP_TYPE);
  return [...name, ...(rest === 0n && name.length > 0 ? [] : [bits(rest, MAP_FLAGS)])].join('|');
};
export const mremapFlagsText = (flags: bigint): string => bits(flags, MREMAP);
export const mlockFlagsText = (flags: bigint): string => intBits(flags, MLOCK);
export const mclText = (flags: bigint): string => intBits(flags, MCL);
export const msText = (flags: bigint): string => intBits(flags, MS);
export const adviceText = (advice: bigint): string => one(int(advice), MADV);
export const capsText = (caps: bigint): string => bits(caps, CAPS);
export const resourceText = (resource: bigint): string => {
  const name = RLIMITS[Number(resource)];
  return name === undefined ? signedText(resource) : `RLIMIT_${name}`;
};
export const rlimText = (bytes: bigint): string =>
  BigInt.asUintN(64, bytes) === 0xffff_ffff_ffff_ffffn ? 'RLIM_INFINITY' : `${BigInt.asUintN(64, bytes)}`;
export const sysctlText = (number: bigint): string => SYSCTLS[Number(number)] ?? `${number}`;

/** Names an errno: "ENOMEM". */
export const errnoName = (errno: number): string =>
  ERRNO.find(([, number]) => number === errno)?.[0] ?? (errno === 0 ? '' : `errno ${errno}`);

/** Names a signal: "SIGSEGV". */
export const signalName = (signal: number): string =>
  SIGNALS.find(([, number]) => number === signal)?.[0] ?? `signal ${signal}`;
