// The rows of what a lock call does to VMAs: splits, mlock_fixup, pages.
import * as ev from '../../../assembly/abi/event';
import { VM_LOCKED } from '../../../assembly/abi/mman';
import * as sys from '../../../assembly/abi/sysno';
import type { KernelEvent } from '../../core/state';
import { count, PAGE, pagesIn } from '../address';
import { overlapping } from '../diff';
import { vmFlagNames } from '../flags';
import { vmaLabel } from '../labels';
import { pageText, spanText, vmaAt, type Context } from './context';
import { foldable, notReached, passed, type Row } from './rows';

const LOCKED = BigInt(VM_LOCKED);

/** Numbers that run along while the events of a call are read. */
export interface Running {
  locked_vm: number;
  map_count: number;
}

/** "+VM_LOCKED −VM_WRITE": what came and went. */
export function flagsDelta(old: bigint, now: bigint): string {
  const added = vmFlagNames(now & ~old).map((name) => `+${name}`);
  const gone = vmFlagNames(old & ~now).map((name) => `−${name}`);
  return [...added, ...gone].join(' ');
}

/** The row of an EV_FIXUP; keeps locked_vm in step. */
export function fixupRow(context: Context, event: KernelEvent, running: Running): Row {
  const { a: start, b: end, c: old, d: now, f: splits, status } = event;
  const nr_pages = pagesIn(start, end);
  const name = `mlock_fixup ${spanText(context, start, end)}`;
  if (status === ev.FIXUP_FAILED) return notReached(name); // its split has a row that says why
  if (status === ev.FIXUP_SAME) {
    const text = now & LOCKED ? `${vmFlagNames(now & LOCKED_MASK).join(' ')} already set` : 'no VM_LOCKED to clear';
    return foldable(passed(name, text), 'mlock_fixup', text, nr_pages);
  }
  if (status === ev.FIXUP_SKIPPED) {
    const text = `skipped: ${special(context, start, old)}`;
    return foldable(passed(name, text), 'mlock_fixup', 'skipped: special VMAs', nr_pages);
  }
  const delta = flagsDelta(old, now);
  const was = running.locked_vm;
  if (now & LOCKED && !(old & LOCKED)) running.locked_vm += nr_pages;
  if (old & LOCKED && !(now & LOCKED)) running.locked_vm -= nr_pages;
  const counted = was === running.locked_vm ? 'locked_vm unchanged' : `locked_vm ${was} → ${running.locked_vm}`;
  const whole = splits === 0n && isWhole(context, start, end);
  const text = `${delta}, ${whole ? 'whole VMA, no split' : counted}`;
  return foldable(passed(name, text), 'mlock_fixup', delta, nr_pages);
}

const LOCKED_MASK = LOCKED | 0x80000n;

function isWhole({ was }: Context, start: bigint, end: bigint): boolean {
  const vma = vmaAt(was, start);
  return vma !== null && vma.vm_start === start && vma.vm_end === end;
}

function special({ was }: Context, start: bigint, flags: bigint): string {
  const vma = vmaAt(was, start);
  const label = vma && vmaLabel(was, vma);
  const why = vmFlagNames(flags).filter((name) => SPECIAL.includes(name));
  return [label, why.length > 0 ? `is ${why.join(' ')}` : 'is not lockable'].filter(Boolean).join(' ');
}

const SPECIAL = ['VM_PFNMAP', 'VM_IO', 'VM_DONTEXPAND', 'VM_MIXEDMAP', 'VM_HUGETLB', 'VM_DROPPABLE'];

/** The row of an EV_VMA_SPLIT; keeps map_count in step. */
export function splitRow(context: Context, { a }: KernelEvent, running: Running): Row {
  const max = context.before.max_map_count;
  const text = `map_count ${running.map_count} < ${max}, now ${running.map_count + 1}`;
  running.map_count++;
  const errno = context.call.nr === sys.SYS_madvise ? 'EAGAIN' : 'ENOMEM';
  return foldable(passed(`split at ${pageText(context, a)}`, text, errno), 'split', `below ${max} each time`, 0);
}

/** The row of an EV_VMA_MERGE that ends a VMA; keeps map_count in step. */
export function mergeRow(context: Context, { b, c, d }: KernelEvent, running: Running): Row {
  if (b !== 0n) running.map_count--;
  const text = b === 0n ? 'one VMA, its border moved' : `one VMA, map_count now ${running.map_count}`;
  const row = passed(`merge to ${spanText(context, c, d)}`, text);
  return foldable(row, 'merge', `map_count now ${running.map_count}`, 0, '');
}

/** "VMA holds [0,4)": said where the walk met no hole. */
export function coveredRow(context: Context, errno: string): Row | null {
  const { range, was } = context;
  if (!range || range.start === range.end) return null;
  const first = vmaAt(was, range.start);
  if (!first) return null;
  const inside = overlapping(was.vmas, { vm_start: range.start, vm_end: range.end });
  const one = pagesIn(range.start, range.end) === 1;
  const what = one ? 'page 0' : spanText(context, range.start, range.end);
  if (inside.length > 1) return passed(`VMAs hold ${what}`, `${inside.length} VMAs, no hole`, errno);
  const locked = first.vm_flags & LOCKED ? 'lo' : 'not lo';
  const size = count(pagesIn(first.vm_start, first.vm_end), 'page');
  return passed(`VMA holds ${what}`, `${size}, ${locked}, no hole`, errno);
}

/** The rows of pages that lose or keep PG_mlocked in munlock() and munlockall(). */
export function munlockRows(context: Context): Row[] {
  const mine = context.events.filter(({ kind, c }) => kind === ev.EV_MLOCK_PAGE && c === 0n);
  const kept = context.events.filter(({ kind, c, d, e }) => kind === ev.EV_MLOCK_PAGE && c === 1n && e < d);
  return [...mine, ...kept].map((event) => {
    const { a, b, d, e } = event;
    const at = addressOf(context, a);
    const what = Number(b) === 1 && at !== null ? pageText(context, at) : count(Number(b), 'page');
    const list = e === 0n ? 'inactive list' : 'still PG_mlocked';
    const text = `mlock_count ${d} → ${e}, ${list}`;
    return foldable(passed(`munlock ${what}`, text), 'munlock', text, Number(b));
  });
}

function addressOf({ was }: Context, folio: bigint): bigint | null {
  const extent = was.extents.find((e) => e.folio !== 0n && e.folio <= folio && folio < e.folio + BigInt(e.nr_pages));
  return extent ? extent.start + (folio - extent.folio) * PAGE : null;
}

/** What mlock_fixup would have met behind the place where the walk stopped: one row for each stretch without a hole. */
export function fixupsNotReached(context: Context, from: bigint): Row[] {
  const { range, was } = context;
  if (!range) return [notReached('mlock_fixup')];
  const stretches: [bigint, bigint][] = [];
  for (const { vm_start, vm_end } of overlapping(was.vmas, { vm_start: from, vm_end: range.end })) {
    const start = vm_start > from ? vm_start : from;
    const end = vm_end < range.end ? vm_end : range.end;
    if (start >= end) continue;
    const last = stretches.at(-1);
    if (last?.[1] === start) last[1] = end;
    else stretches.push([start, end]);
  }
  if (stretches.length === 0) return [];
  if (stretches.length > 3) return [notReached(`mlock_fixup ×${stretches.length}`)];
  return stretches.map(([start, end]) => notReached(`mlock_fixup ${spanText(context, start, end)}`));
}
