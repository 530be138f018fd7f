// Sorted runs of pages on the x axis: those in view, neighbours joined where they are too narrow to be told apart.
import { lastAtMost, pageAt, xOf, type Mapping } from './axis';
import type { Ranges } from './scene';

const LEAST = 2;

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
