// The address space from top to bottom, for narrow screens: what the scenario works on in cells, the rest in one line each.
import { sizeText } from '../../app/words';
import type { Process, Vma } from '../../core/state';
import { pagesIn } from '../../run/address';
import { pageNumber } from './axis';
import { eachRun, isSpecial, lockOf, type CellRun } from './cells';
import { gapText, imageWords, pagesText, vmaName } from './labels';
import { imageOf } from './image';
import type { Scene } from './scene';

/** Edge of a row: how its VMA is locked. */
export type Edge = 'plain' | 'locked' | 'onfault' | 'special' | 'gap';

/** A line with its cells: one run a page up to MAX_CELLS, else one a run. */
export interface NarrowRow {
  readonly edge: Edge;
  readonly name: string;
  readonly facts: string;
  readonly vma: Vma | null;
  readonly runs: readonly CellRun[];
  /** Runs stand for all their pages. */
  readonly folded: boolean;
}

const MAX_CELLS = 40;
const MAX_RUNS = 24;
const MAX_VMAS = 100;
/** A gap as large as this has its size; a smaller one its pages. */
const LARGE = 1024;

/** Makes the rows of the calling process. */
export function narrowRows({ groups, names, view, changes }: Scene): NarrowRow[] {
  const process = groups[0]?.after;
  if (!process) return [];
  const rows: NarrowRow[] = [];
  const isImage = imageOf(process, names);
  let fold: Vma[] = [];
  const flush = (): void => {
    if (fold.length > 0) rows.push(foldedRow(process, fold));
    fold = [];
  };
  let last: Vma | null = null;
  const { vmas } = process;
  for (let i = 0; i < vmas.length; i++) {
    const vma = vmas[i]!;
    const hole = last ? pagesIn(last.vm_end, vma.vm_start) : 0;
    if (hole > 0 && !(fold.length > 0 && hole < LARGE)) {
      flush();
      const stopped = last && view.range && view.range.stopped === last.vm_end && view.range.stopped < view.range.end;
      rows.push(gapRow(hole, stopped ?? false));
    }
    const quiet = isImage(i) && !changes.has(vma.vm_start);
    if (quiet && fold.length > 0 && isSpecial(fold[0]!) !== isSpecial(vma)) flush();
    if (quiet) fold.push(vma);
    else {
      flush();
      rows.push(vmaRow(process, vma, vmaName(process, vma, names).replace('+', ' + ') || vma.vm_start.toString(16)));
    }
    last = vma;
    if (rows.length > MAX_VMAS) {
      rows.push({ ...EMPTY, edge: 'plain', name: `${vmas.length - i - 1} more VMAs`, facts: '' });
      return rows;
    }
  }
  flush();
  return rows;
}

const EMPTY = { vma: null, runs: [], folded: false } as const;

function gapRow(hole: number, stopped: boolean): NarrowRow {
  const [name, facts] =
    hole < LARGE ? ['hole', gapText(hole).replace('hole ', '')] : [`${sizeText(hole)} unmapped`, ''];
  return {
    ...EMPTY,
    edge: 'gap',
    name,
    facts: [facts, stopped ? 'the call stopped here' : ''].filter(Boolean).join(' · '),
  };
}

function foldedRow(process: Process, vmas: readonly Vma[]): NarrowRow {
  const nr_pages = vmas.reduce((sum, { vm_start, vm_end }) => sum + pagesIn(vm_start, vm_end), 0);
  const [first] = vmas;
  if (first && isSpecial(first)) {
    const words = vmas.map((vma) => vmaName(process, vma, []));
    return { ...EMPTY, edge: 'special', name: words.join(' '), facts: pagesText(nr_pages) };
  }
  if (first && vmas.length === 1) return { ...vmaRow(process, first, vmaName(process, first, [])), runs: [] };
  return {
    ...EMPTY,
    edge: 'plain',
    name: `${vmas.length} VMAs`,
    facts: `${imageWords(process, vmas)} · ${pagesText(nr_pages)}`,
  };
}

function vmaRow(process: Process, vma: Vma, name: string): NarrowRow {
  const [start, end] = [pageNumber(vma.vm_start), pageNumber(vma.vm_end)];
  const lock = lockOf(vma);
  const edge = isSpecial(vma) ? 'special' : lock === 'none' ? 'plain' : lock;
  const folded = end - start > MAX_CELLS;
  const runs: CellRun[] = [];
  eachRun(process, start, end, (run) => {
    if (folded) runs.push(run);
    else for (let page = run.from; page < run.to; page++) runs.push({ ...run, from: page, to: page + 1 });
    return runs.length >= (folded ? MAX_RUNS : MAX_CELLS) ? Infinity : run.to;
  });
  return { edge, name, facts: pagesText(end - start), vma, runs: isSpecial(vma) ? [] : runs, folded };
}
