// The pages lane: cells with letter, kind and foot; cells without letters; runs as bars with their page count.
import { pageAt, xOf, CELL_PX, DEEP_PX, LETTER_PX, SMALL_HOLE, type Mapping } from './axis';
import type { Box, Brush, Colour } from './brush';
import { eachRun, type CellRun, type Foot, type Kind } from './cells';
import { numberText } from './labels';
import { paintDeep, paintLink } from './paint-deep';
import { FILLS, KIND_NAMES } from './kinds';
import type { Span } from './lanes';
import { eachRange } from './paint-ranges';
import type { Group, Ranges } from './scene';

/** What the pages lane looks like from outside. */
export interface PagesLook {
  readonly mapping: Mapping;
  readonly px: number;
  readonly width: number;
  readonly kinds: boolean;
  readonly changed: Ranges | null;
  /** How much of the step's change has come in: 0 to 1. */
  readonly fresh: number;
  readonly outline: number;
}

/** Narrower boxes are drawn so wide, and swallow what lies beneath. */
const LEAST = 2;

/** Draws the pages of a process that are in view. */
export function paintPages(brush: Brush, group: Group, span: Span, look: PagesLook): void {
  const process = group.after;
  if (!process) return;
  const { mapping, width, px } = look;
  const from = Math.floor(pageAt(mapping, 0));
  const to = Math.ceil(pageAt(mapping, width));
  eachRun(process, from, to, (run) => {
    const [x0, x1] = [xOf(mapping, run.from), xOf(mapping, run.to)];
    if (px >= CELL_PX && run.kind !== 'unmapped') paintCells(brush, run, span, look, from, to);
    else if (run.kind !== 'unmapped') paintRun(brush, run, span, x0, Math.max(x1 - x0, LEAST));
    else if (px >= LETTER_PX && run.to - run.from <= SMALL_HOLE) paintHole(brush, run, span, look);
    return x1 - x0 < LEAST ? Math.floor(pageAt(mapping, x0 + LEAST)) : run.to;
  });
  if (!look.changed) return;
  brush.ctx.globalAlpha = look.fresh;
  paintChanges(brush, look.changed, span, look);
  brush.ctx.globalAlpha = 1;
}

function paintHole(brush: Brush, run: CellRun, span: Span, { mapping, px, width }: PagesLook): void {
  brush.font(15, 'mono', 700);
  for (let page = run.from; page < run.to; page++) {
    const x = xOf(mapping, page);
    if (x + px > 0 && x < width) brush.text('·', x + px / 2, span.y + 12, 'ink2', 'center');
  }
}

function paintCells(brush: Brush, run: CellRun, span: Span, look: PagesLook, from: number, to: number): void {
  const gap = look.px >= 8 ? 1 : 0.5;
  for (let page = Math.max(run.from, from); page < Math.min(run.to, to); page++) {
    const x = xOf(look.mapping, page);
    const box = { x: x + gap, y: span.y, w: look.px - 2 * gap, h: span.h - 2 };
    const isDeep = look.px >= DEEP_PX && run.letter !== '';
    paintCell(brush, run, box, look.kinds, look.px >= LETTER_PX && !isDeep);
    if (isDeep) paintDeep(brush, run, box);
    else if (look.px >= LETTER_PX && isShared(run)) paintLink(brush, box.x + box.w - 10, box.y + 5);
  }
}

function paintRun(brush: Brush, run: CellRun, span: Span, x: number, w: number): void {
  const box = { x, y: span.y, w, h: span.h - 2 };
  paintCell(brush, run, box, false, false);
  const left = Math.max(x, 0);
  brush.font(11);
  const text = brush.fitting([numberText(run.to - run.from)], x + w - left - 8);
  if (text === '' || run.kind === 'special') return;
  const [fill, ink] = FILLS[run.kind];
  const wide = brush.width(text) + 4;
  brush.fill({ x: left + 2, y: span.y + 4, w: wide, h: 14 }, fill);
  brush.text(text, left + 4, span.y + 11, ink);
}

