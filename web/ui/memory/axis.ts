// The one x axis of the picture: page number <-> x, with the gaps between areas folded to a fixed width.
//
//   pages   400 ... 4cf            7ffff7fe7 ...... 7ffff7ffe     (an area: VMAs with at most SMALL_HOLE pages between)
//   x       |=======|   gap    |=========================|
//
// Page numbers are plain numbers: below 2^35 they are exact.
import { columnsOf, type Columns } from '../../core/packed-list';

const PAGE_SIZE = 4096;
/** Pages of user space; addresses above are drawn at its end. */
const MAX_PAGE = 2 ** 35;
/** A hole of so many pages is still drawn to scale, inside its area. */
export const SMALL_HOLE = 16;
/** Cells get no wider than this, and no wider than FIT_PX by themselves. */
export const MAX_PX = 320;
const FIT_PX = 48;
/** Cells of this width say all that is known of their page. */
export const DEEP_PX = 40;
/** Cells of this width have letters. */
export const LETTER_PX = 18;
/** Cells of this width are still drawn one by one. */
export const CELL_PX = 4;
const GAP_PX = 64;
/** Where many gaps share the width, a gap is so many pages wide. */
const GAP_PAGES = 2;

/** What lies on the axis. */
export interface Mapped {
  readonly vm_start: bigint;
  readonly vm_end: bigint;
}

/** Areas of mapped pages, ascending, and how many pages lie in the areas before each. */
export interface Axis {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly before: Float64Array;
  readonly nr_pages: number;
}

/** Page numbers and their x, both ascending: between two knots the way is straight. */
export interface Mapping {
  readonly pages: Float64Array;
  readonly xs: Float64Array;
}

/** Where the picture looks: `page` (with fraction) stands at `x`; a page is `px` wide. */
export interface Camera {
  readonly page: number;
  readonly x: number;
  readonly px: number;
}

/** Reads an address as a page number. */
export const pageNumber = (address: bigint): number => Math.min(Number(address) / PAGE_SIZE, MAX_PAGE);

