// The rows of the VMA table: VMAs of the start image folded, small holes between neighbours shown, and below the chosen
// VMA its runs of pages. 65,530 VMAs are numbers until their rows come into view.
import { VM_DONTEXPAND, VM_IO, VM_MIXEDMAP, VM_PFNMAP } from '../../../assembly/abi/mman';
import { NAME_STACK } from '../../../assembly/abi/layout';
import { columnsOf } from '../../core/packed-list';
import type { Process, Vma } from '../../core/state';
import type { Named } from '../../run/model';
import { SMALL_HOLE } from './axis';
import { eachRun, vmaIndex, type CellRun } from './cells';
import { imageOf } from './image';
import { contains, type Ranges } from './scene';

/** One row of the table. */
export type VmaRow =
  | { readonly kind: 'vma'; readonly vma: Vma }
  | { readonly kind: 'hole'; readonly nr_pages: number }
  | { readonly kind: 'image'; readonly vmas: readonly Vma[]; readonly nr_pages: number }
  /** Pages of the VMA above; `first` is the page number of its start. */
  | { readonly kind: 'pages'; readonly run: CellRun; readonly first: number }
  | { readonly kind: 'more' };

/** All rows, made when they are asked for. */
export interface VmaRows {
  readonly length: number;
  row(i: number): VmaRow;
}

/** What decides which rows there are. */
export interface RowsWanted {
  /** VMAs that the step changed are not folded. */
  readonly outlined: Ranges;
  readonly unfolded: boolean;
  /** The VMA of this page shows its runs. */
  readonly chosen: number | null;
}

const SPECIAL = VM_IO | VM_DONTEXPAND | VM_PFNMAP | VM_MIXEDMAP;
/** Runs of pages that are listed. */
const MAX_RUNS = 400;

/** Folds the VMAs of the image (program, libraries, heap) that the step left alone; fewer than two are not worth it. */
export function vmaRows(process: Process, names: readonly Named[], wanted: RowsWanted): VmaRows {
  const { vmas } = process;
  const { starts, ends, flags, names: kinds } = columnsOf(vmas);
  const isImage = imageOf(process, names);
  const folds = (i: number): boolean =>
    !wanted.unfolded &&
    kinds[i] !== NAME_STACK &&
    (flags[i]! & SPECIAL) === 0 &&
    isImage(i) &&
    !contains(wanted.outlined, starts[i]!);
  const chosen = wanted.chosen === null ? -1 : vmaIndex(vmas, wanted.chosen);
  const runs = chosen < 0 || !(chosen in starts) ? [] : runsOf(process, starts[chosen]!, ends[chosen]!);
  const nr_vmas = starts.length;
  // a VMA is its index, the hole before it the complement of that, anything else an index in `others` behind all VMAs
  const codes = new Int32Array(2 * nr_vmas + runs.length);
  const others: VmaRow[] = [];
  let length = 0;
  for (let i = 0; i < nr_vmas; i++) {
    let n = 0;
    while (i + n < nr_vmas && folds(i + n)) n++;
    if (n > 1) {
      let nr_pages = 0;
      for (let k = i; k < i + n; k++) nr_pages += ends[k]! - starts[k]!;
      others.push({ kind: 'image', vmas: vmas.slice(i, i + n), nr_pages });
      codes[length++] = nr_vmas + others.length - 1;
      i += n - 1;
      continue;
    }
    const hole = i === 0 ? 0 : starts[i]! - ends[i - 1]!;
    if (hole > 0 && hole <= SMALL_HOLE) codes[length++] = ~i;
    codes[length++] = i;
    if (i !== chosen) continue;
    for (const row of runs) {
      others.push(row);
      codes[length++] = nr_vmas + others.length - 1;
    }
  }
  return {
    length,
    row(k) {
      const code = codes[k]!;
      if (code < 0) return { kind: 'hole', nr_pages: starts[~code]! - ends[~code - 1]! };
      return code < nr_vmas ? { kind: 'vma', vma: vmas[code]! } : others[code - nr_vmas]!;
    },
  };
}

function runsOf(process: Process, start: number, end: number): VmaRow[] {
  const rows: VmaRow[] = [];
  eachRun(process, start, end, (run) => {
    if (rows.length >= MAX_RUNS) {
      rows.push({ kind: 'more' });
      return Infinity;
    }
    if (run.kind !== 'special') rows.push({ kind: 'pages', run, first: start });
    return run.to;
  });
  return rows;
}
