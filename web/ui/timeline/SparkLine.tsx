import { createMemo, For, Show } from 'solid-js';
import { count } from '../../app/words';
import type { Spark, Stem } from './spark';

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
  const path = (points: ArrayLike<number>) => {
    let text = '';
    for (let i = 0; i < points.length; i += 2)
      text += `${i === 0 ? 'M' : 'L'}${round(points[i]!)} ${round(y(points[i + 1]!))}`;
    return text;
  };
  const line = createMemo(() => path(props.spark.locked));
  return (
    <div class="spark" classList={{ stale: props.stale }}>
      <svg viewBox={`0 0 ${props.units} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <path class="spark-area" d={`${line() || 'M0 100'}L${props.units} ${HEIGHT}L0 ${HEIGHT}Z`} />
        <path class="spark-line" d={line()} />
        <For each={props.spark.limits}>{(run) => <path class="spark-limit" d={path(run)} />}</For>
        <For each={props.spark.stems}>
          {(stem) => <path class="spark-stem" d={`M${stem.x} ${y(stem.from)}V${y(stem.to)}`} />}
        </For>
      </svg>
      <For each={props.spark.stems}>
        {(stem) => (
          <span
            class="spark-cross"
            aria-hidden="true"
            title={stemText(stem)}
            style={{ left: `${(stem.x / props.units) * 100}%`, top: `${y(stem.to)}%` }}
          >
            ✕
          </span>
        )}
      </For>
    </div>
  );
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

const stemText = ({ step, to, count: n }: Stem): string =>
  n === 1 ? `step ${count(step)} asked for ${count(to)}` : `${count(n)} failures here, up to ${count(to)} asked for`;

interface SparkLabelsProps {
  spark: Spark;
  /** The limit at the selected step; Infinity where none applies. */
  limit: number;
  stale: boolean;
}

/** What the heights of the line mean, in the margin left of it. */
export function SparkLabels(props: SparkLabelsProps) {
  const isOff = () => props.limit > props.spark.top;
  return (
    <div class="spark-labels" classList={{ stale: props.stale }}>
      <Show when={Number.isFinite(props.limit)} fallback={<span class="top">no limit</span>}>
        <span
          class="limit"
          classList={{ top: isOff() }}
          style={isOff() ? {} : { top: `${Math.min(heightOf(props.spark, props.limit), 68)}%` }}
        >
          limit {count(props.limit)}
          {isOff() ? ' ↑' : ''}
        </span>
      </Show>
      <span class="zero">locked 0</span>
      <span class="steps-label">steps</span>
    </div>
  );
}
