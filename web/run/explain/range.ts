// The bar over the pages: what a call reached, where it stopped, what it did not come to.
import * as ev from '../../../assembly/abi/event';
import { MADV_POPULATE_READ, MADV_POPULATE_WRITE, MS_ASYNC } from '../../../assembly/abi/mman';
import * as sys from '../../../assembly/abi/sysno';
import type { KernelEvent } from '../../core/state';
import { count, pagesIn } from '../address';
import { isTouch } from '../call';
import { signalName } from '../constants';
import type { CallRange } from '../model';
import { causeText } from './checks-lock';
import { pageOf, vmaAt, type Context } from './context';
import { brought } from './pages';
import { faultOf } from './touch';

/** Tells the range of a call after rounding and where it stopped; null for a call on no range. */
export function callRange(context: Context): CallRange | null {
  const { range } = context;
  if (!range || range.start === range.end) return null;
  const stop = stopOf(context);
  if (!stop) return { ...range, stopped: range.end, note: noteOf(context, range.end), rest: '' };
  const stopped = stop.at < range.start || stop.at > range.end ? range.start : stop.at & ~4095n;
  const locked = stop.populates ? `VM_LOCKED on ${count(pagesIn(range.start, range.end), 'page')}` : '';
  const note = locked || (stopped === range.start ? '' : noteOf(context, stopped));
  return { ...range, stopped, note, rest: restOf(context, stop, stopped) };
}

interface Stop {
  readonly at: bigint;
  readonly why: string;
  /** The flags were set; faulting the pages in stopped. */
  readonly populates?: boolean;
}

function stopOf(context: Context): Stop | null {
  const { broken, range, failed, call } = context;
  const fault = isTouch(call.nr) ? faultOf(context) : null;
  if (fault) return { at: fault.a, why: signalName(Number(fault.b)) };
  if (!failed || !range) return null;
  if (broken && passesOverHoles(context)) return null;
  return (broken && STOPS[Number(broken.a)]?.(broken, context)) ?? { at: range.start, why: 'refused' };
}

/** madvise() and msync() go on behind a hole and tell of it at the end; populate advice and MS_ASYNC stop there. */
function passesOverHoles({ broken, call }: Context): boolean {
  if (Number(broken?.a) !== ev.WHY_VMA_AT) return false;
  const flags = Number(call.args[2] ?? 0n);
  if (call.nr === sys.SYS_madvise) return flags !== MADV_POPULATE_READ && flags !== MADV_POPULATE_WRITE;
  return call.nr === sys.SYS_msync && flags !== MS_ASYNC;
}

const STOPS: Readonly<Record<number, (event: KernelEvent, context: Context) => Stop>> = {
  [ev.WHY_FITS_LIMIT]: () => ({ at: 0n, why: 'limit' }),
  [ev.WHY_VMA_AT]: ({ b }) => ({ at: b, why: 'hole' }),
  [ev.WHY_MAP_COUNT]: ({ d }, context) => ({ at: refusedFixup(context) ?? d, why: 'split refused' }),
  [ev.WHY_POPULATE]: ({ b, d }, context) => ({ at: b, why: stopText(context, b, d), populates: true }),
  [ev.WHY_ADVICE_VMA]: ({ d }) => ({ at: d, why: 'advice does not fit' }),
  [ev.WHY_NOT_LOCKED]: ({ b }) => ({ at: b, why: 'VM_LOCKED' }),
  [ev.WHY_SEALED]: ({ b }) => ({ at: b, why: 'sealed' }),
  [ev.WHY_MAY_SPLIT]: ({ b }) => ({ at: b, why: 'may not be split' }),
  [ev.WHY_MAY_PROT]: ({ b }, { was, range }) => {
    // The check names the flags only: the walk stopped at the first VMA that has them.
    const vma = was.vmas.find(({ vm_flags, vm_end }) => vm_flags === b && range && vm_end > range.start);
    return { at: vma?.vm_start ?? 0n, why: 'not allowed' };
  },
};

const stopText = ({ is }: Context, address: bigint, cause: bigint): string =>
  Number(cause) === ev.CAUSE_PROT && ((vmaAt(is, address)?.vm_flags ?? 7n) & 7n) === 0n
    ? 'PROT_NONE'
    : causeText(cause);

/** Where the piece begins whose split was refused: of two splits the first may have been done. */
const refusedFixup = ({ events }: Context): bigint | undefined =>
  events.find(({ kind, status }) => kind === ev.EV_FIXUP && status === ev.FIXUP_FAILED)?.a;

/** "hole at page 10: 6 not reached", or "limit: 0 of 8 pages reached" where nothing was. */
function restOf(context: Context, { why, populates }: Stop, stopped: bigint): string {
  const { range } = context;
  if (!range) return '';
  const all = pagesIn(range.start, range.end);
  const left = pagesIn(stopped, range.end);
  const where = `${why} at page ${pageOf(context, stopped)}`;
  if (populates) return `${where}: ${left} not populated`;
  return left === all && why !== 'hole'
    ? `${why}: 0 of ${count(all, 'page')} reached`
    : `${where}: ${left} not reached`;
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
  const removed = change.removed.reduce((sum, [, n]) => sum + n, 0);
  if (call.nr === sys.SYS_munmap) return `${count(removed, 'page')} unmapped`;
  const parts = 1 + change.map_count;
  const one =
    context.events.filter(({ kind, status }) => kind === ev.EV_FIXUP && status === ev.FIXUP_CHANGED).length === 1;
  if (call.nr === sys.SYS_munlock && one && parts > 1) return `1 VMA became ${parts}`;
  if (!context.failed && !context.changed) return `${reached}, unchanged`;
  return `applied to ${reached}`;
}
