// Where the lanes stand: one column of x, from the overview at the top to the pages at the bottom.
import type { Width } from '../props';

/** A lane's top and height. */
export interface Span {
  readonly y: number;
  readonly h: number;
}

/** The lanes of one process. */
export interface GroupLanes {
  /** Its name, when there are several. */
  readonly head: Span | null;
  readonly before: Span;
  readonly after: Span;
  readonly pages: Span;
}

/** All lanes of the picture. */
export interface Lanes {
  readonly strip: Span;
  readonly wedge: Span;
  readonly ruler: Span;
  readonly call: Span;
  readonly groups: readonly GroupLanes[];
  readonly height: number;
  /** Where the groups begin: what is above stays in view while they scroll. */
  readonly top: number;
  /** Cells have room for their kind. */
  readonly kinds: boolean;
}

/** What a point of the picture belongs to. */
export type Spot =
  | { readonly lane: 'strip' | 'ruler' | 'call' | 'none' }
  | { readonly lane: 'before' | 'after' | 'pages'; readonly group: number };

const HEAD = 15;
const TOP = 79;

/** Places the lanes of `nr_groups` processes. */
export function lanesOf(nr_groups: number, width: Width): Lanes {
  const kinds = width === 'wide';
  const groups: GroupLanes[] = [];
  let y = TOP;
  for (let i = 0; i < Math.max(1, nr_groups); i++) {
    const head = nr_groups > 1 ? { y: y - 2, h: HEAD } : null;
    const before = { y: y + (head ? HEAD : 0), h: 20 };
    const after = { y: before.y + 23, h: kinds ? 42 : 38 };
    const pages = { y: after.y + after.h + 4, h: kinds ? 54 : 42 };
    groups.push({ head, before, after, pages });
    y = pages.y + pages.h + 10;
  }
  return {
    strip: { y: 8, h: 18 },
    wedge: { y: 26, h: 13 },
    ruler: { y: 39, h: 16 },
    call: { y: 55, h: 22 },
    groups,
    height: y - 10,
    top: TOP - 2,
    kinds,
  };
}

const holds = ({ y, h }: Span, at: number): boolean => at >= y && at < y + h;

/** Finds the lane at a y of the picture, whose groups are scrolled by `scroll`. */
export function spotAt(lanes: Lanes, place: number, scroll = 0): Spot {
  const y = place - scroll < lanes.top ? place - scroll : place;
  if (y < lanes.wedge.y + 4) return { lane: 'strip' };
  if (holds(lanes.ruler, y)) return { lane: 'ruler' };
  if (holds(lanes.call, y)) return { lane: 'call' };
  for (let group = 0; group < lanes.groups.length; group++) {
    const { before, after, pages } = lanes.groups[group]!;
    if (holds(before, y)) return { lane: 'before', group };
    if (holds(after, y)) return { lane: 'after', group };
    if (holds(pages, y)) return { lane: 'pages', group };
  }
  return { lane: 'none' };
}
