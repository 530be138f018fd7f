// Which step is meant: by a line, by an edit, by "the next failure". Steps count from 1; 0 is the start image.
import { edited, linesBetween } from '../run/edit';
import type { Run, Steps } from '../run/model';

/** Tells whether a step failed: an errno or a signal. */
export const hasFailed = (steps: Steps, step: number): boolean =>
  steps.errno[step - 1] !== 0 || steps.signal[step - 1] !== 0;

/** Finds the nearest failed step after `step` (before it, if `direction` is -1); 0 if there is none. */
export function nextFailure(steps: Steps, step: number, direction: 1 | -1): number {
  for (let k = step + direction; k >= 1 && k <= steps.length; k += direction) if (hasFailed(steps, k)) return k;
  return 0;
}

/** Chooses what a person sees first of a run: where it failed, else how it ended. */
export const firstStep = (steps: Steps): number => nextFailure(steps, 0, 1) || steps.length;

/** First and last line of a step's call; null for a step that is not. */
export function linesOf({ source, steps }: Run, step: number): readonly [number, number] | null {
  const first = steps.line[step - 1];
  if (first === undefined) return null;
  return [first, first + linesBetween(source, steps.from[step - 1]!, steps.to[step - 1]!)];
}

/** Finds the step that a line stands for: its first failed one, else its last; 0 if it has none. */
export function stepOfLine(run: Run, line: number): number {
  const { steps } = run;
  let found = 0;
  let from = -1; // the call looked at last: a loop makes the same one again and again
  let fits = false;
  for (let step = 1; step <= steps.length; step++) {
    if (steps.from[step - 1] !== from) {
      from = steps.from[step - 1]!;
      fits = isOnLine(run, step, line);
    }
    if (!fits) continue;
    if (hasFailed(steps, step)) return step;
    found = step;
  }
  return found;
}

/** Tells whether a step's call stands on a line. */
export function isOnLine(run: Run, step: number, line: number): boolean {
  const lines = linesOf(run, step);
  return lines !== null && lines[0] <= line && line <= lines[1];
}

/** Keeps the same call selected over an edit: the same place in the text, the same time round. */
export function carryStep(old: Run, step: number, next: Run): number {
  const { length } = next.steps;
  if (step < 1 || step > old.steps.length) return firstStep(next.steps);
  const at = old.steps.from[step - 1]!;
  const change = edited(old.source, next.source);
  const moved = at < change.before ? at : at + change.after - change.before;
  let round = 0;
  for (let k = 1; k < step; k++) if (old.steps.from[k - 1] === at) round++;
  let found = 0;
  for (let k = 1; k <= length && round >= 0; k++) {
    if (next.steps.from[k - 1] !== moved) continue;
    found = k;
    round--;
  }
  return found || Math.min(step, length);
}

/** The step compared with stays the same call over an edit; `before` is null for a text that was opened. */
export function carryAgainst(before: Run | null, against: number | null, next: Run): number | null {
  if (against === null || against === 0) return against;
  return before ? carryStep(before, against, next) : Math.min(against, next.steps.length);
}

/** What a person asked for with a text. */
export interface Wish {
  /** The step that a link asks for. */
  readonly wished: number | null;
  /** The line that was typed in. */
  readonly editedLine: number | null;
}

/** What a new run's first selection depends on. */
export interface Selection extends Wish {
  /** What was selected before an edit; null for a text that was opened. */
  readonly before: { readonly run: Run; readonly step: number } | null;
}

// What chooseStep() selects, in this order:
//   a link asks for a step         that one
//   another text was opened        where it failed, else its end
//   the typed line has a step      the one that was selected if it is on that line, else the line's
//   an edit elsewhere              the same call as before
/** Chooses the step that a new run shows. */
export function chooseStep(next: Run, { wished, editedLine, before }: Selection): number {
  if (wished !== null) return Math.min(wished, next.steps.length);
  if (!before) return firstStep(next.steps);
  const carried = carryStep(before.run, before.step, next);
  if (editedLine === null || isOnLine(next, carried, editedLine)) return carried;
  return stepOfLine(next, editedLine) || carried;
}
