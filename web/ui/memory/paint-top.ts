// The lanes at the top: overview strip with its window, and ruler.
import { sizeText } from '../../app/words';
import { NAME_ANON } from '../../../assembly/abi/layout';
import type { Process, Vma } from '../../core/state';
import { hex, namedAt, pagesIn } from '../../run/address';
import type { Named } from '../../run/model';
import { pageAt, pageNumber, xOf, SMALL_HOLE, type Mapping } from './axis';
import type { Box, Brush } from './brush';
import { addressOf, isSpecial, lockOf, vmaIndex } from './cells';
import { numberText, vmaName } from './labels';
import type { Span } from './lanes';

/** Draws every VMA of a process, and the window of what the lanes below show. */
export function paintStrip(
  brush: Brush,
  process: Process,
  names: readonly Named[],
  strip: Mapping,
  span: Span,
  width: number,
  window: readonly [number, number],
): void {
  const { vmas } = process;
  for (let i = 0; i < vmas.length;) {
    const vma = vmas[i]!;
    const x0 = xOf(strip, pageNumber(vma.vm_start));
    const x1 = Math.max(x0 + 2, xOf(strip, pageNumber(vma.vm_end)));
    const box = { x: x0, y: span.y, w: x1 - x0, h: span.h };
    paintInStrip(brush, vma, box);
    if (box.w > 24) labelInStrip(brush, process, vma, names, box, window);
    const next = i + 1 < vmas.length ? pageNumber(vmas[i + 1]!.vm_start) : 0;
    if (next - pageNumber(vma.vm_end) > SMALL_HOLE)
      paintStripGap(brush, strip, span, pageNumber(vma.vm_end), next, window);
    i = Math.max(i + 1, x1 - x0 <= 2 ? vmaIndex(vmas, pageAt(strip, x1)) : 0);
  }
  const [left, right] = [Math.max(0, window[0]), Math.min(width, window[1])];
  const w = Math.max(6, right - left);
  const x = Math.max(0, Math.min(width - w, left));
  brush.box({ x, y: span.y - 2, w, h: span.h + 4 }, { stroke: 'sel', width: 2 });
}

const isFile = (vma: Vma): boolean => vma.file !== 0 || (vma.name > NAME_ANON && !(vma.vm_flags & 0x2n));

function paintInStrip(brush: Brush, vma: Vma, box: Box): void {
  const lock = lockOf(vma);
  if (lock === 'locked') brush.box(box, { fill: 'lock-fill', radius: 2 });
  else {
    brush.box(box, {
      fill: lock === 'onfault' ? 'lock-bg' : isSpecial(vma) ? 'zero' : isFile(vma) ? 'file' : 'anon',
      radius: 2,
    });
    if (lock === 'onfault') brush.texture(box, 'stripes', 'lock-fill');
    if (isSpecial(vma)) brush.texture(box, 'stripes', 'line');
  }
  if (box.w > 4) brush.line(box.x + box.w - 0.5, box.y, box.x + box.w - 0.5, box.y + box.h, 'surface');
}

function labelInStrip(
  brush: Brush,
  process: Process,
  vma: Vma,
  names: readonly Named[],
  box: Box,
  edges: readonly number[],
): void {
  const name = vmaName(process, vma, names);
  if (!name || lockOf(vma) !== 'none') return;
  brush.font(11);
  const n = pagesIn(vma.vm_start, vma.vm_end);
  const text = brush.fitting([`${name} ${n}`, name], box.w - 5);
  const end = box.x + 5 + brush.width(text);
  if (edges.some((edge) => edge > box.x + 1 && edge < end)) return; // the window's border runs through it
  brush.text(text, box.x + 3, box.y + box.h / 2, isFile(vma) ? 'file-ink' : 'anon-ink');
}

