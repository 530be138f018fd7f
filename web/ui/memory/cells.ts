// What a page is, as a cell shows it: letter, kind, foot. Runs of equal pages are found by binary search, so that the
// cost follows what is drawn and never the number of pages.
import * as layout from '../../../assembly/abi/layout';
import { KPF_MLOCKED } from '../../../assembly/abi/kpf';
import { VM_DONTEXPAND, VM_IO, VM_LOCKED, VM_LOCKONFAULT, VM_MIXEDMAP, VM_PFNMAP } from '../../../assembly/abi/mman';
import type { Extent, Process, Vma } from '../../core/state';
import { firstAbove, letterOf } from '../../run/draw';
import { pageNumber } from './axis';

/** The second storey of a cell: what the page-table entry leads to. */
export type Kind = 'unmapped' | 'special' | 'absent' | 'zero' | 'anon' | 'file' | 'swap' | 'guard';
/** The third storey: how the page is locked. */
export type Foot = 'none' | 'pinned' | 'counted' | 'onfault';

/** Pages [from, to) that look alike: they have one VMA (or none) and one extent (or none). */
export interface CellRun {
  readonly from: number;
  readonly to: number;
  readonly letter: string;
  readonly kind: Kind;
  readonly foot: Foot;
  readonly mlock_count: number;
  readonly vma: Vma | null;
  readonly extent: Extent | null;
}

const PAGE_SIZE = 4096;
// Linux: include/linux/mm.h:VM_SPECIAL
const SPECIAL = BigInt(VM_IO | VM_DONTEXPAND | VM_PFNMAP | VM_MIXEDMAP);
const LOCKED = BigInt(VM_LOCKED);
const ONFAULT = BigInt(VM_LOCKONFAULT);
const MLOCKED = 1n << BigInt(KPF_MLOCKED);
const KINDS: Readonly<Record<number, Kind>> = {
  [layout.PAGE_ANON]: 'anon',
  [layout.PAGE_FILE]: 'file',
  [layout.PAGE_ZERO]: 'zero',
  [layout.PAGE_SWAP]: 'swap',
  [layout.PAGE_GUARD]: 'guard',
};

/** The address of a page number. */
export const addressOf = (page: number): bigint => BigInt(Math.floor(page)) * BigInt(PAGE_SIZE);

/** True for a VMA that lock calls skip. */
export const isSpecial = ({ vm_flags }: Vma): boolean => (vm_flags & SPECIAL) !== 0n;

/** How a VMA is locked. */
export function lockOf({ vm_flags }: Vma): 'none' | 'locked' | 'onfault' {
  if ((vm_flags & LOCKED) === 0n) return 'none';
  return vm_flags & ONFAULT ? 'onfault' : 'locked';
}

const endOf = ({ start, nr_pages }: Extent): bigint => start + BigInt(nr_pages) * BigInt(PAGE_SIZE);

/** Finds the first VMA that ends above a page. */
export const vmaIndex = (vmas: readonly Vma[], page: number): number =>
  firstAbove(vmas, (vma) => vma.vm_end, addressOf(page));

/** Finds the VMA of a page, null in a hole. */
export function vmaAt(vmas: readonly Vma[], page: number): Vma | null {
  const vma = vmas[vmaIndex(vmas, page)];
  return vma && vma.vm_start <= addressOf(page) ? vma : null;
}

/** Finds the run that a page belongs to. A hole is a run too; beyond the last VMA it ends at infinity. */
export function runAt({ vmas, extents }: Process, page: number): CellRun {
  const address = addressOf(page);
  const v = firstAbove(vmas, (vma) => vma.vm_end, address);
  const vma = vmas[v];
  if (!vma || vma.vm_start > address) {
    const from = v > 0 ? pageNumber(vmas[v - 1]!.vm_end) : 0;
    const to = vma ? pageNumber(vma.vm_start) : Infinity;
    return { from, to, letter: '·', kind: 'unmapped', foot: 'none', mlock_count: 0, vma: null, extent: null };
  }
  const e = firstAbove(extents, endOf, address);
  const next = extents[e];
  const extent = next && next.start <= address ? next : null;
  const borders = { from: pageNumber(vma.vm_start), to: pageNumber(vma.vm_end) };
  const previous = extents[e - 1];
  if (extent) {
    borders.from = Math.max(borders.from, pageNumber(extent.start));
    borders.to = Math.min(borders.to, pageNumber(endOf(extent)));
  } else {
    if (previous) borders.from = Math.max(borders.from, pageNumber(endOf(previous)));
    if (next) borders.to = Math.min(borders.to, pageNumber(next.start));
  }
  if (isSpecial(vma)) {
    return { ...borders, letter: '', kind: 'special', foot: 'none', mlock_count: 0, vma, extent };
  }
  const mlock_count = extent?.mlock_count ?? 0;
  return {
    ...borders,
    letter: letterOf(vma, extent),
    kind: kindOf(extent),
    foot: footOf(vma, extent),
    mlock_count,
    vma,
    extent,
  };
}

const kindOf = (extent: Extent | null): Kind => (extent ? (KINDS[extent.kind] ?? 'anon') : 'absent');

// What the foot says, in the order asked:
//   PG_mlocked, by whatever VMA     pinned
//   VM_LOCKED with VM_LOCKONFAULT   onfault
//   VM_LOCKED                       counted
function footOf(vma: Vma, extent: Extent | null): Foot {
  if (extent && (extent.kpf & MLOCKED) !== 0n) return 'pinned';
  const lock = lockOf(vma);
  return lock === 'none' ? 'none' : lock === 'onfault' ? 'onfault' : 'counted';
}

/** Visits the runs of [from, to). `next` tells the page to go on from: at least the run's end, more to leave some out. */
export function eachRun(process: Process, from: number, to: number, next: (run: CellRun) => number): void {
  for (let page = from; page < to;) {
    const run = runAt(process, page);
    page = Math.max(next(run), Math.min(run.to, to), page + 1);
  }
}

/** Pages of locked_vm by what holds them. Their sum is locked_vm where that is what Linux counts. */
export interface Shares {
  readonly onfault: number;
  readonly pinned: number;
  readonly counted: number;
}

/** Counts how the locked pages of a process are held, in one sweep over VMAs and extents. */
export function sharesOf({ vmas, extents }: Process): Shares {
  const shares = { onfault: 0, pinned: 0, counted: 0 };
  let e = 0;
  for (const vma of vmas) {
    const lock = lockOf(vma);
    if (lock === 'none') continue;
    const [start, end] = [pageNumber(vma.vm_start), pageNumber(vma.vm_end)];
    let pinned = 0;
    for (; e < extents.length; e++) {
      const extent = extents[e]!;
      const from = pageNumber(extent.start);
      const to = from + extent.nr_pages;
      if (from >= end) break;
      if (to > start && extent.kpf & MLOCKED) pinned += Math.min(end, to) - Math.max(start, from);
      if (to > end) break;
    }
    shares.pinned += pinned;
    shares[lock === 'onfault' ? 'onfault' : 'counted'] += end - start - pinned;
  }
  return shares;
}
