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
  /** Page with the keyboard focus. */
  readonly focus: number | null;
  readonly hover: number | null;
  /** Width of the lines that mark what changed. */
  readonly outline: number;
}

/** Draws the picture. */
export function paint(brush: Brush, picture: Picture): void {
  const { scene, lanes, camera, mapping, width } = picture;
  const { view, names, groups, changes } = scene;
  const { ctx } = brush;
  const none = new Map<never, never>();
  ctx.clearRect(0, 0, width, lanes.height + 4);
  const caller = groups[0]?.after;
  if (caller) paintStrip(brush, caller, names, picture.strip, lanes.strip, width, picture.window);
  paintWedge(brush, lanes.wedge, width, picture.window);
  paintRuler(brush, lanes.ruler, mapping, camera.px, width, names);
  groups.forEach((group, i) => {
    const { before, after, pages } = lanes.groups[i]!;
    const look = { mapping, width, names, outline: picture.outline };
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
  if (view.range) paintCall(brush, lanes, mapping, width, view.why.call, view.range);
  if (picture.hover !== null) paintRing(brush, picture, picture.hover, 1.5);
  if (picture.focus !== null) paintRing(brush, picture, picture.focus, 2);
}

function paintRing(brush: Brush, { lanes, mapping, camera }: Picture, page: number, width: number): void {
  const { y, h } = lanes.groups[0]!.pages;
  const w = Math.max(camera.px, 4) + 4;
  const x = xOf(mapping, page) + camera.px / 2 - w / 2;
  brush.box({ x, y: y - 3, w, h: h + 4 }, { stroke: 'accent', width, radius: 5 });
}
