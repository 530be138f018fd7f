// The bar over the pages: what a call reached, where it stopped, what it did not come to.
import * as ev from '../../../assembly/abi/event';
import * as sys from '../../../assembly/abi/sysno';
import type { KernelEvent } from '../../core/state';
import { count, pagesIn } from '../address';
import { isTouch } from '../call';
import type { CallRange } from '../model';
import { causeText } from './checks-lock';
import { pageOf, type Context } from './context';
import { brought } from './pages';
import { faultOf } from './touch';

/** Tells the range of a call after rounding and where it stopped; null for a call on no range. */
export function callRange(context: Context): CallRange | null {
  const { range } = context;
  if (!range || range.start === range.end) return null;
  const stop = stopOf(context);
  const stopped = stop === null || stop.at > range.end ? (stop ? range.start : range.end) : stop.at;
  const note = stopped === range.start && stop ? '' : noteOf(context, stopped);
  return { ...range, stopped, note, rest: stop ? restOf(context, stop.why, stopped) : '' };
}

interface Stop {
  readonly at: bigint;
  readonly why: string;
}

function stopOf(context: Context): Stop | null {
  const { broken, range, failed } = context;
  const fault = isTouch(context.call.nr) ? faultOf(context) : null;
  if (fault) return { at: fault.a & ~4095n, why: 'signal' };
  if (!failed || !range) return null;
  const at = (address: bigint): bigint => (address < range.start ? range.start : address & ~4095n);
  if (!broken) return { at: range.start, why: 'refused' };
  const stop = STOPS[Number(broken.a)];
  return stop ? { at: at(stop.at(broken)), why: stop.why(broken) } : { at: range.start, why: 'refused' };
}

interface StopWords {
  readonly at: (event: KernelEvent) => bigint;
  readonly why: (event: KernelEvent) => string;
}

const STOPS: Readonly<Record<number, StopWords>> = {
  [ev.WHY_FITS_LIMIT]: { at: () => 0n, why: () => 'limit' },
  [ev.WHY_VMA_AT]: { at: ({ b }) => b, why: () => 'hole' },
  [ev.WHY_MAP_COUNT]: { at: ({ d }) => d, why: () => 'split refused' },
  [ev.WHY_POPULATE]: { at: ({ b }) => b, why: ({ d }) => causeText(d) },
  [ev.WHY_ADVICE_VMA]: { at: ({ d }) => d, why: () => 'advice does not fit' },
  [ev.WHY_NOT_LOCKED]: { at: ({ b }) => b, why: () => 'VM_LOCKED' },
  [ev.WHY_SEALED]: { at: ({ b }) => b, why: () => 'sealed' },
  [ev.WHY_MAY_SPLIT]: { at: ({ b }) => b, why: () => 'may not be split' },
};

/** "hole at page 10: 6 not reached", or "limit: 0 of 8 pages reached" where nothing was. */
function restOf(context: Context, why: string, stopped: bigint): string {
  const { range } = context;
  if (!range) return '';
  const all = pagesIn(range.start, range.end);
  const left = pagesIn(stopped, range.end);
  if (left === all && why !== 'hole') return `${why}: 0 of ${count(all, 'page')} reached`;
  return `${why} at page ${pageOf(context, stopped)}: ${left} not reached`;
}

function noteOf(context: Context, stopped: bigint): string {
  const { range, call, change } = context;
  if (!range) return '';
  const reached = count(pagesIn(range.start, stopped), 'page');
  if (isTouch(call.nr)) {
    const n = brought(context);
    if (n > 0) return `${count(n, 'page')} faulted in`;
    return pagesIn(range.start, stopped) === 1 ? 'the page was there already' : 'all pages were there already';
  }
  if (call.nr === sys.SYS_mmap) return `${reached} mapped`;
  if (call.nr === sys.SYS_munmap)
    return `${count(
      change.removed.reduce((sum, [, n]) => sum + n, 0),
      'page',
    )} unmapped`;
  const parts = 1 + change.map_count;
  const one =
    context.events.filter(({ kind, status }) => kind === ev.EV_FIXUP && status === ev.FIXUP_CHANGED).length === 1;
  if (call.nr === sys.SYS_munlock && one && parts > 1) return `1 VMA became ${parts}`;
  if (!context.failed && !context.changed) return `${reached}, unchanged`;
  return `applied to ${reached}`;
}
