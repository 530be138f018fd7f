// The line of locked_vm over the columns of the timeline: paths in units of width and pages of height.
// A column with more steps than pixels is drawn by the lowest and the highest value of each pixel.
import { CAPS_IPC_LOCK } from '../../../assembly/abi/cap';
import type { Steps } from '../../run/model';
import { extentOf, type Column } from './columns';

/** A failed lock call that asked for more: a stem from what is locked to what it asked for. */
export interface Stem {
  readonly step: number;
  readonly x: number;
  readonly from: number;
  readonly to: number;
  /** Failed steps that this one stands for: those of the same few pixels. */
  readonly count: number;
}

/** What the sparkline draws; y counts pages from the bottom, up to `top`. */
export interface Spark {
  readonly top: number;
  /** x0, y0, x1, y1, ... */
  readonly locked: Float64Array;
  /** The limit where it applies and is within the picture: runs of x, y, x, y, ... */
  readonly limits: readonly (readonly number[])[];
  readonly stems: readonly Stem[];
}

/** Pixels that the sign of a failed call is wide. */
const SIGN = 14;

/** Computes the sparkline of a layout; `unit` is the width of one unit in pixels. */
export function sparkOf(steps: Steps, columns: readonly Column[], unit: number): Spark {
  const highest = highestOf(steps);
  const near = Math.max(highest, 1) * 4; // a limit beyond that would flatten the line
  let nearest = 0;
  for (let step = 1; step <= steps.length; step++) {
    const limit = limitOf(steps, step);
    if (limit <= near && limit > nearest) nearest = limit;
  }
  const top = Math.max(highest, nearest, 4) * 1.15;
  return {
    top,
    locked: Float64Array.from(columns.flatMap((column) => pointsOf(steps, column, unit))),
    limits: limitRuns(steps, columns, unit, top),
    stems: stemsOf(steps, columns, SIGN / Math.max(unit, 1)),
  };
}

/** The limit of a step's caller in pages; Infinity where none applies. */
export const limitOf = (steps: Steps, step: number): number =>
  steps.caps[step - 1]! & CAPS_IPC_LOCK ? Infinity : (steps.limit[step - 1] ?? Infinity);

function highestOf({ length, locked_vm, asked }: Steps): number {
  let highest = 0;
  for (let i = 0; i < length; i++) highest = Math.max(highest, locked_vm[i]!, asked[i]!);
  return highest;
}

/** Bins of a column: as many as it has pixels, never more than steps. */
const binsIn = ({ first, last, size }: Column, unit: number): number =>
  Math.max(1, Math.min(last - first + 1, Math.round(size * unit)));

function pointsOf({ locked_vm }: Steps, column: Column, unit: number): number[] {
  const { first, last, at, size } = column;
  const n = last - first + 1;
  const bins = binsIn(column, unit);
  const points: number[] = [];
  let step = first;
  let y = locked_vm[first - 1]!;
  for (let bin = 0; bin < bins; bin++) {
    const end = first + Math.floor(((bin + 1) * n) / bins); // the first step of the next bin
    let low = Infinity;
    let high = -Infinity;
    for (; step < end; step++) {
      low = Math.min(low, locked_vm[step - 1]!);
      high = Math.max(high, locked_vm[step - 1]!);
    }
    const x = at + (size * bin) / bins;
    // From where the line is to the other end; steps of a pixel each need no corner between them.
    const isUp = y - low <= high - y;
    points.push(x, isUp ? low : high);
    if (low < high) points.push(x, isUp ? high : low);
    y = n > bins && bin < bins - 1 ? (isUp ? high : low) : locked_vm[end - 2]!;
    if (n === bins || bin === bins - 1) points.push(at + (size * (bin + 1)) / bins, y);
  }
  return points;
}

function limitRuns(steps: Steps, columns: readonly Column[], unit: number, top: number): number[][] {
  const runs: number[][] = [];
  let run: number[] = [];
  for (const column of columns) {
    const { first, last, at, size } = column;
    const bins = binsIn(column, unit);
    for (let bin = 0; bin < bins; bin++) {
      const step = first + Math.floor(((bin + 1) * (last - first + 1)) / bins) - 1;
      const y = limitOf(steps, step);
      if (y > top) {
        if (run.length > 0) runs.push(run);
        run = [];
        continue;
      }
      const x1 = at + (size * (bin + 1)) / bins;
      if (run.at(-1) === y) run[run.length - 2] = x1;
      else run.push(at + (size * bin) / bins, y, x1, y);
    }
  }
  return run.length > 0 ? [...runs, run] : runs;
}

/** One stem for the failed calls of each sign's width: the one that asked for most. */
function stemsOf(steps: Steps, columns: readonly Column[], apart: number): Stem[] {
  const stems: Stem[] = [];
  for (const column of columns) {
    for (let step = column.first; step <= column.last; step++) {
      const to = steps.asked[step - 1]!;
      if (to === 0) continue;
      const [left, right] = extentOf(column, step);
      const stem = { step, x: (left + right) / 2, from: steps.locked_vm[step - 1]!, to, count: 1 };
      const last = stems.at(-1);
      if (!last || stem.x - last.x >= apart) stems.push(stem);
      else stems[stems.length - 1] = { ...(to > last.to ? { ...stem, x: last.x } : last), count: last.count + 1 };
    }
  }
  return stems;
}
