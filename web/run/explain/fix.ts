// Edits of the source that would make a failed call succeed. Each is one replacement, the smallest that does it.
import { CAPS_IPC_LOCK } from '../../../assembly/abi/cap';
import * as ev from '../../../assembly/abi/event';
import { MADV_DONTNEED, MCL_CURRENT } from '../../../assembly/abi/mman';
import * as sys from '../../../assembly/abi/sysno';
import { PAGE, pagesIn, u64 } from '../address';
import { callName, isTouch } from '../call';
import { rlimText } from '../constants';
import type { Fix, Place } from '../model';
import { unlockedWithin, type Context } from './context';
import { byteAddress, lockPart, mapHoles, partsFix, sizeText } from './fix-range';
import { argumentsOf, insertBefore, setPragma, type Piece } from './source';

/** Fixes that have a key: 1, 2, 3. */
const MAX_FIXES = 3;

/** What a fix has at hand: the text, the call's place in it and its arguments. */
export interface Site {
  readonly context: Context;
  readonly source: string;
  readonly place: Place;
  readonly args: readonly Piece[];
}

type Fixes = (site: Site) => (Fix | null)[];

/**
 * Offers edits for the classic failures: first what edits the call, the smallest edit first, then what is put before
 * it, last what changes the premises of the whole text.
 */
export function fixesFor(context: Context): Fix[] {
  const { source, place, broken, call, failed } = context;
  if (!failed || !broken || source === null || !place || isTouch(call.nr)) return [];
  const args = registersOf(call.nr, source, place);
  const fixes = FIXES[Number(broken.a)];
  if (!args || !fixes) return [];
  return fixes({ context, source, place, args })
    .filter((fix) => fix !== null)
    .slice(0, MAX_FIXES);
}

/** The arguments as the kernel counts them: none of malloc(), which only leads to the call. */
function registersOf(nr: number, source: string, place: Place): Piece[] | null {
  const args = argumentsOf(source, place);
  const callee = /^\w+/.exec(source.slice(place.from, place.to))?.[0];
  if (!args || callee === callName(nr)) return args;
  return callee === 'syscall' ? args.slice(1) : [];
}

const LOCKS: readonly number[] = [sys.SYS_mlock, sys.SYS_mlock2];

const onlyLocks = (site: Site, fix: (site: Site) => Fix | null): Fix | null =>
  LOCKS.includes(site.context.call.nr) ? fix(site) : null;

