// The lanes before and after: VMAs as boxes under the same columns as their pages, gaps with their size written.
import { sizeText } from '../../app/words';
import type { Process, Vma } from '../../core/state';
import type { Named } from '../../run/model';
import { pageAt, pageNumber, xOf, SMALL_HOLE, type Mapping } from './axis';
import type { Box, Brush } from './brush';
import { isSpecial, lockOf, vmaIndex } from './cells';
import { flagLines, flagsOf, gapText, oldTitles, titles, type Flag } from './labels';
import type { Span } from './lanes';
import { outlinesOf } from './paint-ranges';
import type { ChangesByStart, Ranges } from './scene';

/** What the VMA lanes look like from outside. */
export interface VmasLook {
  readonly mapping: Mapping;
  readonly width: number;
  readonly names: readonly Named[];
  readonly changes: ChangesByStart;
  readonly old: boolean;
  /** Ranges in ink outline; null for none. */
  readonly outlined: Ranges | null;
  readonly outline: number;
  /** How much of the step's change has come in: 0 to 1. */
  readonly fresh: number;
}

const LEAST = 2;
const PAD = 6;

/** Draws the VMAs of a process that are in view; narrower ones than 2 px join, with their number. */
export function paintVmas(brush: Brush, process: Process, span: Span, look: VmasLook): void {
  const { mapping, width } = look;
  const { vmas } = process;
  let i = vmaIndex(vmas, Math.max(0, pageAt(mapping, 0)));
  if (i > 0 && i < vmas.length) paintGap(brush, vmas, i, span, look);
  while (i < vmas.length) {
    const vma = vmas[i]!;
    const x0 = xOf(mapping, pageNumber(vma.vm_start));
    if (x0 >= width) break;
    const x1 = xOf(mapping, pageNumber(vma.vm_end));
    if (x1 - x0 < LEAST) {
      i = paintCluster(brush, vmas, i, span, look);
    } else {
      const open = x1 - x0 > 8 && look.changes.get(vma.vm_start)?.what === 'split' ? look.fresh : 0;
      const box = { x: x0 + open, y: span.y, w: x1 - x0 - 2 * open, h: span.h };
      paintVma(brush, process, vma, box, look);
      i++;
    }
    if (i < vmas.length) paintGap(brush, vmas, i, span, look);
  }
  if (!look.outlined) return;
  brush.ctx.globalAlpha = look.fresh;
  for (const [left, right] of outlinesOf(look.outlined, mapping, width)) {
    const box = { x: left - 1, y: span.y - 1, w: right - left + 2, h: span.h + 2 };
    brush.box(box, { stroke: 'ink', width: look.outline, radius: 4 });
  }
  brush.ctx.globalAlpha = 1;
}

/** Draws VMAs narrower than 2 px as one bar of lines; returns the first VMA after them. */
function paintCluster(brush: Brush, vmas: readonly Vma[], first: number, span: Span, look: VmasLook): number {
  const { mapping, width } = look;
  const left = xOf(mapping, pageNumber(vmas[first]!.vm_start));
  let right = left;
  let i = first;
  brush.fill({ x: left, y: span.y, w: LEAST, h: span.h }, 'sunk');
  while (i < vmas.length && right < width) {
    const vma = vmas[i]!;
    const x0 = xOf(mapping, pageNumber(vma.vm_start));
    const x1 = xOf(mapping, pageNumber(vma.vm_end));
    if (x1 - x0 >= LEAST || x0 > right + 1) break;
    const lock = lockOf(vma);
    const at = Math.max(right, x0);
    brush.fill({ x: at, y: span.y, w: LEAST, h: span.h }, lock === 'none' ? 'sunk' : 'lock-bg');
    brush.fill({ x: at, y: span.y, w: 1, h: span.h }, lock === 'none' ? 'edge' : 'lock-fill');
    right = at + LEAST;
    i = Math.max(i + 1, vmaIndex(vmas, pageAt(mapping, right)));
  }
  const box = { x: left, y: span.y, w: right - left, h: span.h };
  brush.line(left, span.y + 0.5, right, span.y + 0.5, 'edge');
  brush.line(left, span.y + span.h - 0.5, right, span.y + span.h - 0.5, 'edge');
  brush.font(11);
  const text = brush.fitting([`${i - first} VMAs`, `${i - first}`], box.w - 8);
  if (text && i - first > 1) {
    const w = brush.width(text) + 8;
    const x = Math.max(left, 0) + 4;
    brush.box({ x, y: span.y + span.h / 2 - 8, w, h: 16 }, { fill: 'surface', stroke: 'edge' });
    brush.text(text, x + 4, span.y + span.h / 2, 'ink2');
  }
  return i;
}

