// Edits of the source that would make a failed call succeed. Each is one replacement, the smallest that does it.
import * as ev from '../../../assembly/abi/event';
import { MADV_DONTNEED, MCL_CURRENT } from '../../../assembly/abi/mman';
import * as sys from '../../../assembly/abi/sysno';
import { PAGE, pagesIn, u64 } from '../address';
import { isTouch } from '../call';
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

/** Offers edits for the classic failures, the best first. */
export function fixesFor(context: Context): Fix[] {
  const { source, place, broken, call, failed } = context;
  if (!failed || !broken || source === null || !place || isTouch(call.nr)) return [];
  const args = argumentsOf(source, place);
  const fixes = FIXES[Number(broken.a)];
  if (!args || !fixes) return [];
  return fixes({ context, source, place, args })
    .filter((fix) => fix !== null)
    .slice(0, MAX_FIXES);
}

const LOCKS: readonly number[] = [sys.SYS_mlock, sys.SYS_mlock2];

const onlyLocks = (site: Site, fix: (site: Site) => Fix | null): Fix | null =>
  LOCKS.includes(site.context.call.nr) ? fix(site) : null;

/** "Limit 86016". Not offered where the text sets the limit itself: then the pragma is not what counts. */
function limitFix({ source, place }: Site, nr_pages: bigint): Fix | null {
  if (/\b(?:setrlimit|prlimit)\s*\(/.test(source.slice(0, place.from))) return null;
  const bytes = nr_pages * PAGE;
  return setPragma(source, `Limit ${bytes}`, 'rlimit RLIMIT_MEMLOCK', bytes);
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
  [ev.WHY_MAY_LOCK]: (site) => [limitFix(site, wanted(site.context)), capFix(site)],
  [ev.WHY_FITS_LIMIT]: (site) => {
    const { b, c, d } = site.context.broken!;
    return [limitFix(site, b + c - d), onlyLocks(site, fewerPages), capFix(site)];
  },
  [ev.WHY_TOTAL_VM_FITS]: (site) => [limitFix(site, site.context.broken!.b), capFix(site)],
  [ev.WHY_VMA_AT]: (site) => [mapHoles(site), lockPart(site) ?? partsFix(site)],
  [ev.WHY_MAP_COUNT]: ({ context, source }) => {
    const count = BigInt(context.was.counters.map_count) + 2n;
    return [setPragma(source, `max_map_count ${count}`, 'sysctl vm.max_map_count', count)];
  },
  [ev.WHY_POPULATE]: (site) => {
    const cause = Number(site.context.broken!.d);
    const guard = rangeCallBefore(site, 'Remove the guard', (range) => `madvise(${range}, MADV_GUARD_REMOVE);`);
    const allow = rangeCallBefore(site, 'Allow access', (range) => `mprotect(${range}, PROT_READ | PROT_WRITE);`);
    if (cause === ev.CAUSE_GUARD) return [guard, shorter(site, stopPages(site.context))];
    if (cause === ev.CAUSE_PROT || cause === ev.CAUSE_PKEY) return [allow, shorter(site, stopPages(site.context))];
    return cause === ev.CAUSE_EOF ? [shorter(site, stopPages(site.context))] : [];
  },
  [ev.WHY_FLAGS]: ({ context, args }) => {
    if (context.call.nr === sys.SYS_mlock2) {
      return [replaceArg(args, 2, 'Use MLOCK_ONFAULT', 'MLOCK_ONFAULT'), replaceArg(args, 2, 'Use no flag', '0')];
    }
    if (context.call.nr !== sys.SYS_mlockall) return [];
    const known = context.broken!.b === 4n;
    return [replaceArg(args, 0, 'Use MCL_CURRENT', known ? 'MCL_CURRENT | MCL_ONFAULT' : 'MCL_CURRENT')];
  },
  [ev.WHY_ADVICE_VMA]: (site) => {
    if ((site.context.broken!.b & 0x2000n) === 0n) return [];
    const dontneed = Number(site.context.broken!.c) === MADV_DONTNEED;
    const other = replaceArg(site.args, 2, 'Use MADV_DONTNEED_LOCKED', 'MADV_DONTNEED_LOCKED');
    return [dontneed ? other : null, unlockFirst(site)];
  },
  [ev.WHY_NOT_LOCKED]: (site) => [unlockFirst(site)],
};