/** Finds the last element that is not above `value`; -1 without one. */
export function lastAtMost(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Makes the axis of several sorted lists of VMAs: what is mapped in one of them has its place. */
export function axisOf(lists: readonly (readonly Mapped[])[]): Axis {
  const areas = lists.map((list) => areasOf(columnsOf(list))).reduce(joined, { starts: [], ends: [] });
  const before = new Float64Array(areas.starts.length);
  let nr_pages = 0;
  areas.starts.forEach((start, i) => {
    before[i] = nr_pages;
    nr_pages += areas.ends[i]! - start;
  });
  return { starts: Float64Array.from(areas.starts), ends: Float64Array.from(areas.ends), before, nr_pages };
}

interface Areas {
  readonly starts: number[];
  readonly ends: number[];
}

/** Adds a range above or inside the last area. */
function extend({ starts, ends }: Areas, start: number, end: number): void {
  const last = ends.length - 1;
  if (last >= 0 && start - ends[last]! <= SMALL_HOLE) ends[last] = Math.max(ends[last]!, end);
  else {
    starts.push(start);
    ends.push(end);
  }
}

function areasOf({ starts, ends }: Pick<Columns, 'starts' | 'ends'>): Areas {
  const areas: Areas = { starts: [], ends: [] };
  for (let i = 0; i < starts.length; i++) extend(areas, starts[i]!, ends[i]!);
  return areas;
}

function joined(a: Areas, b: Areas): Areas {
  const areas: Areas = { starts: [], ends: [] };
  for (let i = 0, k = 0; i < a.starts.length || k < b.starts.length;) {
    const takeA = k >= b.starts.length || (i < a.starts.length && a.starts[i]! <= b.starts[k]!);
    const [from, at] = takeA ? [a, i++] : [b, k++];
    extend(areas, from.starts[at]!, from.ends[at]!);
  }
  return areas;
}

/** Width of a folded gap beside pages of `px`: many gaps share less than half of the picture, and grow with the pages. */
function gapWidth({ starts }: Axis, width: number, px: number): number {
  const gaps = starts.length - 1;
  return gaps <= 0 ? 0 : Math.min(GAP_PX, Math.max((width * 0.4) / gaps, GAP_PAGES * px));
}

/** The width of a page at which `columns` pages with `gaps` gaps fill the width. */
function pxFilling(axis: Axis, width: number, columns: number, gaps: number): number {
  let [low, high] = [0, width / columns];
  for (let i = 0; gaps > 0 && i < 48; i++) {
    const px = (low + high) / 2;
    if (columns * px + gaps * gapWidth(axis, width, px) > width) high = px;
    else low = px;
  }
  return gaps > 0 ? low : high;
}

/** Lays the areas out from x = 0 with pages `px` wide. */
function layout({ starts, ends, before }: Axis, px: number, gap: number, shift = 0): Mapping {
  const pages = new Float64Array(2 * starts.length);
  const xs = new Float64Array(2 * starts.length);
  for (let i = 0; i < starts.length; i++) {
    pages[2 * i] = starts[i]!;
    pages[2 * i + 1] = ends[i]!;
    xs[2 * i] = shift + before[i]! * px + i * gap;
    xs[2 * i + 1] = xs[2 * i]! + (ends[i]! - starts[i]!) * px;
  }
  return { pages, xs };
}

/** Places the areas for a camera. */
export function mappingOf(axis: Axis, camera: Camera, width: number): Mapping {
  const still = layout(axis, camera.px, gapWidth(axis, width, camera.px));
  const shift = camera.x - xOf(still, camera.page);
  return { pages: still.pages, xs: still.xs.map((x) => x + shift) };
}

function along(from: Float64Array, to: Float64Array, value: number, low: number, high: number): number {
  if (from.length === 0) return 0;
  const i = lastAtMost(from, value);
  const a = i < 0 ? low : from[i]!;
  const b = i + 1 < from.length ? from[i + 1]! : high;
  const x0 = i < 0 ? to[0]! - GAP_PX : to[i]!;
  const x1 = i + 1 < to.length ? to[i + 1]! : to[i]! + GAP_PX;
  return b <= a ? x0 : x0 + ((value - a) / (b - a)) * (x1 - x0);
}

/** Places a page (with fraction). Below and above all areas the way is one gap long. */
export const xOf = ({ pages, xs }: Mapping, page: number): number => along(pages, xs, page, 0, MAX_PAGE);

/** Finds the page (with fraction) at an x, the inverse of xOf. */
export function pageAt({ pages, xs }: Mapping, x: number): number {
  if (pages.length === 0) return 0;
  const last = pages.length - 1;
  const clamped = Math.max(xs[0]! - GAP_PX, Math.min(xs[last]! + GAP_PX, x));
  const i = lastAtMost(xs, clamped);
  const [p0, x0] = i < 0 ? [0, xs[0]! - GAP_PX] : [pages[i]!, xs[i]!];
  const [p1, x1] = i >= last ? [MAX_PAGE, xs[last]! + GAP_PX] : [pages[i + 1]!, xs[i + 1]!];
  return x1 <= x0 ? p0 : p0 + ((clamped - x0) / (x1 - x0)) * (p1 - p0);
}

/** Smallest width of a page: all areas are in view. */
export function minPx(axis: Axis, width: number): number {
  return axis.nr_pages === 0 ? 1 : Math.min(FIT_PX, pxFilling(axis, width, axis.nr_pages, axis.starts.length - 1));
}

/** Fills the width with the pages [from, to), with cells of at most `most` px. */
export function cameraOver(axis: Axis, width: number, from: number, to: number, most = FIT_PX): Camera {
  const unit = layout(axis, 1, 0);
  const columns = Math.max(1, xOf(unit, to) - xOf(unit, from));
  const first = Math.max(0, lastAtMost(axis.starts, from));
  const last = Math.max(first, lastAtMost(axis.starts, to - 1));
  const px = pxFilling(axis, width, columns, last - first);
  return { page: from, x: 0, px: Math.max(minPx(axis, width), Math.min(most, px)) };
}

/** Shows everything. */
export const cameraOverAll = (axis: Axis, width: number): Camera =>
  cameraOver(axis, width, axis.starts[0] ?? 0, axis.ends.at(-1) ?? 1);

/**
 * Shows [from, to) with its surroundings: whole areas where their cells keep their letters, else a window around the
 * range with letters, else the range itself.
 */
export function fit(axis: Axis, width: number, from: number, to: number): Camera {
  const first = Math.max(0, lastAtMost(axis.starts, from));
  const last = Math.max(first, lastAtMost(axis.starts, Math.max(from, to - 1)));
  const [start, end] = [Math.min(axis.starts[first] ?? from, from), Math.max(axis.ends[last] ?? to, to)];
  const columns =
    (axis.before[last] ?? 0) + (axis.ends[last] ?? to) - (axis.starts[last] ?? from) - (axis.before[first] ?? 0);
  const free = width - (last - first) * gapWidth(axis, width, LETTER_PX);
  if (columns * LETTER_PX <= free) return cameraOver(axis, width, start, end);
  const room = Math.floor(free / (LETTER_PX + 6));
  const n = Math.min(to, end) - Math.max(from, start);
  if (first === last && n + 2 <= room) {
    const left = Math.max(start, Math.min(end - room, Math.round(from - (room - n) / 2)));
    return cameraOver(axis, width, left, left + room);
  }
  return cameraOver(axis, width, from, to);
}

/** Makes pages wider or narrower; what is at `x` stays there. */
export function zoomed(axis: Axis, width: number, camera: Camera, x: number, factor: number): Camera {
  const page = pageAt(mappingOf(axis, camera, width), x);
  const px = Math.max(minPx(axis, width), Math.min(MAX_PX, camera.px * factor));
  return kept(axis, width, { page, x, px });
}

/** Moves the picture by `dx`. */
export const panned = (axis: Axis, width: number, camera: Camera, dx: number): Camera =>
  kept(axis, width, { ...camera, x: camera.x + dx });

/** Keeps a part of what is mapped in view. */
function kept(axis: Axis, width: number, camera: Camera): Camera {
  const { xs } = mappingOf(axis, camera, width);
  if (xs.length === 0) return camera;
  const [left, right] = [xs[0]!, xs[xs.length - 1]!];
  const dx = left > width / 2 ? width / 2 - left : right < width / 2 ? width / 2 - right : 0;
  return { ...camera, x: camera.x + dx };
}

/** Moves the picture as little as brings [from, to) into view; the scale stays. */
export function revealed(axis: Axis, width: number, camera: Camera, from: number, to: number): Camera {
  const mapping = mappingOf(axis, camera, width);
  const [left, right] = [xOf(mapping, from), xOf(mapping, to)];
  const dx = left < 0 ? -left : right > width ? Math.max(width - right, -left) : 0;
  return dx === 0 ? camera : { ...camera, x: camera.x + dx };
}

/** Tells whether a part of [from, to) can be seen. */
export function inView(mapping: Mapping, width: number, from: number, to: number): boolean {
  return xOf(mapping, to) > 0 && xOf(mapping, from) < width;
}
