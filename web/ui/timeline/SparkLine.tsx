import { createMemo, For, Show } from 'solid-js';
import { count } from '../../app/words';
import type { Steps } from '../../run/model';
import type { Column } from './columns';
import { sparkOf } from './spark';

/** Units of height of the drawing; the top is the highest value. */
const HEIGHT = 100;

/** The line of locked_vm with the limit, and what failed calls asked for. */
export function SparkLine(props: { steps: Steps; columns: readonly Column[]; units: number; live: number }) {
  const spark = createMemo(() => sparkOf(props.steps, props.columns));
  const y = (pages: number) => HEIGHT - (pages / spark().top) * HEIGHT;
  const path = (points: readonly (readonly [number, number])[]) =>
    points.map(([x, pages], i) => `${i === 0 ? 'M' : 'L'}${x} ${y(pages)}`).join(' ');
  const limit = () => spark().limit;
  const isOff = () => limit() > spark().top;
  return (
    <div class="spark" classList={{ stale: props.live < props.steps.length }}>
      <Show
        when={Number.isFinite(limit())}
        fallback={<span class="spark-label top">{props.steps.length > 0 ? 'no limit' : ''}</span>}
      >
        <span
          class="spark-label limit"
          classList={{ top: isOff() }}
          style={isOff() ? {} : { top: `${Math.min(y(limit()), 68)}%` }}
        >
          limit {count(limit())}
          {isOff() ? ' ↑' : ''}
        </span>
      </Show>
      <span class="spark-label zero">locked 0</span>
      <svg viewBox={`0 0 ${props.units} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <path class="spark-area" d={`${path(spark().locked)} L${props.units} ${HEIGHT} L0 ${HEIGHT}Z`} />
        <path class="spark-line" d={path(spark().locked)} />
        <For each={spark().limits}>{(run) => <path class="spark-limit" d={path(run)} />}</For>
        <For each={spark().stems}>
          {(stem) => <path class="spark-stem" d={`M${stem.x} ${y(stem.from)} V${y(stem.to)}`} />}
        </For>
      </svg>
      <For each={spark().stems}>
        {(stem) => (
          <span
            class="spark-cross"
            aria-hidden="true"
            title={`step ${stem.step} asked for ${count(stem.to)}`}
            style={{ left: `${(stem.x / props.units) * 100}%`, top: `${y(stem.to)}%` }}
          >
            ✕
          </span>
        )}
      </For>
    </div>
  );
}
