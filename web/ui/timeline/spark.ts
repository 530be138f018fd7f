// The line of locked_vm over the columns of the timeline: paths in units of width and pages of height.
import type { Steps } from '../../run/model';
import { extentOf, type Column } from './columns';

/** A failed lock call that asked for more: a stem from what is locked to what it asked for. */
export interface Stem {
  readonly step: number;
  readonly x: number;
  readonly from: number;
  readonly to: number;
}

/** What the sparkline draws; y counts pages from the bottom, up to `top`. */
export interface Spark {
  readonly top: number;
  readonly locked: readonly (readonly [x: number, y: number])[];
  /** The limit where it applies and is within the picture: runs of [x, y]. */
  readonly limits: readonly (readonly (readonly [x: number, y: number])[])[];
  readonly stems: readonly Stem[];
  /** The limit after the last step; Infinity where none applies. */
  readonly limit: number;
}

/** Points that one block of folded steps gets. */
const SAMPLES = 60;
const CAP_IPC_LOCK = 1;

/** Computes the sparkline of a layout. */
export function sparkOf(steps: Steps, columns: readonly Column[]): Spark {
  const locked: (readonly [number, number])[] = [];
  const stems: Stem[] = [];
  const limitAt: (readonly [number, number, number])[] = [];
  let highest = 0;
  for (const column of columns) {
    const every = Math.max(1, Math.ceil((column.last - column.first + 1) / SAMPLES));
    for (let step = column.first; step <= column.last; step++) {
      const i = step - 1;
      const asked = steps.asked[i]!;
      const [left, right] = extentOf(column, step);
      highest = Math.max(highest, steps.locked_vm[i]!, asked);
      if (asked > 0 && stems.length < 500)
        stems.push({ step, x: (left + right) / 2, from: steps.locked_vm[i]!, to: asked });
      if ((step - column.first) % every !== 0 && step !== column.last) continue;
      const x1 =
        column.at +
        (column.size * Math.min(step - column.first + every, column.last - column.first + 1)) /
          (column.last - column.first + 1);
      const before = locked.at(-1);
      locked.push([before?.[0] ?? 0, steps.locked_vm[i]!], [x1, steps.locked_vm[i]!]);
      limitAt.push([limitAt.at(-1)?.[1] ?? 0, x1, limitOf(steps, step)]);
    }
  }
  const finite = limitAt.map(([, , y]) => y).filter((y) => y <= Math.max(highest, 1) * 4);
  const top = Math.max(highest, ...finite, 4) * 1.15;
  return { top, locked, limits: limitRuns(limitAt, top), stems, limit: limitAt.at(-1)?.[2] ?? Infinity };
}

const limitOf = (steps: Steps, step: number): number =>
  steps.caps[step - 1]! & CAP_IPC_LOCK ? Infinity : steps.limit[step - 1]!;

function limitRuns(limits: readonly (readonly [number, number, number])[], top: number): [number, number][][] {
  const runs: [number, number][][] = [];
  let run: [number, number][] = [];
  for (const [x0, x1, y] of limits) {
    if (y > top) {
      if (run.length > 0) runs.push(run);
      run = [];
      continue;
    }
    run.push([x0, y], [x1, y]);
  }
  return run.length > 0 ? [...runs, run] : runs;
}