function paintStripGap(
  brush: Brush,
  strip: Mapping,
  span: Span,
  from: number,
  to: number,
  window: readonly [number, number],
): void {
  const [x0, x1] = [xOf(strip, from), xOf(strip, to)];
  if (x1 - x0 < 6) return;
  for (const x of [x0 + 2, x1 - 2]) brush.line(x, span.y, x, span.y + span.h, 'edge', [2, 2.5], 2);
  brush.font(11, 'sans');
  const size = sizeText(to - from);
  const free =
    Math.min(x1, window[0] > x0 && window[0] < x1 ? window[0] : x1) -
    Math.max(x0, window[1] > x0 && window[1] < x1 ? window[1] : x0);
  const left = window[1] > x0 && window[1] < x1 ? window[1] : x0;
  brush.text(
    brush.fitting([size, size.replace(/ (.).*/, '$1')], free - 8),
    left + free / 2,
    span.y + span.h / 2,
    'ink3',
    'center',
  );
}

/** Draws the two lines that open the window of the strip to the width of the lanes. */
export function paintWedge(
  brush: Brush,
  { y, h }: Span,
  width: number,
  [left, right]: readonly [number, number],
): void {
  const { ctx } = brush;
  const [a, b] = [Math.max(0, left), Math.min(width, Math.max(right, left + 6))];
  ctx.beginPath();
  ctx.moveTo(a, y + 2);
  ctx.lineTo(b, y + 2);
  ctx.lineTo(width, y + h - 0.5);
  ctx.lineTo(0, y + h - 0.5);
  ctx.closePath();
  ctx.fillStyle = brush.colour('sunk');
  ctx.fill();
  brush.line(a, y + 2, 0, y + h - 1, 'edge');
  brush.line(b, y + 2, width, y + h - 1, 'edge');
  brush.line(0, y + h - 0.5, width, y + h - 0.5, 'edge');
}

/** Draws page numbers within named mappings, addresses elsewhere. */
export function paintRuler(
  brush: Brush,
  { y, h }: Span,
  mapping: Mapping,
  px: number,
  width: number,
  names: readonly Named[],
): void {
  brush.font(11);
  const middle = y + h / 2;
  let free = 0;
  const write = (text: string, x: number): void => {
    const w = brush.width(text);
    if (x - w / 2 < free || x + w / 2 > width + 4) return;
    brush.text(text, x, middle, 'ink3', 'center');
    free = x + w / 2 + 6;
  };
  const every = tickEvery(px, brush, names);
  const from = Math.max(0, Math.floor(pageAt(mapping, 0)));
  const to = Math.ceil(pageAt(mapping, width));
  for (let x = 0; x < width;) {
    const page = Math.floor(pageAt(mapping, x + 0.5));
    const named = namedAt(names, addressOf(page));
    if (!named) {
      const stop = nextNamed(names, page, to);
      const end = Math.min(width, xOf(mapping, stop));
      const text = `${hex(addressOf(Math.max(page, from)))} ▸`;
      const start = x === 0 ? 0 : x;
      if (end - start > brush.width(text) + 12)
        write(
          text,
          start + Math.min(end - start - brush.width(text) / 2 - 4, Math.max(brush.width(text) / 2, (end - start) / 2)),
        );
      x = Math.max(end, x + 1);
      continue;
    }
    const start = pageNumber(named.start);
    const end = Math.min(pageNumber(named.end), to);
    const first = Math.max(start, start + Math.floor((page - start) / every) * every);
    for (let at = first; at < end; at += every) {
      const left = xOf(mapping, at);
      const center = px >= 8 ? left + px / 2 : left + 1;
      if (center >= -2) write(numberText(at - start), center);
    }
    x = Math.max(xOf(mapping, end), x + 1);
  }
}

/** Pages between two numbers of the ruler: so many that the longest has room. */
function tickEvery(px: number, brush: Brush, names: readonly Named[]): number {
  const longest = names.reduce((most, { start, end }) => Math.max(most, pagesIn(start, end)), 1);
  const room = brush.width(numberText(longest)) + 8;
  return TICKS.find((n) => n * px >= room) ?? 2 ** Math.ceil(Math.log2(room / px));
}
const TICKS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

function nextNamed(names: readonly Named[], page: number, to: number): number {
  return names.reduce((next, { start }) => (pageNumber(start) > page ? Math.min(next, pageNumber(start)) : next), to);
}
