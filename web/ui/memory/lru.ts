// The LRU lists as far as the page tables of a process lead to them: what lies on each, and what the step moved. Lists
// are counted in columns; only what is shown becomes a value.
import { KPF_ACTIVE, KPF_LRU, KPF_UNEVICTABLE } from '../../../assembly/abi/kpf';
import { columnsOf, type Columns } from '../../core/packed-list';
import type { Process } from '../../core/state';
import { namedAt } from '../../run/address';
import type { Named } from '../../run/model';
import { plural } from '../../app/words';
import { pageNumber } from './axis';
import { addressOf, runAt, type CellRun } from './cells';
import { imageOf } from './image';
import { imageWords, vmaName } from './labels';
import type { Span } from './scene';

/** The lists in the order in which they are shown. */
export const LISTS = ['active', 'inactive', 'unevictable'] as const;
export type List = (typeof LISTS)[number];
/** Where a page is: on a list, or on none (absent, in swap, the zero page). */
export type Place = List | 'none';

/** How a page looks in the picture. */
export type LruLook = Pick<CellRun, 'letter' | 'kind' | 'foot' | 'mlock_count'>;

/** Pages of one list that lie together and look alike. */
export interface LruBox {
  readonly text: string;
  readonly nr_pages: number;
  /** The first page's; null for the start image as a whole. */
  readonly look: LruLook | null;
  /** Where they lie; empty for the start image as a whole. */
  readonly spans: readonly Span[];
}

/** One list: what the step left on it; pages that it moved there are in the moves. */
export interface LruList {
  readonly list: List;
  readonly nr_pages: number;
  /** By how many pages the step changed it. */
  readonly change: number;
  readonly boxes: readonly LruBox[];
  /** Pages for which there is no box. */
  readonly more: number;
}

/** Pages that the step moved the same way. */
export interface LruMove extends Omit<LruBox, 'look'> {
  readonly from: Place;
  readonly to: Place;
  /** How the first of them looked before and looks now. */
  readonly was: LruLook;
  readonly is: LruLook;
}

/** What the LRU tab shows. */
export interface Lru {
  readonly lists: readonly LruList[];
  readonly moves: readonly LruMove[];
}

const MAX_BOXES = 12;
/** Places of a move that can be pointed out. */
const MAX_SPANS = 64;
/** VMAs of the image that give it its name. */
const MAX_IMAGE = 32;

interface Collected {
  nr_pages: number;
  was: number;
  /** Pages that have a box, or are part of a move. */
  shown: number;
  image: number;
  readonly runs: Span[];
  readonly image_vmas: Set<number>;
}

interface Moved {
  readonly from: Place;
  readonly to: Place;
  nr_pages: number;
  readonly spans: [number, number][];
}

/** Sorts the pages of a process by LRU list, and those that changed their list since `before` by their way. */
export function lruOf(before: Process | null, after: Process, names: readonly Named[]): Lru {
  const collected = Object.fromEntries(
    LISTS.map((list) => [list, { nr_pages: 0, was: 0, shown: 0, image: 0, runs: [], image_vmas: new Set() }]),
  ) as unknown as Record<List, Collected>;
  const moved = new Map<string, Moved>();
  const vmas = columnsOf(after.vmas);
  const isImage = imageOf(after, names);
  let v = -1;
  let image = false;
  eachPlace(columnsOf((before ?? after).extents), columnsOf(after.extents), (from, to, was, is) => {
    const n = to - from;
    if (was !== 'none') collected[was].was += n;
    if (is !== 'none') collected[is].nr_pages += n;
    if (was !== is) {
      if (is !== 'none') collected[is].shown += n;
      return addMove(moved, from, to, was, is);
    }
    if (is === 'none') return;
    const row = collected[is];
    while (v < 0 || (v < vmas.ends.length && vmas.ends[v]! <= from)) image = isImage(++v);
    if (image) {
      row.image += n;
      row.shown += n;
      if (row.image_vmas.size < MAX_IMAGE) row.image_vmas.add(v);
    } else if (row.runs.length < MAX_BOXES) {
      row.runs.push([from, to]);
      row.shown += n;
    }
  });
  return {
    lists: LISTS.map((list) => listOf(list, collected[list], after, names)),
    moves: [...moved.values()].map((move) => moveOf(move, before ?? after, after, names)),
  };
}

