import { createEffect, createMemo, createSignal, on, type Accessor } from 'solid-js';
import type { PanelProps } from '../props';
import { mappingOf, pageAt, pageNumber, xOf, type Mapping } from './axis';
import { stripOf } from './strip';
import { callSpan } from './call-span';
import { createCamera, type CameraActions } from './camera';
import { vmaAt } from './cells';
import { lanesOf, spotAt, type Lanes } from './lanes';
import type { PictureLink } from './link';
import type { Picture, Ring } from './paint';
import { contains, neighbour, nextVma, sceneOf, type Scene } from './scene';
import { pageTip, type Around } from './sentences';
import { isOverCall, tipAt, type PlacedTip } from './pointed';
import { twinsOf } from './shared';

/** What keys from anywhere on the page can ask the picture for. */
export interface SpaceActions {
  fit(): void;
  zoomIn(): void;
  zoomOut(): void;
  zoomAll(): void;
  nextVma(direction: 1 | -1): void;
}

/** So near, a press takes hold of an edge of the strip's window. */
const EDGE = 5;

/** Everything that the picture shows, computed from the step, the width and the camera. */
export interface PictureModel {
  readonly scene: Accessor<Scene | null>;
  /** Chooses the processes that are shown beside the calling one. */
  chooseProcesses(pids: readonly number[]): void;
  readonly lanes: Accessor<Lanes>;
  readonly picture: Accessor<Picture | null>;
  readonly mapping: Accessor<Mapping | null>;
  readonly camera: CameraActions;
  readonly focus: Accessor<number | null>;
  /** x of the focus while it is in view: zooming by keys keeps it in place. */
  focusX(): number | undefined;
  readonly hoverTip: Accessor<PlacedTip | null>;
  readonly focusTip: Accessor<PlacedTip | null>;
  hover(place: { x: number; y: number } | null): void;
  setFocus(page: number | null): void;
  /** Moves the focus by mapped pages. */
  moveFocus(pages: number): void;
  /** Moves the focus to the next changed run; false at the end. */
  nextChange(direction: 1 | -1): boolean;
  nextVma(direction: 1 | -1): void;
  /** Takes hold of the window of the overview strip at x: of an edge, or of all of it. */
  grab(x: number): void;
  drag(x: number): void;
  cursorAt(x: number, y: number): string;
}