/** Draws one cell, or a run as if it were one. */
export function paintCell(brush: Brush, run: CellRun, box: Box, kinds: boolean, letters: boolean): void {
  const [fill, ink] = FILLS[run.kind];
  const footH = 14;
  const small = box.w < 5;
  const radius = Math.min(3, box.w / 4);
  if (small) brush.fill(box, fill);
  else brush.box(box, { fill, radius });
  paintTexture(brush, run.kind, box);
  if (run.foot !== 'none') paintFoot(brush, run, { ...box, y: box.y + box.h - footH, h: footH }, letters);
  if (letters && run.letter) {
    const mid = box.x + box.w / 2;
    patched(brush, run.letter, mid, box.y + 12, fill, ink, run.kind === 'absent' ? 400 : 700, 15);
    const kind = KIND_NAMES[run.kind];
    if (kinds && kind && box.w >= 28) patched(brush, kind, mid, box.y + 30, fill, ink, 400, 11);
  }
  if (small) {
    if (run.kind === 'absent') brush.box(box, { stroke: 'line', radius: 0 });
    return;
  }
  const stroke: Colour = run.kind === 'special' ? 'line' : 'edge';
  brush.box(box, { stroke, radius, dash: run.kind === 'absent' ? [1.5, 2] : [] });
}

/** A text on a patch of the fill, so that no texture runs through it. */
function patched(
  brush: Brush,
  text: string,
  x: number,
  y: number,
  fill: Colour,
  ink: Colour,
  weight: number,
  size: number,
): void {
  brush.font(size, 'mono', weight);
  const w = brush.width(text) + (size > 12 ? 6 : 2);
  brush.fill({ x: x - w / 2, y: y - size / 2 - 1, w, h: size + 1 }, fill);
  brush.text(text, x, y, ink, 'center');
}

function paintTexture(brush: Brush, kind: Kind, box: Box): void {
  if (kind === 'zero') brush.texture(box, 'dots', 'tex');
  else if (kind === 'file') brush.texture(box, 'lines', 'tex');
  else if (kind === 'swap') brush.texture(box, 'diagonal', 'tex2');
  else if (kind === 'guard') brush.texture(box, 'cross', 'tex2');
  else if (kind === 'special') brush.texture(box, 'wide', 'hatch');
}

/** True for a page that more than one page table leads to. */
const isShared = ({ extent }: CellRun): boolean => extent !== null && extent.mapcount > 1 && extent.folio !== 0n;

function paintFoot(
  brush: Brush,
  { foot, mlock_count }: { foot: Foot; mlock_count: number },
  box: Box,
  letters: boolean,
): void {
  if (foot === 'pinned') {
    brush.fill(box, 'lock-fill');
    if (letters) {
      brush.font(11, 'mono', 700);
      brush.text(
        brush.fitting([`×${mlock_count}`, `${mlock_count}`], box.w),
        box.x + box.w / 2,
        box.y + 7.5,
        'lock-ink',
        'center',
      );
    }
  } else {
    brush.fill(box, 'surface');
    if (foot === 'counted') brush.texture(box, 'stripes', 'lock-fill');
    else if (box.w >= 8) {
      brush.box({ x: box.x + 2, y: box.y, w: box.w - 4, h: box.h - 2 }, { stroke: 'lock', dash: [3, 2], radius: 2 });
      return;
    } else {
      brush.line(box.x, box.y + 2, box.x + box.w, box.y + 2, 'lock', [3, 2]);
      brush.line(box.x, box.y + box.h - 3, box.x + box.w, box.y + box.h - 3, 'lock', [3, 2]);
      return;
    }
  }
  brush.line(box.x, box.y + 0.5, box.x + box.w, box.y + 0.5, 'lock');
}

/** Draws the ink outlines: around each changed cell while cells have letters, else around the runs. */
function paintChanges(brush: Brush, changed: Ranges, span: Span, { mapping, px, width, outline }: PagesLook): void {
  eachRange(changed, mapping, width, (from, to, x0, x1) => {
    if (px < LETTER_PX) {
      mark(brush, { x: x0, y: span.y, w: x1 - x0, h: span.h - 2 }, outline);
      return;
    }
    for (let page = Math.floor(from); page < to; page++) {
      mark(brush, { x: xOf(mapping, page) + 1, y: span.y, w: px - 2, h: span.h - 2 }, outline);
    }
  });
}

function mark(brush: Brush, box: Box, outline: number): void {
  const { ctx } = brush;
  brush.box({ x: box.x - 1, y: box.y - 1, w: box.w + 2, h: box.h + 2 }, { stroke: 'ink', width: outline, radius: 4 });
  const x = box.x + box.w / 2;
  const half = Math.min(4, Math.max(2, box.w / 2));
  ctx.beginPath();
  ctx.moveTo(x - half, box.y - 4);
  ctx.lineTo(x + half, box.y - 4);
  ctx.lineTo(x, box.y + 2);
  ctx.closePath();
  ctx.fillStyle = brush.colour('ink');
  ctx.fill();
}
