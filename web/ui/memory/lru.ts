// The LRU lists of the machine as far as the page tables of the processes lead to them, and what the step moved.
import type { Process } from '../../core/state';
import { namedAt } from '../../run/address';
import type { Named, StepView } from '../../run/model';
import { pageNumber } from './axis';
import { addressOf, eachRun, runAt, vmaAt, vmaIndex } from './cells';
import { imageOf } from './image';
import { imageWords, vmaName } from './labels';
import type { Span } from './scene';
import { listOf } from './sentences';

/** The lists in the order in which they are shown. */
export const LISTS = ['unevictable', 'inactive', 'active'] as const;
export type List = (typeof LISTS)[number];

/** Pages of one list that lie together. */
export interface LruRun {
  readonly text: string;
  readonly nr_pages: number;
  /** Where they lie; null for several places. */
  readonly span: Span | null;
  /** The list they were on, when the step moved them; 'none' for pages that are new. */
  readonly from: List | 'none' | null;
  readonly mlock_count: number;
}

/** One list of the tab. */
export interface LruRow {
  readonly list: List;
  readonly nr_pages: number;
  readonly runs: readonly LruRun[];
  /** Runs that are left out. */
  readonly more: number;
}

const MAX_RUNS = 12;

interface Collected {
  nr_pages: number;
  runs: LruRun[];
  image: number;
  imageVmas: Set<Process['vmas'][number]>;
  more: number;
}

/** Lists the pages of a process by LRU list. */
export function lruRows(before: Process | null, after: Process, { diff }: StepView, names: readonly Named[]): LruRow[] {
  const collected = Object.fromEntries(
    LISTS.map((list) => [list, { nr_pages: 0, runs: [], image: 0, imageVmas: new Set(), more: 0 }]),
  ) as unknown as Record<List, Collected>;
  const moved = diff.pages.map(([start, n]) => [pageNumber(start), pageNumber(start) + n] as const);
  const isImage = imageOf(after, names);
  let m = 0;
  for (const extent of after.extents) {
    const list = listOf(extent);
    if (list === 'none') continue;
    const row = collected[list];
    const [start, end] = [pageNumber(extent.start), pageNumber(extent.start) + extent.nr_pages];
    row.nr_pages += extent.nr_pages;
    const v = vmaIndex(after.vmas, start);
    const vma = after.vmas[v];
    while (m < moved.length && moved[m]![1] <= start) m++;
    if (vma && isImage(v) && !(m < moved.length && moved[m]![0] < end)) {
      row.image += extent.nr_pages;
      row.imageVmas.add(vma);
      continue;
    }
    const take = (from: number, to: number, was: LruRun['from']): void => {
      const run = {
        text: rangeText(after, from, to, names),
        nr_pages: to - from,
        span: [from, to] as const,
        from: was,
        mlock_count: extent.mlock_count,
      };
      if (row.runs.length < MAX_RUNS || was !== null) row.runs.push(run);
      else row.more++;
    };
    for (let at = start, k = m; at < end;) {
      const [from, to] = moved[k] ?? [end, end];
      if (at < from) take(at, Math.min(from, end), null);
      at = Math.max(at, Math.min(from, end));
      if (at >= end) break;
      if (before)
        eachRun(
          before,
          at,
          Math.min(to, end),
          (run) => (
            take(Math.max(run.from, at), Math.min(run.to, to, end), changeOf(before, Math.max(run.from, at), list)),
            run.to
          ),
        );
      at = Math.min(to, end);
      k++;
    }
  }
  return LISTS.map((list) => {
    const { nr_pages, runs, image, imageVmas, more } = collected[list];
    const whole =
      image === 0
        ? []
        : [{ text: imageWords(after, [...imageVmas]), nr_pages: image, span: null, from: null, mlock_count: 0 }];
    return {
      list,
      nr_pages,
      runs: [...runs.slice(0, 2 * MAX_RUNS), ...whole],
      more: more + Math.max(0, runs.length - 2 * MAX_RUNS),
    };
  });
}

/** The list a page came from; null when it was on this one before. */
function changeOf(before: Process, page: number, list: List): LruRun['from'] {
  const was = listOf(runAt(before, page).extent);
  return was === list ? null : was;
}

/** "buf 0–3", "[heap] 12". */
function rangeText(process: Process, from: number, to: number, names: readonly Named[]): string {
  const named = namedAt(names, addressOf(from));
  const vma = vmaAt(process.vmas, from);
  const base = pageNumber(named?.start ?? vma?.vm_start ?? 0n);
  const name = named?.name ?? (vma ? vmaName(process, vma, names) : '');
  const label = name || `0x${addressOf(base).toString(16)}`;
  return to - from === 1 ? `${label} ${from - base}` : `${label} ${from - base}–${to - base - 1}`;
}
