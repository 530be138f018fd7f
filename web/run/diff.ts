// What changed between two states of one process, by sweeping over ranges: never page by page.
import { KPF_ACTIVE, KPF_LRU, KPF_MLOCKED, KPF_UNEVICTABLE } from '../../assembly/abi/kpf';
import { commonEnds, type ListKind } from '../core/packed-list';
import type { Extent, Process, Vma } from '../core/state';
import { PAGE, pagesIn } from './address';
import { firstAbove } from './draw';
import type { Diff, VmaChange } from './model';
import { packChanges } from './vma-changes';

type Run = readonly [start: bigint, nr_pages: number];

const SEEN = [KPF_LRU, KPF_ACTIVE, KPF_UNEVICTABLE, KPF_MLOCKED].reduce((mask, bit) => mask | (1n << BigInt(bit)), 0n);
const endOf = (extent: Extent): bigint => extent.start + BigInt(extent.nr_pages) * PAGE;
const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** Tells what one step changed in a process: VMAs of `after`, runs of pages, counters. */
export function diff(before: Process, after: Process): Diff {
  const delta = (key: 'locked_vm' | 'total_vm' | 'map_count'): number => after.counters[key] - before.counters[key];
  const vmas = differing('vmas', before.vmas, after.vmas);
  return {
    vmas: packChanges(vmaChanges(...vmas)),
    removed: removedRanges(...vmas),
    pages: pageChanges(...differing('extents', before.extents, after.extents)),
    locked_vm: delta('locked_vm'),
    total_vm: delta('total_vm'),
    rss: rssOf(after) - rssOf(before),
    map_count: delta('map_count'),
  };
}

/**
 * What lies between the items that two lists have in common at both ends. None of these VMAs overlaps one of the other
 * list that is not among them.
 */
export function differing<T extends Vma | Extent>(
  kind: ListKind,
  a: readonly T[],
  b: readonly T[],
): [readonly T[], readonly T[]] {
  const [front, back] = commonEnds(kind, a, b);
  const between = (list: readonly T[]): readonly T[] => {
    const few = list.length - front - back < list.length / 2; // else the whole list is made values at once
    return (few ? list : [...list]).slice(front, list.length - back);
  };
  return [between(a), between(b)];
}

/** Counts the pages that VmRSS counts. */
export function rssOf({ counters }: Process): number {
  return counters.rss_anon + counters.rss_file + counters.rss_shmem;
}

/** True when nothing that the kernel's calls can change is other than before. */
export function isEmpty(change: Diff, before: Process, after: Process): boolean {
  const same = change.vmas.length + change.removed.length + change.pages.length === 0;
  const a = before.counters;
  const b = after.counters;
  return (
    same &&
    a.locked_vm === b.locked_vm &&
    a.def_flags === b.def_flags &&
    a.brk === b.brk &&
    a.caps === b.caps &&
    a.rlimit_memlock[0] === b.rlimit_memlock[0] &&
    a.rlimit_memlock[1] === b.rlimit_memlock[1] &&
    before.life === after.life
  );
}

// What happened to one of `vmas`, in the order asked:
//   its id is older, elsewhere         moved
//   same borders, other flags          flags
//   smaller, the rest is still mapped  split
//   smaller                            resized
//   larger, over what was another VMA  merged
//   larger                             resized
//   its id is new, over an older VMA   split, where file, pgoff and anon_vma go on
//   its id is new                      new
function vmaChanges(old_vmas: readonly Vma[], vmas: readonly Vma[]): VmaChange[] {
  const byId = new Map(old_vmas.map((vma) => [vma.id, vma]));
  const changes: VmaChange[] = [];
  for (const vma of vmas) {
    const old = byId.get(vma.id);
    if (old && old.vm_start === vma.vm_start && old.vm_end === vma.vm_end && old.vm_flags === vma.vm_flags) continue;
    const what = old ? changeOf(old, vma, old_vmas, vmas) : originOf(vma, old_vmas);
    const isIts = what === 'moved' || what === 'flags';
    const sources = isIts && old ? [old] : what === 'new' ? [] : overlapping(old_vmas, vma);
    const added = sources.reduce((bits, source) => bits | (vma.vm_flags & ~source.vm_flags), 0n);
    const removed = sources.reduce((bits, source) => bits | (source.vm_flags & ~vma.vm_flags), 0n);
    changes.push({ id: vma.id, vm_start: vma.vm_start, vm_end: vma.vm_end, added, removed, what });
  }
  return changes;
}

