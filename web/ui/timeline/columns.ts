// Where steps stand in the timeline: a column a step, loops as brackets of half columns, long loops as one block.
import { count, stepCall } from '../../app/words';
import type { Steps } from '../../run/model';

/** Steps `first` to `last` over `size` units of width, from unit `at` on. */
export interface Column {
  readonly kind: 'step' | 'loop' | 'block';
  readonly first: number;
  readonly last: number;
  readonly at: number;
  readonly size: number;
  /** "touch_write ×4"; '' for one step. */
  readonly label: string;
}

/** Columns above which brackets are folded into blocks. */
const MOST = 200;
const BLOCK = 3;

type Group = Omit<Column, 'at'>;

/** Lays out all steps. The sum of all sizes is the width in units. */
export function layOut(steps: Steps): readonly Column[] {
  let groups = groupLoops(steps);
  if (cells(groups) > MOST)
    groups = groups.map((group) => (group.size > BLOCK ? block(steps, group.first, group.last) : group));
  if (cells(groups) > MOST) groups = fold(steps, groups);
  let at = 0;
  return groups.map((group) => {
    const column = { ...group, at };
    at += group.size;
    return column;
  });
}

/** Units of width of a layout. */
export const width = (columns: readonly { readonly size: number }[]): number =>
  columns.reduce((sum, { size }) => sum + size, 0);

/** Places to click at: a block of folded steps is one. */
const cells = (groups: readonly Group[]): number =>
  groups.reduce((sum, { kind, first, last }) => sum + (kind === 'loop' ? last - first + 1 : 1), 0);

/** Finds the column of a step. */
export function columnOf(columns: readonly Column[], step: number): Column | null {
  let low = 0;
  let high = columns.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const column = columns[middle]!;
    if (step < column.first) high = middle - 1;
    else if (step > column.last) low = middle + 1;
    else return column;
  }
  return null;
}

/** Left and right end of a step in units. */
export function extentOf(column: Column, step: number): readonly [number, number] {
  const each = column.size / (column.last - column.first + 1);
  const left = column.at + (step - column.first) * each;
  return [left, left + each];
}

/** Finds the step at a place in units; the first or the last one beyond the ends. 0 if there are no columns. */
export function stepAt(columns: readonly Column[], unit: number): number {
  let low = 0;
  let high = columns.length - 1;
  if (high < 0) return 0;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (columns[middle]!.at <= unit) low = middle;
    else high = middle - 1;
  }
  const { first, last, at, size } = columns[low]!;
  const into = Math.floor(((unit - at) / size) * (last - first + 1));
  return Math.max(first, Math.min(first + into, last));
}

/** Which of `bins` equal parts of a column have a step that `is`. */
export function binsOf({ first, last }: Column, bins: number, is: (step: number) => boolean): readonly number[] {
  const n = last - first + 1;
  const found: number[] = [];
  for (let step = first; step <= last; step++) {
    const bin = Math.floor(((step - first) * bins) / n);
    if (found.at(-1) !== bin && is(step)) found.push(bin);
  }
  return found;
}

function groupLoops(steps: Steps): Group[] {
  const groups: Group[] = [];
  for (let first = 1; first <= steps.length;) {
    const loop = steps.loop[first - 1]!;
    let last = first;
    while (loop !== 0 && last < steps.length && steps.loop[last] === loop) last++;
    const n = last - first + 1;
    if (n === 1) groups.push({ kind: 'step', first, last, size: 1, label: '' });
    else groups.push({ kind: 'loop', first, last, size: Math.max(n / 2, 1.5), label: labelOf(steps, first, last) });
    first = last + 1;
  }
  return groups;
}

function fold(steps: Steps, groups: readonly Group[]): Group[] {
  const each = Math.ceil((groups.length * BLOCK) / MOST);
  const folded: Group[] = [];
  for (let i = 0; i < groups.length; i += each) {
    folded.push(block(steps, groups[i]!.first, groups[Math.min(i + each, groups.length) - 1]!.last));
  }
  return folded;
}

const block = (steps: Steps, first: number, last: number): Group => ({
  kind: 'block',
  first,
  last,
  size: BLOCK,
  label: labelOf(steps, first, last),
});

function labelOf(steps: Steps, first: number, last: number): string {
  const n = count(last - first + 1);
  const nr = steps.nr[first - 1];
  for (let step = first; step < last; step++) if (steps.nr[step] !== nr) return `${n} steps`;
  return `${stepCall(steps, first)} ×${n}`;
}
