// A cell with room for words: letter and kind, LRU list, mappings, what /proc/kpageflags says beyond that, and the foot.
import { kpfNames } from '../../run/flags';
import type { Box, Brush, Colour } from './brush';
import type { CellRun } from './cells';
import { FILLS, KIND_NAMES } from './kinds';
import { listOf } from './sentences';

const FOOT = 14;
/** Width of the chain in the upper right corner. */
const CHAIN = 14;
/** Bits that the lines above say in words already. */
const SAID = new Set(['LRU', 'ACTIVE', 'UNEVICTABLE', 'MLOCKED', 'ANON', 'ZERO_PAGE', 'MMAP']);
const LISTS: Readonly<Record<string, readonly string[]>> = {
  unevictable: ['unevictable', 'unevict.', 'unev.'],
  active: ['active', 'act.'],
  inactive: ['inactive', 'inact.'],
  none: [],
};

/** Writes all that is known of a page into its cell. Texts that find no room are left out, never cut. */
export function paintDeep(brush: Brush, run: CellRun, box: Box): void {
  const { ctx } = brush;
  const [fill, ink] = FILLS[run.kind];
  const left = box.x + 3;
  const room = box.w - 6;
  const shared = run.extent !== null && run.extent.mapcount > 1 && run.extent.folio !== 0n;
  brush.save();
  ctx.beginPath();
  ctx.rect(box.x, box.y, box.w, box.h);
  ctx.clip();
  write(brush, run.letter, left, box.y + 9, fill, ink, 700, 13);
  const kind = KIND_NAMES[run.kind] ?? (run.kind === 'absent' ? 'absent' : '');
  brush.font(11);
  if (brush.width(kind) <= room - 10 - (shared ? CHAIN : 0)) write(brush, kind, left + 11, box.y + 9, fill, ink);
  const map = shared ? `map ${run.extent.mapcount}` : '';
  const second = [LISTS[listOf(run.extent)] ?? [], map ? [map] : []];
  // the list and the mappings share a line where both fit, else the mappings win over the flags
  brush.font(11);
  const both = (second[0]![0] ?? '') !== '' && map ? `${second[0]![0]} ${map}` : '';
  const joined = both && brush.width(both) <= room ? both : '';
  const line2 = joined || brush.fitting(second[0]!, room);
  const line3 = joined || !map ? flagsText(brush, run, room) : brush.fitting([map], room);
  if (line2) write(brush, line2, left, box.y + 22, fill, ink);
  if (line3) write(brush, line3, left, box.y + 33, fill, ink);
  if (shared) paintLink(brush, box.x + box.w - 11, box.y + 5);
  if (run.foot === 'pinned') {
    const text = brush.fitting([`mlock_count ${run.mlock_count}`, `×${run.mlock_count}`, `${run.mlock_count}`], room);
    brush.font(11, 'mono', 700);
    brush.text(text, box.x + box.w / 2, box.y + box.h - FOOT + 7.5, 'lock-ink', 'center');
  } else if (run.foot !== 'none') {
    const word = brush.fitting(
      run.foot === 'counted' ? ['counted, not pinned', 'counted'] : ['lock on fault', 'on fault'],
      room - 8,
    );
    if (!word || box.w < 60) ctx.globalAlpha = 0;
    const w = brush.width(word) + 6;
    brush.fill({ x: box.x + box.w / 2 - w / 2, y: box.y + box.h - FOOT + 2, w, h: FOOT - 4 }, 'surface');
    brush.text(word, box.x + box.w / 2, box.y + box.h - FOOT + 7, 'ink2', 'center');
  }
  brush.restore();
}

/** Names of kpageflags, as many as fit. */
function flagsText(brush: Brush, { extent }: CellRun, room: number): string {
  const names = extent ? kpfNames(extent.kpf).filter((name) => !SAID.has(name)) : [];
  for (let n = names.length; n > 0; n--) {
    const text = names.slice(0, n).join(' ') + (n < names.length ? ' …' : '');
    if (brush.width(text) <= room) return text;
  }
  return '';
}

function write(
  brush: Brush,
  text: string,
  x: number,
  y: number,
  fill: Colour,
  ink: Colour,
  weight = 400,
  size = 11,
): void {
  brush.font(size, 'mono', weight);
  brush.fill({ x: x - 1, y: y - 6, w: brush.width(text) + 2, h: 12 }, fill);
  brush.text(text, x, y, ink);
}

/** Two links of a chain: the page is mapped more than once. */
export function paintLink(brush: Brush, x: number, y: number): void {
  const { ctx } = brush;
  ctx.lineWidth = 1.2;
  ctx.strokeStyle = brush.colour('ink');
  for (const dx of [1, 5]) {
    ctx.beginPath();
    ctx.arc(x + dx, y, 2.6, 0, 2 * Math.PI);
    ctx.stroke();
  }
}