/** Calls before the place that set the limit, and asserts that count on one: a pragma would be no help, or too much. */
const COUNTS_ON_THE_LIMIT =
  /\b(?:setrlimit|prlimit)\s*\(|\bassert\s*\([^;]*\b(?:EPERM|EAGAIN|ENOMEM|MAP_FAILED|mlockall)\b/;
/** A range that no limit makes possible: its end would wrap. */
const ABSURD = 1n << 35n;

/** "Limit 86016": a pragma for the whole run, or setrlimit() for the rest of it. */
function limitFix({ context, source, place }: Site, nr_pages: bigint): Fix | null {
  const bytes = (nr_pages > 0n ? nr_pages : 1n) * PAGE;
  const title = `Limit ${bytes}`;
  const before = source.slice(0, place.from);
  const hard = context.was.counters.rlimit_memlock[1];
  if (COUNTS_ON_THE_LIMIT.test(before) && bytes <= hard) {
    const limits = `${bytes}, ${rlimText(hard)}`;
    return insertBefore(source, place, title, [`setrlimit(RLIMIT_MEMLOCK, &(struct rlimit){ ${limits} });`]);
  }
  return /\b(?:setrlimit|prlimit)\s*\(/.test(before) ? null : setPragma(source, title, 'rlimit RLIMIT_MEMLOCK', bytes);
}

function capFix({ source, place }: Site): Fix | null {
  return insertBefore(source, place, 'cap_raise', ['cap_raise(CAP_IPC_LOCK);']);
}

/** "Lock 3 pages": as many pages from the start as fit. */
function fewerPages(site: Site): Fix | null {
  const { context, args } = site;
  const { broken, range } = context;
  if (!broken || !range || args[1] === undefined || u64(context.call.args[0] ?? 0n) !== range.start) return null;
  const fit = unlockedWithin(context.was, range.start, range.end, Number(broken.e - broken.c));
  return fit > 0 ? shorter(site, fit) : null;
}

function shorter({ context, args }: Site, nr_pages: number): Fix | null {
  const len = args[1];
  if (!len || nr_pages <= 0) return null;
  const verb = context.call.nr === sys.SYS_munlock ? 'Unlock' : 'Lock';
  const title = `${verb} ${nr_pages} page${nr_pages === 1 ? '' : 's'}`;
  return { title, from: len.from, to: len.to, insert: sizeText(nr_pages) };
}

const mayLock = ({ was: { counters } }: Context): boolean =>
  (counters.caps & CAPS_IPC_LOCK) !== 0 || counters.rlimit_memlock[0] > 0n;

/** True when so many locked pages pass the limit. */
const fits = ({ was: { counters } }: Context, nr_pages: bigint): boolean =>
  (counters.caps & CAPS_IPC_LOCK) !== 0 || nr_pages <= counters.rlimit_memlock[0] / PAGE;

/** Pages that would be locked after the call. */
function wanted({ was, range, call }: Context): bigint {
  const { locked_vm, total_vm } = was.counters;
  if (call.nr === sys.SYS_mlockall) return (call.args[0] ?? 0n) & BigInt(MCL_CURRENT) ? BigInt(total_vm) : 1n;
  if (call.nr === sys.SYS_mmap) return BigInt(locked_vm) + (u64(call.args[1] ?? 0n) + PAGE - 1n) / PAGE;
  const start = u64(call.args[0] ?? 0n);
  const pages = range
    ? pagesIn(range.start, range.end)
    : Number((u64(call.args[1] ?? 0n) + (start % PAGE) + PAGE - 1n) / PAGE);
  return BigInt(locked_vm + pages);
}

const stopPages = ({ broken, range }: Context): number => (broken && range ? pagesIn(range.start, broken.b) : 0);

/** Puts a call with the same range before this one. */
function rangeCallBefore(
  { context, source, place, args }: Site,
  title: string,
  write: (range: string) => string,
): Fix | null {
  const [start, len] = args;
  if (!start || !len || u64(context.call.args[0] ?? 0n) % PAGE !== 0n || byteAddress(source, start.text, 0) === null)
    return null;
  return insertBefore(source, place, title, [write(`${start.text}, ${len.text}`)]);
}

const replaceArg = (args: readonly Piece[], i: number, title: string, insert: string): Fix | null => {
  const arg = args[i];
  return arg ? { title, from: arg.from, to: arg.to, insert } : null;
};

const unlockFirst = (site: Site): Fix | null => rangeCallBefore(site, 'Unlock first', (range) => `munlock(${range});`);

const FIXES: Readonly<Record<number, Fixes>> = {
  [ev.WHY_MAY_LOCK]: (site) => {
    const nr_pages = wanted(site.context);
    return nr_pages > ABSURD ? [] : [capFix(site), limitFix(site, nr_pages)];
  },
  [ev.WHY_FITS_LIMIT]: (site) => {
    const { b, c, d } = site.context.broken!;
    if (b > ABSURD) return [];
    return [onlyLocks(site, fewerPages), capFix(site), limitFix(site, b + c - d)];
  },
  [ev.WHY_TOTAL_VM_FITS]: (site) => [capFix(site), limitFix(site, site.context.broken!.b)],
  [ev.WHY_VMA_AT]: (site) => [lockPart(site) ?? partsFix(site), mapHoles(site)],
  [ev.WHY_MAP_COUNT]: ({ context, source }) => {
    const count = BigInt(context.was.counters.map_count) + 2n;
    return [setPragma(source, `max_map_count ${count}`, 'sysctl vm.max_map_count', count)];
  },
  [ev.WHY_POPULATE]: (site) => {
    const cause = Number(site.context.broken!.d);
    const guard = rangeCallBefore(site, 'Remove the guard', (range) => `madvise(${range}, MADV_GUARD_REMOVE);`);
    const allow = rangeCallBefore(site, 'Allow access', (range) => `mprotect(${range}, PROT_READ | PROT_WRITE);`);
    const less = shorter(site, stopPages(site.context));
    if (cause === ev.CAUSE_GUARD) return [less, guard];
    if (cause === ev.CAUSE_PROT || cause === ev.CAUSE_PKEY) return [less, allow];
    return cause === ev.CAUSE_EOF ? [less] : [];
  },
  [ev.WHY_FLAGS]: ({ context, args }) => {
    if (!mayLock(context)) return []; // the next check would say no
    if (context.call.nr === sys.SYS_mlock2) {
      if (!fits(context, wanted(context))) return [];
      return [replaceArg(args, 2, 'Use no flag', '0'), replaceArg(args, 2, 'Use MLOCK_ONFAULT', 'MLOCK_ONFAULT')];
    }
    if (context.call.nr !== sys.SYS_mlockall) return [];
    const base = fits(context, BigInt(context.was.counters.total_vm)) ? 'MCL_CURRENT' : 'MCL_FUTURE';
    return [replaceArg(args, 0, `Use ${base}`, context.broken!.b === 4n ? `${base} | MCL_ONFAULT` : base)];
  },
  [ev.WHY_ADVICE_VMA]: (site) => {
    if ((site.context.broken!.b & 0x2000n) === 0n) return [];
    const dontneed = Number(site.context.broken!.c) === MADV_DONTNEED;
    const other = replaceArg(site.args, 2, 'Use MADV_DONTNEED_LOCKED', 'MADV_DONTNEED_LOCKED');
    return [dontneed ? other : null, unlockFirst(site)];
  },
  [ev.WHY_NOT_LOCKED]: (site) => [unlockFirst(site)],
};
