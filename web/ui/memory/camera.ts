import { createComputed, createSignal, on, untrack, type Accessor } from 'solid-js';
import * as axis from './axis';
import type { Axis, Camera, Mapping } from './axis';
import type { Scene } from './scene';

/** What moves the picture. */
export interface CameraActions {
  /** Shows what the step changed. */
  fit(): void;
  zoom(factor: number, x?: number): void;
  zoomAll(): void;
  pan(dx: number): void;
  /** Puts a page to the left edge; the scale stays. */
  place(page: number): void;
  /** Fills the picture with the pages [from, to). */
  show(from: number, to: number): void;
  /** Brings pages into view without changing the scale. */
  reveal(from: number, to: number): void;
}

interface Look {
  readonly camera: Camera;
  /** The picture chose it, not the person. */
  readonly fitted: boolean;
}

const START: Look = { camera: { page: 0, x: 0, px: 1 }, fitted: true };

/** Owns where the picture looks. Stepping leaves it where it is, unless the change would be out of view. */
export function createCamera(
  scene: Accessor<Scene | null>,
  width: Accessor<number>,
): { camera: Accessor<Camera>; actions: CameraActions } {
  const [look, setLook] = createSignal<Look>(START);
  let last: { axis: Axis; width: number } | null = null;

  createComputed(
    on([scene, width], ([now, w]) => {
      if (!now || w <= 0) return;
      const next = nextLook(untrack(look), last, now, w);
      last = { axis: now.axis, width: w };
      setLook(next);
    }),
  );

  const by = (change: (axis: Axis, w: number, camera: Camera) => Camera, fitted = false): void => {
    const now = scene();
    if (now && width() > 0) setLook({ camera: change(now.axis, width(), look().camera), fitted });
  };
  const actions: CameraActions = {
    fit: () => by((a, w) => fitted(a, w, scene()?.target ?? null), true),
    zoom: (factor, x) => by((a, w, camera) => axis.zoomed(a, w, camera, x ?? w / 2, factor)),
    zoomAll: () => by(axis.cameraOverAll),
    pan: (dx) => by((a, w, camera) => axis.panned(a, w, camera, dx)),
    show: (from, to) => by((a, w) => axis.cameraOver(a, w, from, to, axis.MAX_PX)),
    place: (page) => by((a, w, camera) => axis.panned(a, w, { ...camera, page, x: 0 }, 0)),
    reveal: (from, to) => by((a, w, camera) => axis.revealed(a, w, camera, from, to), look().fitted),
  };
  return { camera: () => look().camera, actions };
}

const fitted = (a: Axis, w: number, target: Scene['target']): Camera =>
  target ? axis.fit(a, w, target[0], target[1]) : axis.cameraOverAll(a, w);

// Where the picture looks after a step, in the order asked:
//   first step, or another width after a fit     fit
//   nothing changed                              stay
//   the change is out of view                    fit
//   it is in view, but without letters by a fit  fit
//   else                                         stay
function nextLook(look: Look, last: { axis: Axis; width: number } | null, scene: Scene, w: number): Look {
  const { target } = scene;
  const fit: Look = { camera: fitted(scene.axis, w, target), fitted: true };
  if (!last || (last.width !== w && look.fitted)) return fit;
  const camera = last.axis === scene.axis ? look.camera : anchored(last, scene, look.camera, w);
  if (scene.spans.length === 0) return { ...look, camera };
  const mapping = axis.mappingOf(scene.axis, camera, w);
  if (!scene.spans.some((span) => shows(mapping, w, span))) return fit;
  if (look.fitted && camera.px < axis.LETTER_PX && fit.camera.px >= axis.LETTER_PX) return fit;
  return { ...look, camera };
}

/** True when at least half of the pages is in view, or half of the view is filled by them. */
function shows(mapping: Mapping, w: number, [from, to]: readonly [number, number]): boolean {
  const [left, right] = [axis.xOf(mapping, from), axis.xOf(mapping, to)];
  const seen = Math.min(right, w) - Math.max(left, 0);
  return seen >= Math.min((right - left) / 2, w / 2) && seen > 0;
}

/** Hangs the camera on a page that both axes have, so that nothing moves where areas come and go. */
function anchored(
  last: { axis: Axis; width: number },
  { axis: next, target }: Scene,
  camera: Camera,
  w: number,
): Camera {
  const old = axis.mappingOf(last.axis, camera, last.width);
  const center = Math.floor(axis.pageAt(old, w / 2));
  const near = axis.lastAtMost(next.starts, center);
  const candidates = [
    ...(target ? [target[0], target[1] - 1] : []),
    center,
    ...[near, near + 1].flatMap((i) => (i in next.starts ? [next.starts[i]!, next.ends[i]! - 1] : [])),
  ];
  const page = candidates.find((p) => {
    const x = axis.xOf(old, p);
    return isMapped(last.axis, p) && isMapped(next, p) && x > -w && x < 2 * w;
  });
  return page === undefined ? camera : { ...camera, page, x: axis.xOf(old, page) };
}

function isMapped({ starts, ends }: Axis, page: number): boolean {
  const i = axis.lastAtMost(starts, page);
  return i >= 0 && page < ends[i]!;
}
