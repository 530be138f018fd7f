// The lanes above the VMAs: overview strip with its window, ruler, and the bar of the call.
import { NAME_ANON } from '../../../assembly/abi/layout';
import type { Process, Vma } from '../../core/state';
import { hex, namedAt } from '../../run/address';
import type { CallRange, Named } from '../../run/model';
import { pageAt, pageNumber, xOf, SMALL_HOLE, type Mapping } from './axis';
import type { Box, Brush } from './brush';
import { addressOf, isSpecial, lockOf, vmaIndex } from './cells';
import { numberText, sizeText, vmaName } from './labels';
import type { Lanes, Span } from './lanes';

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
  const n = Number((vma.vm_end - vma.vm_start) / 4096n);
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
  const every = [1, 2, 5, 10, 20, 50, 100, 500, 1000].find((n) => n * px >= 20) ?? 2 ** Math.ceil(Math.log2(60 / px));
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

function nextNamed(names: readonly Named[], page: number, to: number): number {
  return names.reduce((next, { start }) => (pageNumber(start) > page ? Math.min(next, pageNumber(start)) : next), to);
}

/** Draws the bar of the call: ink over what was done, ✕ where it stopped, dashed over what was not reached. */
export function paintCall(
  brush: Brush,
  lanes: Lanes,
  mapping: Mapping,
  width: number,
  call: string,
  range: CallRange,
): void {
  const y = lanes.call.y + 3;
  const h = 16;
  const clip = (x: number): number => Math.max(-20, Math.min(width + 20, x));
  const [x0, stop, x1] = [range.start, range.stopped, range.end].map((a) => clip(xOf(mapping, pageNumber(a)))) as [
    number,
    number,
    number,
  ];
  if (x1 <= 0 || x0 >= width) {
    brush.font(11, 'sans', 600);
    const left = x1 <= 0;
    brush.text(left ? `◂ ${call}` : `${call} ▸`, left ? 0 : width, y + h / 2, 'ink2', left ? 'left' : 'right');
    return;
  }
  const [done, rest] = [range.stopped > range.start, range.stopped < range.end];
  if (rest) {
    const box = { x: done ? stop : x0, y, w: Math.max(x1 - (done ? stop : x0), 4), h };
    brush.box(box, { stroke: 'edge', width: 1.5, dash: [4, 3] });
    brush.font(11, 'sans');
    const left = Math.max(box.x, 0) + (done ? 16 : 24);
    const text = brush.fitting(restTexts(range.rest), Math.min(box.x + box.w, width) - left - 2);
    brush.text(text, left, y + h / 2, 'ink3');
  }
  if (done) paintDone(brush, y, x0, stop, width, doneTexts(call, range.note), rest);
  if (rest) paintStop(brush, done ? stop : x0 + 11, y + h / 2);
}

/** "mlock(buf, 65536): applied to 10 pages", then "mlock(buf, 65536): 10 pages", then the note alone. */
const doneTexts = (call: string, note: string): string[] => [
  `${call}: ${note}`,
  `${call}: ${note.replace(/^\w+ to /, '')}`,
  note,
  call,
];

/** The ink bar with its words inside, or beside it when it is too short for them. */
function paintDone(
  brush: Brush,
  y: number,
  left: number,
  right: number,
  width: number,
  texts: readonly string[],
  rest: boolean,
): void {
  brush.box({ x: left, y, w: Math.max(right - left, 3), h: 16 }, { fill: 'sel' });
  brush.font(11, 'sans', 600);
  const start = Math.max(left, 0) + 6;
  const inside = brush.fitting(texts, Math.min(right, width) - start - (rest ? 12 : 4));
  if (inside) brush.text(inside, start, y + 8, 'sel-ink');
  if (inside || rest) return;
  for (const text of texts) {
    const w = brush.width(text) + 8;
    if (w > Math.max(width - right, left)) continue;
    if (w <= width - right) brush.text(text, right + 6, y + 8, 'ink2');
    else brush.text(text, left - 6, y + 8, 'ink2', 'right');
    return;
  }
}

/** "hole at page 10: 6 not reached", then "6 not reached". */
const restTexts = (rest: string): string[] => [rest, rest.split(': ').at(-1) ?? ''];

function paintStop(brush: Brush, x: number, y: number): void {
  const { ctx } = brush;
  ctx.beginPath();
  ctx.arc(x, y, 9, 0, 2 * Math.PI);
  ctx.fillStyle = brush.colour('fail');
  ctx.fill();
  const d = 3.2;
  brush.line(x - d, y - d, x + d, y + d, 'surface', [], 2);
  brush.line(x - d, y + d, x + d, y - d, 'surface', [], 2);
}