/** Makes the model of the picture. */
export function createPictureModel(
  panel: PanelProps,
  width: Accessor<number>,
  link: PictureLink,
  scroll: Accessor<number>,
): PictureModel {
  const [chosen, chooseProcesses] = createSignal<readonly number[] | null>(null);
  const scene = createMemo(() => {
    const view = panel.view();
    return view && sceneOf(view, panel.names(), chosen());
  });
  const lanes = createMemo(() => lanesOf(scene()?.groups.length ?? 1, panel.width()));
  const { camera, actions } = createCamera(scene, width);
  const mapping = createMemo(() => {
    const now = scene();
    return now && width() > 0 ? mappingOf(now.axis, camera(), width()) : null;
  });
  const strip = createMemo(() => stripOf(scene()?.groups[0]?.after?.vmas ?? [], width()));
  const window = createMemo<[number, number]>(() => {
    const now = mapping();
    return now ? [xOf(strip(), pageAt(now, 0)), xOf(strip(), pageAt(now, width()))] : [0, 0];
  });
  const [place, setPlace] = createSignal<{ x: number; y: number } | null>(null);
  const [focus, setFocus] = [link.page, link.choose];

  const around = (page: number, i = 0): Around | null => {
    const now = scene();
    const group = now?.groups[i];
    if (!now || !group?.after) return null;
    const { before, after } = group;
    const { after: state, against } = now.view;
    const twins = twinsOf(state.processes, group.pid, page);
    const changed = i === 0 && contains(now.changed, page);
    return { before, after, against, files: state.files, names: now.names, changed, twins };
  };
  const hoverPage = createMemo(() => {
    const [at, map] = [place(), mapping()];
    if (!at || !map) return null;
    const spot = spotAt(lanes(), at.y, scroll());
    if (spot.lane !== 'pages') return null;
    const page = Math.floor(pageAt(map, at.x));
    const after = scene()?.groups[spot.group]?.after;
    return after && vmaAt(after.vmas, page) ? { group: spot.group, page } : null;
  });
  const previewed = createMemo<Ring | null>(() => {
    const [step, now, run] = [panel.preview.step(), scene(), panel.run()];
    if (step === null || !now || !run || step === now.view.step) return null;
    const group = now.groups.findIndex(({ pid }) => pid === run.steps.pid[step - 1]);
    const span = group < 0 ? null : callSpan(run.names, step, panel.callText(step));
    return span && { group, span, look: 'preview' };
  });
  createEffect(
    on(
      () => isOverCall(place(), scene(), mapping(), lanes(), scroll()),
      function previewOwnStep(isOver) {
        panel.preview.show(isOver ? (scene()?.view.step ?? null) : null);
      },
      { defer: true },
    ),
  );
  const rings = createMemo<readonly Ring[]>(() => {
    const [now, hovered, pointed, page, coming] = [scene(), hoverPage(), link.pointed(), focus(), previewed()];
    if (!now) return [];
    const groupOf = (pid: number): number => now.groups.findIndex((group) => group.pid === pid);
    const of = (group: number, from: number, look: Ring['look']): Ring => ({ group, span: [from, from + 1], look });
    const about = hovered ?? (page === null ? null : { group: 0, page });
    const twins = about
      ? twinsOf(now.view.after.processes, now.groups[about.group]?.pid ?? 0, about.page)
          .map(({ pid, page: there }) => of(groupOf(pid), there, 'twin'))
          .filter(({ group }) => group >= 0)
      : [];
    return [
      ...(coming ? [coming] : []),
      ...twins,
      ...(pointed?.spans ?? []).map((span) => ({ group: groupOf(pointed!.pid), span, look: 'hover' }) as const),
      ...(hovered ? [of(hovered.group, hovered.page, 'hover')] : []),
      ...(page === null ? [] : [of(0, page, 'focus')]),
    ];
  });

  const focusTip = createMemo<PlacedTip | null>(() => {
    const [page, map] = [focus(), mapping()];
    const facts = page === null ? null : around(page);
    if (page === null || !map || !facts) return null;
    const lane = lanes().groups[0]!.pages;
    const x = xOf(map, page);
    return { tip: pageTip(page, facts), x, y: lane.y + lane.h + 3, inView: x > -1 && x < width() };
  });

  const picture = createMemo<Picture | null>(() => {
    const [now, map] = [scene(), mapping()];
    if (!now || !map) return null;
    return {
      scene: now,
      lanes: lanes(),
      camera: camera(),
      mapping: map,
      strip: strip(),
      window: window(),
      width: width(),
      rings: rings(),
      scroll: scroll(),
      fresh: 1,
    };
  });

  createEffect(
    on(
      link.page,
      function revealChosen(page) {
        if (page !== null) actions.reveal(page, page + 1);
      },
      { defer: true },
    ),
  );

  let held: { readonly edge: 'left' | 'right' | 'all'; readonly offset: number } = { edge: 'all', offset: 0 };
  const edgeAt = (x: number): 'left' | 'right' | null => {
    const [left, right] = window();
    if (right - left >= width() - 1) return null;
    if (Math.abs(x - left) <= EDGE) return 'left';
    return Math.abs(x - right) <= EDGE ? 'right' : null;
  };
  const drag = (x: number): void => {
    const [left, right] = window();
    if (held.edge === 'left') actions.show(pageAt(strip(), Math.min(x, right - 2)), pageAt(strip(), right));
    else if (held.edge === 'right') actions.show(pageAt(strip(), left), pageAt(strip(), Math.max(x, left + 2)));
    else actions.place(pageAt(strip(), Math.max(0, Math.min(x, width())) - held.offset));
  };

  const focusOn = (page: number): void => {
    setFocus(page);
    actions.reveal(page, page + 1);
  };
  return {
    scene,
    chooseProcesses,
    lanes,
    picture,
    mapping,
    camera: actions,
    focus,
    focusX: () => {
      const tip = focusTip();
      return tip?.inView ? tip.x : undefined;
    },
    focusTip,
    hoverTip: createMemo(() => tipAt(place(), scene(), mapping(), lanes(), scroll(), around)),
    hover: setPlace,
    setFocus,
    moveFocus(pages) {
      const [page, now] = [focus(), scene()];
      if (page !== null && now) focusOn(stepped(now, page, pages));
    },
    nextChange(direction) {
      const [page, now] = [focus(), scene()];
      const next = page === null || !now ? null : neighbour(now.changed, page, direction);
      if (next !== null) focusOn(next);
      return next !== null;
    },
    nextVma(direction) {
      const now = scene();
      const page = focus() ?? (mapping() ? pageAt(mapping()!, width() / 2) : 0);
      const vma = nextVma(now?.groups[0]?.after?.vmas ?? [], page, direction);
      if (!vma) return;
      const start = pageNumber(vma.vm_start);
      if (focus() !== null) setFocus(start);
      actions.reveal(start, pageNumber(vma.vm_end));
    },
    grab(x) {
      const [left, right] = window();
      const edge = edgeAt(x);
      const inside = x >= left && x <= right;
      held = { edge: edge ?? 'all', offset: inside ? x - left : (right - left) / 2 };
      drag(x);
    },
    drag,
    cursorAt(x, y) {
      if (spotAt(lanes(), y, scroll()).lane !== 'strip') return '';
      return edgeAt(x) ? 'ew-resize' : 'grab';
    },
  };
}

/** Goes on by pages; a folded gap is one step. */
function stepped({ axis }: Scene, page: number, pages: number): number {
  const next = page + pages;
  for (let i = 0; i < axis.starts.length; i++) {
    const [start, end] = [axis.starts[i]!, axis.ends[i]!];
    if (next < start) return pages > 0 || i === 0 ? start : axis.ends[i - 1]! - 1;
    if (next < end) return next;
  }
  return (axis.ends.at(-1) ?? 1) - 1;
}
