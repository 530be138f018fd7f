import * as ev from '../../../assembly/abi/event';
import * as sys from '../../../assembly/abi/sysno';
import { hex, shortAddress } from '../address';
import { mclText, mlockFlagsText, mremapFlagsText, msText } from '../constants';
import { pageText, type Context } from './context';
import type { Writer } from './writer';

/** From this limit in pages on there is none. */
const INFINITE = 1n << 52n;

/** "≤" or ">" with what stands beside it. */
export const compare = (left: string | bigint, ok: boolean, right: string | bigint): string =>
  `${left} ${ok ? '≤' : '>'} ${right}`;

/** "8 + 13 locked − 0 in range = 21 > 16". */
export function limitFormula(asked: bigint, locked: bigint, inside: bigint, limit: bigint, subtracts: boolean): string {
  const less = inside > 0n || subtracts ? ` − ${inside} in range` : '';
  const sum = asked + locked - inside;
  const left = `${asked} + ${locked} locked${less} = ${sum}`;
  return limit >= INFINITE - 1n ? `${left}, RLIM_INFINITY` : compare(left, sum <= limit, limit);
}

const isMlock = ({ call }: Context): boolean => call.nr === sys.SYS_mlock || call.nr === sys.SYS_mlock2;

const flagsOf = (context: Context, flags: bigint): string => {
  const { nr } = context.call;
  if (nr === sys.SYS_mlock2) return mlockFlagsText(flags);
  if (nr === sys.SYS_mlockall) return mclText(flags);
  if (nr === sys.SYS_msync) return msText(flags);
  return nr === sys.SYS_mremap ? mremapFlagsText(flags) : hex(flags);
};

const CAUSES: Readonly<Record<number, string>> = {
  [ev.CAUSE_NO_VMA]: 'no VMA',
  [ev.CAUSE_PROT]: 'the protection forbids the access',
  [ev.CAUSE_GUARD]: 'a guard marker',
  [ev.CAUSE_EOF]: 'beyond the end of the file',
  [ev.CAUSE_PKEY]: 'the execute-only key denies reading',
  [ev.CAUSE_SECRETMEM]: 'memfd_secret refuses',
  [ev.CAUSE_KILLED]: 'a SIGKILL is pending',
  [ev.CAUSE_STACK]: 'the stack may not grow',
};

/** What stopped populate, as a fragment. */
export const causeText = (cause: bigint): string => CAUSES[Number(cause)] ?? `cause ${cause}`;