const UNEVICTABLE = 1 << KPF_UNEVICTABLE;
const LRU = 1 << KPF_LRU;
const ACTIVE = 1 << KPF_ACTIVE;

function placeOf(low_flags: number): Place {
  if (low_flags & UNEVICTABLE) return 'unevictable';
  if (!(low_flags & LRU)) return 'none';
  return low_flags & ACTIVE ? 'active' : 'inactive';
}

/** Visits runs of pages that are on one list now and were on one before, in the order of their addresses. */
function eachPlace(old: Columns, now: Columns, visit: (from: number, to: number, was: Place, is: Place) => void): void {
  let o = 0;
  let n = 0;
  for (let at = 0; ;) {
    while (o < old.ends.length && old.ends[o]! <= at) o++;
    while (n < now.ends.length && now.ends[n]! <= at) n++;
    const old_start = o < old.starts.length ? old.starts[o]! : Infinity;
    const now_start = n < now.starts.length ? now.starts[n]! : Infinity;
    at = Math.max(at, Math.min(old_start, now_start));
    if (at === Infinity) return;
    const in_old = old_start <= at;
    const in_now = now_start <= at;
    const to = Math.min(in_old ? old.ends[o]! : old_start, in_now ? now.ends[n]! : now_start);
    visit(at, to, in_old ? placeOf(old.low_flags[o]!) : 'none', in_now ? placeOf(now.low_flags[n]!) : 'none');
    at = to;
  }
}

function addMove(moved: Map<string, Moved>, from: number, to: number, was: Place, is: Place): void {
  const key = `${was} ${is}`;
  let move = moved.get(key);
  if (!move) moved.set(key, (move = { from: was, to: is, nr_pages: 0, spans: [] }));
  move.nr_pages += to - from;
  const last = move.spans.at(-1);
  if (last?.[1] === from) last[1] = to;
  else if (move.spans.length < MAX_SPANS) move.spans.push([from, to]);
}

function listOf(list: List, row: Collected, after: Process, names: readonly Named[]): LruList {
  const boxes: LruBox[] = row.runs.map((span) => ({
    text: spanText(after, span, names),
    nr_pages: span[1] - span[0],
    look: lookAt(after, span[0]),
    spans: [span],
  }));
  if (row.image > 0) {
    const vmas = [...row.image_vmas].map((i) => after.vmas[i]!);
    boxes.push({ text: imageWords(after, vmas), nr_pages: row.image, look: null, spans: [] });
  }
  return {
    list,
    nr_pages: row.nr_pages,
    change: row.nr_pages - row.was,
    boxes,
    more: row.nr_pages - row.shown,
  };
}

function moveOf({ from, to, nr_pages, spans }: Moved, before: Process, after: Process, names: readonly Named[]) {
  const first = spans[0]!;
  // pages that are gone have their name from before
  const text = spanText(to === 'none' ? before : after, first, names);
  const more = spans.length > 1 ? ` +${spans.length - 1}` : '';
  return { from, to, nr_pages, text: text + more, spans, was: lookAt(before, first[0]), is: lookAt(after, first[0]) };
}

function lookAt(process: Process, page: number): LruLook {
  const { letter, kind, foot, mlock_count } = runAt(process, page);
  return { letter, kind, foot, mlock_count };
}

/** "buf 0–3", "[heap] 12". */
function spanText(process: Process, [from, to]: Span, names: readonly Named[]): string {
  const named = namedAt(names, addressOf(from));
  const { vma } = runAt(process, from);
  const base = pageNumber(named?.start ?? vma?.vm_start ?? 0n);
  const name = named?.name ?? (vma ? vmaName(process, vma, names) : '');
  const label = name || `0x${addressOf(base).toString(16)}`;
  return to - from === 1 ? `${label} ${from - base}` : `${label} ${from - base}–${to - base - 1}`;
}

/** Says a move: "4 pages moved from inactive to unevictable: buf 0–3.". */
export function moveWords({ from, to, nr_pages, text }: Pick<LruMove, 'from' | 'to' | 'nr_pages' | 'text'>): string {
  const pages = plural(nr_pages, 'page');
  const way =
    from === 'none'
      ? `${pages} came to ${to}`
      : to === 'none'
        ? `${pages} left ${from}`
        : `${pages} moved from ${from} to ${to}`;
  return `${way}: ${text}.`;
}
