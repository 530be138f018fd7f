import { CHECK_FAILED, EV_CHECK, EV_RANGE, EV_RLIMIT } from '../../../assembly/abi/event';
import { VM_LOCKED } from '../../../assembly/abi/mman';
import * as sys from '../../../assembly/abi/sysno';
import type { Extent, KernelEvent, Process, State, Vma } from '../../core/state';
import { count, nameOf, namesAt, PAGE, pageDown, pagesIn, pageUp, shortAddress, u64 } from '../address';
import { errnoOf, isBrkQuery, isTouch, type Call } from '../call';
import { diff, isEmpty } from '../diff';
import { firstAbove } from '../draw';
import { has } from '../flags';
import { vmaLabel } from '../labels';
import type { Diff, Named, Place } from '../model';

/** What there is to know of one step. */
export interface Step {
  readonly step: number;
  readonly call: Call;
  readonly events: readonly KernelEvent[];
  readonly before: State;
  readonly after: State;
  readonly names: readonly Named[];
  /** The text and the place of the call in it, for fixes; null: offer none. */
  readonly source: string | null;
  readonly place: Place | null;
}

/** A step seen from the process that made the call. */
export interface Context extends Step {
  readonly was: Process;
  readonly is: Process;
  readonly errno: number;
  /** -errno, a raised signal, or a brk() that was refused. */
  readonly failed: boolean;
  /** The check that the call failed for. */
  readonly broken: KernelEvent | null;
  readonly change: Diff;
  readonly changed: boolean;
  /** After rounding; pages are numbered from its start. Null for calls on no range. */
  readonly range: { readonly start: bigint; readonly end: bigint } | null;
  /** Names that held before the call. */
  readonly known: readonly Named[];
}

/** Calls of the shape (start, len, ...). */
const ON_A_RANGE: readonly number[] = [
  sys.SYS_mlock,
  sys.SYS_mlock2,
  sys.SYS_munlock,
  sys.SYS_munmap,
  sys.SYS_mprotect,
  sys.SYS_madvise,
  sys.SYS_msync,
  sys.SYS_mincore,
  sys.P_touch_read,
  sys.P_touch_write,
  sys.P_load,
  sys.P_store,
];

/** Looks at a step from its caller; null where the caller is in neither state. */
export function contextOf(step: Step): Context | null {
  const { call, events } = step;
  const after = step.after.processes.find(({ pid }) => pid === call.pid);
  const before = step.before.processes.find(({ pid }) => pid === call.pid);
  const was = before ?? after;
  const is = after ?? before;
  if (!was || !is) return null;
  const errno = errnoOf(call);
  const failures = events.filter((event) => event.kind === EV_CHECK && event.status === CHECK_FAILED);
  const refused = call.nr === sys.SYS_brk && failures.length > 0 && !isBrkQuery(call);
  const failed = errno !== 0 || refused || (isTouch(call.nr) && call.result !== 0n);
  const change = diff(was, is);
  return {
    ...step,
    was,
    is,
    errno,
    failed,
    broken: failed ? (failures.findLast(({ f }) => Number(f) === errno) ?? failures.at(-1) ?? null) : null,
    change,
    changed: !isEmpty(change, was, is) || changedElsewhere(step),
    range: rangeOf(call, events),
    known: namesAt(step.names, step.step - 1),
  };
}

/** What no process's state holds: other limits than MEMLOCK, files, processes that came or went. */
function changedElsewhere({ before, after, events }: Step): boolean {
  const text = ({ files, processes }: State): string =>
    [...files.map(({ id, size }) => `${id} ${size}`), ...processes.map(({ pid, life }) => `${pid} ${life}`)].join();
  const limit = events.some(({ kind, b, c, d, e }) => kind === EV_RLIMIT && (b !== c || d !== e));
  return limit || text(before) !== text(after);
}

function rangeOf({ nr, args, result }: Call, events: readonly KernelEvent[]): Context['range'] {
  const event = events.find(({ kind }) => kind === EV_RANGE);
  if (event) return { start: event.a, end: event.b < event.a ? event.a : event.b };
  const start = u64(args[0] ?? 0n);
  const len = u64(args[1] ?? 0n);
  if (nr === sys.SYS_mmap) return result < 0n ? null : { start: result, end: result + pageUp(len) };
  if (!ON_A_RANGE.includes(nr)) return null;
  const from = pageDown(start);
  const end = from + pageUp(len + (start - from));
  return end < from || end > 1n << 64n ? null : { start: from, end };
}