/** The checks of the lock calls, the first of which also stand in mmap, mremap and brk. */
export const lockChecks: Readonly<Record<number, Writer>> = {
  [ev.WHY_FLAGS]: ({ b, c }, context, ok) => {
    const text = flagsOf(context, b);
    if (ok) return ['flags are known', `${text} within ${hex(c)}`];
    if ((b & ~c) !== 0n) return ['flags are known', `${hex(b & ~c)} is not within ${hex(c)}`];
    return context.call.nr === sys.SYS_mlockall
      ? ['flags are known', `${text} has neither MCL_CURRENT nor MCL_FUTURE`]
      : ['flags go together', `${text} do not`];
  },
  [ev.WHY_MAY_LOCK]: ({ b, c }, _context, ok) => {
    if (!ok) return ['may lock at all', 'RLIMIT_MEMLOCK is 0 B, no CAP_IPC_LOCK'];
    if (c !== 0n) return ['may lock at all', 'CAP_IPC_LOCK is in effect'];
    const infinite = b === 0xffff_ffff_ffff_ffffn;
    return ['may lock at all', infinite ? 'RLIMIT_MEMLOCK is RLIM_INFINITY' : `RLIMIT_MEMLOCK ${b} B is not 0`];
  },
  [ev.WHY_FITS_LIMIT]: ({ b, c, d, e, g }, context, ok) => {
    if (g === 1n) return ['fits the limit', `${b} + ${c} locked = ${b + c}, CAP_IPC_LOCK: no limit`];
    return ['fits the limit', limitFormula(b, c, d, e, !ok && isMlock(context))];
  },
  [ev.WHY_NO_WRAP]: ({ b, c }, _context, ok) => {
    const sum = `${shortAddress(b)} + ${hex(c)} = ${shortAddress(b + c)}`;
    return ['end does not wrap', ok ? sum : `${sum}, below the start`];
  },
  [ev.WHY_VMA_AT]: ({ b, c, d }, context, ok) => {
    if (ok) return [`VMA at ${pageText(context, b)}`, 'mapped'];
    const name = `VMA at ${pageText(context, b)}`;
    if (c === 0n || (d !== 0n && c >= d)) return [name, 'none up to the end of the range'];
    return [name, `none: the next one starts at ${pageText(context, c)}`];
  },
  [ev.WHY_MAP_COUNT]: ({ b, c, d }, context, ok) => {
    if (context.call.nr === sys.SYS_mremap && d === 0n) {
      return ['map_count has room', `${b} + 2 ${ok ? '<' : '≥'} ${c} − 3`];
    }
    if (d === 0n) return ['map_count fits', compare(b, ok, c)];
    const name = `split at ${pageText(context, d)}`;
    return [name, ok ? `map_count ${b} < ${c}, now ${b + 1n}` : `map_count ${b} ≥ ${c}`];
  },
  [ev.WHY_KILLABLE]: ({ b }, _context, ok) => {
    if (!ok) return ['not killed', 'SIGKILL pending while waiting for mmap_lock'];
    return ['not killed', b === 0n ? 'mmap_lock was free: no signal was looked at' : 'no fatal signal while waiting'];
  },
  [ev.WHY_POPULATE]: ({ b, c, d }, context, ok) => {
    if (ok) return ['populate', `reached ${pageText(context, c)}, the end`];
    return ['populate', `stopped at ${pageText(context, b)}: ${causeText(d)}`];
  },
  [ev.WHY_TOTAL_VM_FITS]: ({ b, c, d }, _context, ok) => {
    if (d === 1n) return ['total_vm fits the limit', `total_vm ${b}, CAP_IPC_LOCK: no limit`];
    if (c >= INFINITE - 1n) return ['total_vm fits the limit', `total_vm ${b}, RLIM_INFINITY`];
    return ['total_vm fits the limit', compare(`total_vm ${b}`, ok, c)];
  },
  [ev.WHY_NOT_LOCKED]: ({ b }, context, ok) =>
    ok
      ? ['no VM_LOCKED in the range', 'MS_INVALIDATE may go on']
      : ['no VM_LOCKED in the range', `lo at ${pageText(context, b)}`],
  [ev.WHY_SIM_MEMORY]: ({ b, c }, _context, ok) => ['simulated memory is there', compare(`${b} B`, ok, `${c} B`)],
  [ev.WHY_SHM_LIMIT]: ({ b, c, d }, _context, ok) => {
    const left = `${b} + ${c} of this user = ${b + c}`;
    return ['fits the user’s limit', d >= INFINITE - 1n ? `${left}, RLIM_INFINITY` : compare(left, ok, d)];
  },
  [ev.WHY_PROCESS]: ({ b }, _context, ok) => ['process exists', ok ? `pid ${b}` : `no pid ${b}`],
  [ev.WHY_RESOURCE]: ({ b }, _context, ok) => ['resource is known', ok ? `resource ${b}` : `${b} is none of 0 to 15`],
  [ev.WHY_SOFT_HARD]: ({ b, c }, _context, ok) => ['soft is not above hard', compare(`${b} B`, ok, `${c} B`)],
  [ev.WHY_HARD_RAISE]: ({ b, c }, _context, ok) => [
    'hard limit is not raised',
    ok && b > c
      ? `${b} B > ${c} B, CAP_SYS_RESOURCE`
      : `${compare(`${b} B`, b <= c, `${c} B`)}${ok ? '' : ', no CAP_SYS_RESOURCE'}`,
  ],
};