/** Draws the gap before VMA `i`. */
function paintGap(brush: Brush, vmas: readonly Vma[], i: number, span: Span, { mapping, width, old }: VmasLook): void {
  const from = i === 0 ? -1 : pageNumber(vmas[i - 1]!.vm_end);
  const to = pageNumber(vmas[i]!.vm_start);
  if (from < 0 || to <= from) return;
  const [x0, x1] = [xOf(mapping, from), xOf(mapping, to)];
  if (x1 <= 0 || x0 >= width || x1 - x0 < 4) return;
  const folded = to - from > SMALL_HOLE;
  if (folded && x1 - x0 >= 8) {
    brush.line(x0 + 2.5, span.y, x0 + 2.5, span.y + span.h, 'edge', [2, 3], 1.5);
    brush.line(x1 - 2.5, span.y, x1 - 2.5, span.y + span.h, 'edge', [2, 3], 1.5);
  } else if (!folded && !old) brush.line(x0, span.y + span.h - 0.5, x1, span.y + span.h - 0.5, 'edge', [1, 2]);
  if (old) return;
  const middle = (Math.max(x0, 0) + Math.min(x1, width)) / 2;
  const room = Math.min(x1, width) - Math.max(x0, 0) - 8;
  brush.font(11);
  if (folded) {
    brush.text(
      brush.fitting([sizeText(to - from), sizeText(to - from).replace(/ (.).*/, '$1')], room),
      middle,
      span.y + span.h / 2,
      'ink3',
      'center',
    );
    return;
  }
  const [hole, ...pages] = gapText(to - from).split(' ');
  const second = brush.fitting([pages.join(' '), `${pages[0]} p`], room);
  if (!second) return;
  brush.text(hole!, middle, span.y + span.h / 2 - 8, 'ink3', 'center');
  brush.text(second, middle, span.y + span.h / 2 + 8, 'ink3', 'center');
}

function paintVma(brush: Brush, process: Process, vma: Vma, box: Box, look: VmasLook): void {
  const lock = lockOf(vma);
  const special = isSpecial(vma);
  const roof = look.old || box.w < 5 ? 0 : 4;
  const lines = lock === 'none' ? (special ? 'line' : 'edge') : 'lock';
  const fill = lock === 'locked' ? 'lock-bg' : lock === 'onfault' ? 'surface' : 'sunk';
  brush.box(box, { fill });
  if (special) brush.texture(box, 'wide', 'hatch');
  brush.box(box, { stroke: lines, dash: lock === 'onfault' ? [3, 2] : [] });
  if (lock !== 'none' && roof > 0) paintRoof(brush, box, lock === 'onfault');
  const left = Math.max(box.x, 0) + (box.w < 60 ? 4 : PAD);
  const room = Math.min(box.x + box.w, look.width) - left - 3;
  if (room < 8) return;
  brush.save();
  brush.ctx.beginPath();
  brush.ctx.rect(left - 2, box.y, room + 3, box.h);
  brush.ctx.clip();
  brush.font(11);
  if (look.old) {
    const texts = oldTitles(process, vma, look.names);
    const text = brush.fitting(texts, room) || brush.cut(special ? texts.at(-1)! : '', room);
    brush.text(text, left, box.y + 10, 'ink2');
  } else paintTexts(brush, process, vma, box, left, room, look);
  brush.restore();
}

function paintRoof(brush: Brush, { x, y, w }: Box, dashed: boolean): void {
  if (!dashed) {
    brush.box({ x, y, w, h: 4 }, { fill: 'lock-fill', radius: 2 });
    brush.line(x, y + 0.5, x + w, y + 0.5, 'lock');
    return;
  }
  brush.fill({ x, y, w, h: 4 }, 'surface');
  brush.line(x, y + 2, x + w, y + 2, 'lock-fill', [8, 4], 4);
}

function paintTexts(
  brush: Brush,
  process: Process,
  vma: Vma,
  box: Box,
  left: number,
  room: number,
  look: VmasLook,
): void {
  const change = look.changes.get(vma.vm_start);
  const texts = titles(process, vma, look.names);
  const title = brush.fitting(texts, room) || brush.cut(isSpecial(vma) ? texts.at(-1)! : '', room);
  const [top, bottom] = [box.y + box.h / 2 - 8, box.y + box.h / 2 + 10];
  const address = title.match(/ 0x[0-9a-f]+$/)?.[0] ?? '';
  const main = title.slice(0, title.length - address.length);
  brush.text(main, left, top, isSpecial(vma) ? 'ink2' : 'ink');
  if (address) brush.text(address, left + brush.width(main), top, 'ink2');
  const lines = flagLines(flagsOf(vma, change?.added, change?.removed));
  const line = lines.find((flags) => flagsWidth(brush, flags) <= room && (title !== '' || flags.some((f) => f.change)));
  if (line) paintFlags(brush, line, left, bottom);
}

const label = ({ letters, change }: Flag): string => (change === 'added' ? `+${letters}` : letters);
const SPACE = 7;

const flagsWidth = (brush: Brush, flags: readonly Flag[]): number =>
  flags.reduce((sum, flag) => sum + brush.width(label(flag)) + SPACE + (flag.change === 'added' ? 6 : 0), -SPACE);

function paintFlags(brush: Brush, flags: readonly Flag[], left: number, y: number): void {
  let x = left;
  for (const flag of flags) {
    const text = label(flag);
    const w = brush.width(text);
    if (flag.change === 'added') {
      brush.font(11, 'mono', 700);
      brush.box({ x, y: y - 8, w: w + 6, h: 15 }, { fill: 'lock-fill', radius: 2 });
      brush.text(text, x + 3, y, 'lock-ink');
      brush.font(11);
      x += 6;
    } else {
      brush.text(text, x, y, flag.change === 'removed' ? 'ink3' : 'ink2');
      if (flag.change === 'removed') brush.line(x - 1, y + 0.5, x + w + 1, y + 0.5, 'ink3');
    }
    x += w + SPACE;
  }
}
