import { For, Show } from 'solid-js';
import { count } from '../../app/words';
import type { Spark } from './spark';

/** Units of height of the drawing; the top is the highest value. */
const HEIGHT = 100;

const heightOf = (spark: Spark, pages: number) => HEIGHT - (pages / spark.top) * HEIGHT;

interface SparkLineProps {
  spark: Spark;
  /** Units of width. */
  units: number;
  stale: boolean;
}

/** The line of locked_vm with the limit, and what failed calls asked for. */
export function SparkLine(props: SparkLineProps) {
  const y = (pages: number) => heightOf(props.spark, pages);
  const path = (points: readonly (readonly [number, number])[]) =>
    points.map(([x, pages], i) => `${i === 0 ? 'M' : 'L'}${x} ${y(pages)}`).join(' ');
  return (
    <div class="spark" classList={{ stale: props.stale }}>
      <svg viewBox={`0 0 ${props.units} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <path
          class="spark-area"
          d={`${path(props.spark.locked) || 'M0 100'} L${props.units} ${HEIGHT} L0 ${HEIGHT}Z`}
        />
        <path class="spark-line" d={path(props.spark.locked)} />
        <For each={props.spark.limits}>{(run) => <path class="spark-limit" d={path(run)} />}</For>
        <For each={props.spark.stems}>
          {(stem) => <path class="spark-stem" d={`M${stem.x} ${y(stem.from)} V${y(stem.to)}`} />}
        </For>
      </svg>
      <For each={props.spark.stems}>
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

/** What the heights of the line mean, in the margin left of it. */
export function SparkLabels(props: { spark: Spark; stale: boolean }) {
  const limit = () => props.spark.limit;
  const isOff = () => limit() > props.spark.top;
  return (
    <div class="spark-labels" classList={{ stale: props.stale }}>
      <Show when={Number.isFinite(limit())} fallback={<span class="top">no limit</span>}>
        <span
          class="limit"
          classList={{ top: isOff() }}
          style={isOff() ? {} : { top: `${Math.min(heightOf(props.spark, limit()), 68)}%` }}
        >
          limit {count(limit())}
          {isOff() ? ' ↑' : ''}
        </span>
      </Show>
      <span class="zero">locked 0</span>
      <span class="steps-label">steps</span>
    </div>
  );
}