function changeOf(old: Vma, vma: Vma, before: readonly Vma[], after: readonly Vma[]): VmaChange['what'] {
  if (vma.vm_start >= old.vm_end || vma.vm_end <= old.vm_start) return 'moved';
  if (old.vm_start === vma.vm_start && old.vm_end === vma.vm_end) return 'flags';
  if (overlapping(before, vma).some((other) => other.id !== vma.id)) return 'merged';
  const smaller = vma.vm_start >= old.vm_start && vma.vm_end <= old.vm_end;
  return smaller && overlapping(after, old).some((other) => other.id !== vma.id) ? 'split' : 'resized';
}

function originOf(vma: Vma, before: readonly Vma[]): VmaChange['what'] {
  const [old] = overlapping(before, vma);
  if (!old || old.vm_start > vma.vm_start || old.vm_end < vma.vm_end) return 'new';
  const pgoff = old.vm_pgoff + (vma.vm_start - old.vm_start) / PAGE;
  const goesOn = old.file === vma.file && old.anon_vma === vma.anon_vma && pgoff === vma.vm_pgoff;
  return goesOn ? 'split' : 'new';
}

/** Finds the VMAs that have pages in [vm_start, vm_end). */
export function overlapping(vmas: readonly Vma[], { vm_start, vm_end }: Pick<Vma, 'vm_start' | 'vm_end'>): Vma[] {
  const found: Vma[] = [];
  for (let i = firstAbove(vmas, (vma) => vma.vm_end, vm_start); i < vmas.length; i++) {
    const vma = vmas[i]!;
    if (vma.vm_start >= vm_end) break;
    found.push(vma);
  }
  return found;
}

/** Ranges mapped before and not any more. */
function removedRanges(before: readonly Vma[], after: readonly Vma[]): Run[] {
  const runs: [bigint, number][] = [];
  let i = 0;
  for (const { vm_start, vm_end } of before) {
    let at = vm_start;
    while (i < after.length && after[i]!.vm_end <= at) i++;
    for (let k = i; at < vm_end; k++) {
      const next = after[k];
      const hole = next ? min(next.vm_start, vm_end) : vm_end;
      if (hole > at) append(runs, at, hole);
      at = next ? max(at, min(next.vm_end, vm_end)) : vm_end;
      if (next && next.vm_start >= vm_end) break;
    }
  }
  return runs;
}

function append(runs: [bigint, number][], start: bigint, end: bigint): void {
  const last = runs.at(-1);
  if (last && last[0] + BigInt(last[1]) * PAGE === start) last[1] += pagesIn(start, end);
  else runs.push([start, pagesIn(start, end)]);
}

/** Runs of pages whose page-table entry, list or lock count is another one. */
function pageChanges(before: readonly Extent[], after: readonly Extent[]): Run[] {
  const runs: [bigint, number][] = [];
  let a = 0;
  let b = 0;
  let at = 0n;
  for (;;) {
    while (a < before.length && endOf(before[a]!) <= at) a++;
    while (b < after.length && endOf(after[b]!) <= at) b++;
    const old = before[a];
    const now = after[b];
    if (!old && !now) return runs;
    const starts = [old, now].filter((extent) => extent !== undefined).map(({ start }) => start);
    at = max(at, starts.reduce(min));
    const oldHere = old && old.start <= at ? old : null;
    const nowHere = now && now.start <= at ? now : null;
    const borders = [old && (oldHere ? endOf(old) : old.start), now && (nowHere ? endOf(now) : now.start)];
    const end = borders.filter((border) => border !== undefined).reduce(min);
    if (!alike(oldHere, nowHere, at)) append(runs, at, end);
    at = end;
  }
}

function alike(old: Extent | null, now: Extent | null, at: bigint): boolean {
  if (!old || !now) return old === now;
  const folio = (extent: Extent): bigint => (extent.folio === 0n ? 0n : extent.folio + (at - extent.start) / PAGE);
  return (
    old.kind === now.kind &&
    (old.kpf & SEEN) === (now.kpf & SEEN) &&
    old.mlock_count === now.mlock_count &&
    old.mapcount === now.mapcount &&
    folio(old) === folio(now)
  );
}