/** The page of an address, counted from the start of the range. */
export const pageOf = ({ range }: Context, address: bigint): bigint => (address - (range?.start ?? 0n)) / PAGE;

/** "page 10", or a label where pages have no number. */
export function pageText(context: Context, address: bigint): string {
  return isNumbered(context, address) ? `page ${pageOf(context, address)}` : labelAt(context, address);
}

/** "[0,10)", or a label where pages have no number. */
export function spanText(context: Context, start: bigint, end: bigint): string {
  if (!isNumbered(context, start)) return labelAt(context, start);
  return `[${pageOf(context, start)},${pageOf(context, end)})`;
}

/** Pages below the range have no number. */
const isNumbered = ({ range }: Context, address: bigint): boolean => range !== null && range.start <= address;

/** The address by name ("buf+2p"), by its VMA ("[heap]"), or short. */
export function labelAt(context: Context, address: bigint): string {
  const vma = vmaAt(context.is, address) ?? vmaAt(context.was, address);
  return nameOf(context.known, address) ?? (vma && vmaLabel(context.is, vma)) ?? shortAddress(address);
}

/** "page 6" or "pages 6–9". */
export function pagesText(context: Context, start: bigint, end: bigint): string {
  const nr_pages = pagesIn(start, end);
  if (!context.range) return `${count(nr_pages, 'page')} from ${labelAt(context, start)}`;
  const first = pageOf(context, start);
  return nr_pages === 1 ? `page ${first}` : `pages ${first}–${first + BigInt(nr_pages) - 1n}`;
}

/** Finds the VMA over an address. */
export function vmaAt({ vmas }: Process, address: bigint): Vma | null {
  const vma = vmas[firstAbove(vmas, ({ vm_end }) => vm_end, address)];
  return vma && vma.vm_start <= address ? vma : null;
}

const endOf = (extent: Extent): bigint => extent.start + BigInt(extent.nr_pages) * PAGE;

/** Finds the run of pages over an address. */
export function extentAt({ extents }: Process, address: bigint): Extent | null {
  const extent = extents[firstAbove(extents, endOf, address)];
  return extent && extent.start <= address ? extent : null;
}

/** Lists the runs [start, end) of absent pages of a range that is mapped by VMAs which `wanted` accepts. */
export function absentRuns(
  process: Process,
  start: bigint,
  end: bigint,
  wanted: (vma: Vma) => boolean,
): [bigint, bigint][] {
  const runs: [bigint, bigint][] = [];
  const add = (from: bigint, to: bigint): void => {
    const last = runs.at(-1);
    if (from >= to) return;
    if (last && last[1] === from) last[1] = to;
    else runs.push([from, to]);
  };
  let e = firstAbove(process.extents, endOf, start);
  for (let v = firstAbove(process.vmas, ({ vm_end }) => vm_end, start); v < process.vmas.length; v++) {
    const vma = process.vmas[v]!;
    if (vma.vm_start >= end) break;
    if (!wanted(vma)) continue;
    let at = vma.vm_start > start ? vma.vm_start : start;
    const stop = vma.vm_end < end ? vma.vm_end : end;
    while (e < process.extents.length && endOf(process.extents[e]!) <= at) e++;
    for (let k = e; at < stop; k++) {
      const next = process.extents[k];
      if (!next || next.start >= stop) break;
      add(at, next.start);
      at = endOf(next) < stop ? endOf(next) : stop;
    }
    add(at, stop);
  }
  return runs;
}

/**
 * Counts the pages from `start` on that may be asked for when `room` more pages may be locked: locked ones cost
 * nothing, and all of them must be mapped.
 */
export function unlockedWithin({ vmas }: Process, start: bigint, end: bigint, room: number): number {
  if (room < 0) return 0; // more is locked than the limit allows: not even locked pages pass
  let at = start;
  let left = BigInt(room);
  for (let i = firstAbove(vmas, ({ vm_end }) => vm_end, start); i < vmas.length && at < end; i++) {
    const { vm_start, vm_end, vm_flags } = vmas[i]!;
    if (vm_start > at) break;
    const pages = ((vm_end < end ? vm_end : end) - at) / PAGE;
    const taken = has(vm_flags, VM_LOCKED) || pages <= left ? pages : left;
    if (!has(vm_flags, VM_LOCKED)) left -= taken;
    at += taken * PAGE;
    if (taken < pages) break;
  }
  return pagesIn(start, at);
}
