// The bar of the call: what it reached, where it stopped, what it did not come to.
import type { CallRange } from '../../run/model';
import { pageNumber, xOf, type Mapping } from './axis';
import type { Brush } from './brush';
import type { Lanes } from './lanes';

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
