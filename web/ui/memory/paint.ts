// The whole picture: all lanes, from the overview to the pages.
import { xOf, type Camera, type Mapping } from './axis';
import type { Brush } from './brush';
import { paintCall } from './paint-call';
import { paintPages } from './paint-pages';
import { paintRuler, paintStrip, paintWedge } from './paint-top';
import { paintVmas } from './paint-vmas';
import type { Lanes } from './lanes';
import type { Scene } from './scene';

/** What is drawn, and how large. */
export interface Picture {
  readonly scene: Scene;
  readonly lanes: Lanes;
  readonly camera: Camera;
  readonly mapping: Mapping;
  readonly strip: Mapping;
  /** x in the strip of what the lanes show. */
  readonly window: readonly [number, number];
  readonly width: number;
  /** Outlined pages: what is pointed at, its twins, the keyboard focus. */
  readonly rings: readonly Ring[];
  /** How far the groups are scrolled, while the lanes above them stay. */
  readonly scroll: number;
  /** How much of the step's change has come in: 0 to 1. */
  readonly fresh: number;
}

/** Pages of a group in accent colour; 'preview': those that a call of another step speaks of. */
export interface Ring {
  readonly group: number;
  readonly span: readonly [from: number, to: number];
  readonly look: 'hover' | 'twin' | 'focus' | 'preview';
}

const OUTLINE = 2;

/** Draws the picture. */
export function paint(brush: Brush, picture: Picture): void {
  const { scene, lanes, camera, mapping, width } = picture;
  const { view, names, groups, changes } = scene;
  const { ctx } = brush;
  const none = new Map<never, never>();
  ctx.clearRect(0, 0, width, lanes.height + 4);
  groups.forEach((group, i) => {
    const { before, after, pages } = lanes.groups[i]!;
    const look = { mapping, width, names, outline: OUTLINE, fresh: picture.fresh };
    if (group.before) paintVmas(brush, group.before, before, { ...look, old: true, changes: none, outlined: null });
    if (group.after)
      paintVmas(brush, group.after, after, {
        ...look,
        old: false,
        changes: i === 0 ? changes : none,
        outlined: i === 0 ? scene.outlined : null,
      });
    const changed = i === 0 ? scene.changed : null;
    paintPages(brush, group, pages, { ...look, px: camera.px, kinds: lanes.kinds, changed });
  });
  for (const ring of picture.rings) paintRing(brush, picture, ring);
  brush.save();
  ctx.translate(0, picture.scroll);
  if (picture.scroll > 0) brush.fill({ x: -4, y: 0, w: width + 8, h: lanes.top }, 'surface');
  const caller = groups[0]?.after;
  if (caller) paintStrip(brush, caller, names, picture.strip, lanes.strip, width, picture.window);
  paintWedge(brush, lanes.wedge, width, picture.window);
  paintRuler(brush, lanes.ruler, mapping, camera.px, width, names);
  if (view.range) paintCall(brush, lanes, mapping, width, view.why.call, view.range);
  brush.restore();
}

function paintRing(brush: Brush, { lanes, mapping, width }: Picture, { group, span, look }: Ring): void {
  const group_lanes = lanes.groups[group];
  if (!group_lanes) return;
  const { after, pages } = group_lanes;
  const [left, right] = [Math.max(-8, xOf(mapping, span[0])), Math.min(width + 8, xOf(mapping, span[1]))];
  if (right < 0 || left > width) return;
  const w = Math.max(right - left, 4) + 4;
  const top = (look === 'preview' ? after : pages).y - 3;
  const box = { x: (left + right - w) / 2, y: top, w, h: pages.y + pages.h + 1 - top };
  brush.box(box, {
    stroke: 'accent',
    width: look === 'focus' ? 2 : look === 'preview' ? 1 : 1.5,
    radius: 5,
    dash: look === 'twin' ? [4, 2] : [],
  });
}
