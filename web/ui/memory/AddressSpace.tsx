import { createEffect, createMemo, createSignal, For, onCleanup, onMount, Show, type JSX } from 'solid-js';
import { count, plural } from '../../app/words';
import type { PanelProps } from '../props';
import { pageAt } from './axis';
import { createPainter, createWidth } from './canvas';
import type { Lanes } from './lanes';
import { Legend } from './Legend';
import { paint } from './paint';
import { createPictureModel, type SpaceActions } from './picture';
import { answerKey } from './picture-keys';
import { listenToPointer } from './pointer';
import { tipText } from './sentences';
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
  // eslint-disable-next-line solid/reactivity -- the panel's accessors never change
  const panel = props.panel;
  const model = createPictureModel(panel, width);
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
      const picture = model.picture();
      return picture
        ? (brush) => {
            brush.ctx.clearRect(0, 0, width() + 2 * BLEED, height() + BLEED);
            brush.ctx.translate(BLEED, 0);
            paint(brush, picture);
          }
        : null;
    },
  );

  const actions: SpaceActions = {
    fit: () => model.camera.fit(),
    zoomIn: () => model.camera.zoom(ZOOM),
    zoomOut: () => model.camera.zoom(1 / ZOOM),
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
      jump: (x) => model.jump(x),
      press: (x, y) => {
        const mapping = model.mapping();
        const pages = model.lanes().groups[0]!.pages;
        if (mapping && y >= pages.y) model.setFocus(Math.floor(pageAt(mapping, x)));
      },
      hover: (place) => {
        setTipsClosed(false);
        model.hover(place);
      },
      isStrip: (y) => y < model.lanes().wedge.y + 4,
    });
    onCleanup(stop);
  });

  const hoverTip = createDelayed(model.hoverTip);
  const [focused, setFocused] = createSignal(false);
  const placed = () => (tipsClosed() ? null : (hoverTip() ?? (focused() ? model.focusTip() : null)));
  createEffect(function openTipsOnMove() {
    model.focus();
    setTipsClosed(false);
  });
  const onFocus = () => {
    setFocused(true);
    const scene = model.scene();
    const mapping = model.mapping();
    if (model.focus() !== null || !scene || !mapping) return;
    model.setFocus(scene.changed.starts[0] ?? Math.max(scene.axis.starts[0] ?? 0, Math.ceil(pageAt(mapping, 0))));
  };
  const ended = () => {
    const after = model.scene()?.groups[0]?.after;
    return after && after.life !== 'running' ? 'The process has ended. Its memory is gone.' : '';
  };
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
        <span class="grow" />
        {props.head}
        <Show when={panel.width() !== 'wide'}>
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
      <div class="space-body" style={{ '--gutter': `${gutter()}px`, height: `${height()}px` }}>
        <Labels lanes={model.lanes()} pids={model.scene()?.groups.map(({ pid }) => pid) ?? []} />
        <div
          class="space-stage"
          ref={setStage}
          data-keys
          tabindex="0"
          role="slider"
          aria-label="Page of the address space"
          aria-orientation="horizontal"
          aria-valuemin={0}
          aria-valuemax={Math.max(0, (model.scene()?.axis.nr_pages ?? 1) - 1)}
          aria-valuenow={valueNow(model.focus(), model.scene()?.axis)}
          aria-valuetext={model.focusTip() ? tipText(model.focusTip()!.tip) : 'No page is chosen.'}
          onFocus={onFocus}
          onBlur={() => setFocused(false)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setTipsClosed(true);
            else if (answerKey(event, model, actions)) event.preventDefault();
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
      <Show when={panel.width() === 'wide' || legendOpen()}>
        <Legend />
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

/** Names of the lanes in the gutter. */
function Labels(props: { lanes: Lanes; pids: readonly number[] }) {
  const labels = () => {
    const { strip, ruler, call, groups } = props.lanes;
    const rows: [string, { y: number; h: number }][] = [
      ['all', strip],
      ['page', ruler],
      ['call', call],
    ];
    groups.forEach(({ head, before, after, pages }, i) => {
      if (head) rows.push([`process ${props.pids[i] ?? ''}`, head]);
      rows.push(['before', before], ['after', after], ['pages', pages]);
    });
    return rows;
  };
  return (
    <div class="space-labels" aria-hidden="true">
      <For each={labels()}>{([name, { y, h }]) => <span style={{ top: `${y}px`, height: `${h}px` }}>{name}</span>}</For>
    </div>
  );
}
