// What a page is, as a cell shows it: letter, kind, foot. Runs of equal pages are found by binary search, so that the
// cost follows what is drawn and never the number of pages.
import * as layout from '../../../assembly/abi/layout';
import { KPF_MLOCKED } from '../../../assembly/abi/kpf';
import { VM_DONTEXPAND, VM_IO, VM_LOCKED, VM_LOCKONFAULT, VM_MIXEDMAP, VM_PFNMAP } from '../../../assembly/abi/mman';
import { columnsOf } from '../../core/packed-list';
import type { Extent, Process, Vma } from '../../core/state';
import { letterOf } from '../../run/draw';
import { lastAtMost } from './axis';

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
/** PG_mlocked in the flags of an extent's column. */
const MLOCKED_HIGH = 1 << (KPF_MLOCKED - 32);
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

/** Finds the first VMA that ends above a page. */
export const vmaIndex = (vmas: readonly Vma[], page: number): number =>
  lastAtMost(columnsOf(vmas).ends, Math.floor(page)) + 1;

/** Finds the VMA of a page, null in a hole. */
export function vmaAt(vmas: readonly Vma[], page: number): Vma | null {
  const vma = vmas[vmaIndex(vmas, page)];
  return vma && vma.vm_start <= addressOf(page) ? vma : null;
}

/** Finds the run that a page belongs to. A hole is a run too; beyond the last VMA it ends at infinity. */
export function runAt({ vmas, extents }: Process, page: number): CellRun {
  const at = Math.floor(page);
  const [v_columns, e_columns] = [columnsOf(vmas), columnsOf(extents)];
  const v = lastAtMost(v_columns.ends, at) + 1;
  if (v >= vmas.length || v_columns.starts[v]! > at) {
    const from = v > 0 ? v_columns.ends[v - 1]! : 0;
    const to = v_columns.starts[v] ?? Infinity;
    return { from, to, letter: '·', kind: 'unmapped', foot: 'none', mlock_count: 0, vma: null, extent: null };
  }
  const vma = vmas[v]!;
  const e = lastAtMost(e_columns.ends, at) + 1;
  const start = e_columns.starts[e] ?? Infinity;
  const extent = start <= at ? extents[e]! : null;
  const borders = {
    from: Math.max(v_columns.starts[v]!, extent ? start : (e_columns.ends[e - 1] ?? 0)),
    to: Math.min(v_columns.ends[v]!, extent ? e_columns.ends[e]! : start),
  };
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
  const [v, e] = [columnsOf(vmas), columnsOf(extents)];
  for (let i = 0, k = 0; i < v.starts.length; i++) {
    if ((v.flags[i]! & VM_LOCKED) === 0) continue;
    const [start, end] = [v.starts[i]!, v.ends[i]!];
    let pinned = 0;
    for (; k < e.starts.length && e.starts[k]! < end; k++) {
      const both = Math.min(end, e.ends[k]!) - Math.max(start, e.starts[k]!);
      if (both > 0 && e.flags[k]! & MLOCKED_HIGH) pinned += both;
      if (e.ends[k]! > end) break;
    }
    shares.pinned += pinned;
    shares[v.flags[i]! & VM_LOCKONFAULT ? 'onfault' : 'counted'] += end - start - pinned;
  }
  return shares;
}
