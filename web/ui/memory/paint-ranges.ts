// Sorted runs of pages on the x axis: those in view, neighbours joined where they are too narrow to be told apart.
import { lastAtMost, pageAt, xOf, type Mapping } from './axis';
import type { Ranges } from './scene';

const LEAST = 2;

/** Ranges narrower than this have no room for an outline each. */
const NARROW = 8;

/** Gives [x0, x1] of the ranges in view; narrow ones that touch count as one: an outline each would fill the lane. */
export function outlinesOf(ranges: Ranges, mapping: Mapping, width: number): readonly (readonly [number, number])[] {
  const runs: { readonly x0: number; x1: number; readonly isNarrow: boolean }[] = [];
  eachRange(ranges, mapping, width, (_from, _to, x0, x1) => {
    const isNarrow = x1 - x0 < NARROW;
    const last = runs.at(-1);
    if (last?.isNarrow && isNarrow && x0 - last.x1 < LEAST) last.x1 = x1;
    else runs.push({ x0, x1, isNarrow });
  });
  return runs.map(({ x0, x1 }) => [x0, x1]);
}

/** Visits the ranges in view, each cut to the view; ranges closer than 2 px count as one. */
export function eachRange(
  { starts, ends }: Ranges,
  mapping: Mapping,
  width: number,
  visit: (from: number, to: number, x0: number, x1: number) => void,
): void {
  const [first, last] = [pageAt(mapping, -4), pageAt(mapping, width + 4)];
  let i = lastAtMost(starts, first);
  if (i < 0 || ends[i]! <= first) i++;
  while (i < starts.length && starts[i]! < last) {
    const from = Math.max(starts[i]!, first);
    const x0 = xOf(mapping, from);
    let to = Math.min(ends[i]!, last);
    let x1 = xOf(mapping, to);
    // jump over all ranges that begin within the next 2 px
    for (;;) {
      const next = x1 - x0 < LEAST ? lastAtMost(starts, pageAt(mapping, x0 + LEAST)) : i;
      if (next <= i) break;
      i = next;
      to = Math.min(ends[i]!, last);
      x1 = xOf(mapping, to);
    }
    visit(from, to, x0, Math.max(x1, x0 + LEAST));
    i++;
  }
}
