import { createEffect, createMemo, createSignal, onCleanup, onMount, Show, untrack, type JSX } from 'solid-js';
import { count, plural } from '../../app/words';
import { focusPanel } from '../panels';
import type { PanelProps } from '../props';
import { pageAt } from './axis';
import { createPainter, createWidth } from './canvas';
import { LaneLabels } from './LaneLabels';
import { useLink } from './link';
import { createFresh } from './motion';
import { Legend } from './Legend';
import { paint } from './paint';
import { goneText, ProcessChooser } from './ProcessChooser';
import { createPictureModel, type SpaceActions } from './picture';
import { answerKey } from './picture-keys';
import { listenToPointer } from './pointer';
import { fullText } from './sentences';
import { createDelayed, TipBox } from './TipBox';
import { Twin } from './Twin';
import './memory.css';

const ZOOM = 1.4;
/** The canvas reaches so far over the lanes, for outlines and pointers. */
const BLEED = 3;

/** The address space before and after the step: one x axis from the overview to the pages. */
export function AddressSpace(props: {
  panel: PanelProps;
  /** Stands in the head, left of the controls. */
  head?: JSX.Element;
  actions?: (actions: SpaceActions) => void;
}) {
  const [canvas, setCanvas] = createSignal<HTMLCanvasElement>();
  const [stage, setStage] = createSignal<HTMLDivElement>();
  const [legendOpen, setLegendOpen] = createSignal(false);
  const [tipsClosed, setTipsClosed] = createSignal(false);
  const width = createWidth(stage);
  const panel = untrack(() => props.panel); // its accessors never change
  const link = useLink();
  const [scroll, setScroll] = createSignal(0);
  const model = createPictureModel(panel, width, link, scroll);
  const fresh = createFresh(panel.view);
  const gutter = () => (panel.width() === 'wide' ? 58 : 50);
  const height = () => model.lanes().height + BLEED;

  createPainter(
    {
      element: canvas,
      width: () => width() + 2 * BLEED,
      height: () => height() + BLEED,
      stale: panel.stale,
    },
    () => {
      const [picture, shown] = [model.picture(), fresh()];
      return picture
        ? (brush) => {
            brush.ctx.clearRect(0, 0, width() + 2 * BLEED, height() + BLEED);
            brush.ctx.translate(BLEED, 0);
            paint(brush, { ...picture, fresh: shown });
          }
        : null;
    },
  );

  const actions: SpaceActions = {
    fit: () => model.camera.fit(),
    zoomIn: () => model.camera.zoom(ZOOM, model.focusX()),
    zoomOut: () => model.camera.zoom(1 / ZOOM, model.focusX()),
    zoomAll: () => model.camera.zoomAll(),
    nextVma: (direction) => model.nextVma(direction),
  };
  onMount(() => {
    props.actions?.(actions);
    const element = stage();
    if (!element) return;
    const stop = listenToPointer(element, {
      zoom: (factor, x) => model.camera.zoom(factor, x),
      pan: (dx) => model.camera.pan(dx),
      grab: (x) => model.grab(x),
      drag: (x) => model.drag(x),
      cursorAt: (x, y) => model.cursorAt(x, y),
      press: (x, y) => {
        const mapping = model.mapping();
        const pages = model.lanes().groups[0]!.pages;
        if (mapping && y - scroll() >= model.lanes().top && y >= pages.y)
          model.setFocus(Math.floor(pageAt(mapping, x)));
      },
      hover: (place) => {
        setTipsClosed(false);
        model.hover(place);
      },
      isStrip: (y) => y - scroll() < model.lanes().wedge.y + 4,
    });
    onCleanup(stop);
    onCleanup(() => panel.preview.show(null));
  });

  const hoverTip = createDelayed(model.hoverTip);
  const [focused, setFocused] = createSignal(false);
  const placed = () => (tipsClosed() ? null : (hoverTip() ?? (focused() ? model.focusTip() : null)));
  const isTipOpen = () => placed()?.inView ?? false;
  createEffect(function openTipsOnMove() {
    model.focus();
    setTipsClosed(false);
  });
  const closeTip = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !isTipOpen()) return;
    setTipsClosed(true);
    event.preventDefault();
  };
  onMount(() => document.addEventListener('keydown', closeTip));
  onCleanup(() => document.removeEventListener('keydown', closeTip));
  /** Tab goes from change to change here: Escape is the short way out. */
  const leave = (element: HTMLElement) => {
    focusPanel(-1);
    if (document.activeElement === element) element.blur();
  };
  const onFocus = () => {
    setFocused(true);
    setTipsClosed(false);
    const scene = model.scene();
    const mapping = model.mapping();
    if (model.focus() !== null || !scene || !mapping) return;
    model.setFocus(scene.changed.starts[0] ?? Math.max(scene.axis.starts[0] ?? 0, Math.ceil(pageAt(mapping, 0))));
  };
  const ended = () => {
    const after = model.scene()?.groups[0]?.after;
    return after && after.life !== 'running' ? 'The process has ended. Its memory is gone.' : '';
  };
  const laneNames = (): readonly [before: string, after: string] => {
    const view = panel.view();
    return view && view.against !== null
      ? [`step ${count(view.against)}`, `step ${count(view.step)}`]
      : ['before', 'after'];
  };
  const gone = createMemo(() => {
    const caller = model.scene()?.groups[0]?.pid;
    const processes = panel.view()?.after.processes ?? [];
    return goneText(processes.filter(({ pid, life }) => life !== 'running' && pid !== caller));
  });
  const isMany = () => (model.scene()?.groups.length ?? 1) > 1;
  const summary = createMemo(() => {
    const after = model.scene()?.groups[0]?.after;
    if (!after) return '';
    const { total_vm, locked_vm } = after.counters;
    return `${plural(after.vmas.length, 'VMA')}, ${plural(total_vm, 'page')}, ${locked_vm === 0 ? 'none' : count(locked_vm)} locked`;
  });

  return (
    <section class="space" aria-label="Address space">
      <div class="panel-head">
        <h2>Address space</h2>
        <span class="dim num">{summary()}</span>
        <Show when={gone()}>
          <span class="dim space-gone" title={gone()}>
            {gone()}
          </span>
        </Show>
        <span class="grow" />
        {props.head}
        <ProcessChooser model={model} />
        <Show when={panel.width() !== 'wide' || isMany()}>
          <button class="button quiet small" aria-expanded={legendOpen()} onClick={() => setLegendOpen(!legendOpen())}>
            Legend
          </button>
        </Show>
        <button class="button quiet small" onClick={actions.fit}>
          Fit <kbd>F</kbd>
        </button>
        <button class="icon-button" aria-label="Zoom out" onClick={actions.zoomOut}>
          −
        </button>
        <button class="icon-button" aria-label="Zoom in" onClick={actions.zoomIn}>
          +
        </button>
      </div>
      <div
        class="space-scroll"
        classList={{ many: isMany() }}
        onScroll={(event) => setScroll(event.currentTarget.scrollTop)}
      >
        <div class="space-body" style={{ '--gutter': `${gutter()}px`, height: `${height()}px` }}>
          <LaneLabels
            lanes={model.lanes()}
            pids={model.scene()?.groups.map(({ pid }) => pid) ?? []}
            scroll={scroll()}
            names={laneNames()}
          />
          <div
            class="space-stage"
            ref={setStage}
            data-keys
            data-escape={isTipOpen() ? '' : undefined}
            tabindex="0"
            role="slider"
            aria-label="Page of the address space"
            aria-orientation="horizontal"
            aria-valuemin={0}
            aria-valuemax={Math.max(0, (model.scene()?.axis.nr_pages ?? 1) - 1)}
            aria-valuenow={valueNow(model.focus(), model.scene()?.axis)}
            aria-valuetext={model.focusTip() ? fullText(model.focusTip()!.tip) : 'No page is chosen.'}
            onFocus={onFocus}
            onBlur={() => setFocused(false)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') {
                if (isTipOpen()) return;
                event.preventDefault();
                leave(event.currentTarget);
              } else if (answerKey(event, model, actions)) event.preventDefault();
            }}
          >
            <canvas
              ref={setCanvas}
              aria-hidden="true"
              style={{ width: `${width() + 2 * BLEED}px`, height: `${height() + BLEED}px`, left: `${-BLEED}px` }}
            />
          </div>
          <Show when={ended()}>
            <p class="space-ended">{ended()}</p>
          </Show>
          <TipBox placed={placed()} gutter={gutter()} room={width()} />
        </div>
      </div>
      <Show when={(panel.width() === 'wide' && !isMany()) || legendOpen()}>
        <Legend against={panel.compared()} />
      </Show>
      <Twin model={model} />
    </section>
  );
}

/** Column of a page, for the slider's value. */
function valueNow(
  page: number | null,
  axis?: { starts: Float64Array; ends: Float64Array; before: Float64Array },
): number {
  if (page === null || !axis) return 0;
  const i = axis.ends.findIndex((end) => page < end);
  return i < 0 ? 0 : axis.before[i]! + Math.max(0, page - axis.starts[i]!);
}
