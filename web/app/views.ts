// What is shown of the steps of a run, and what spares making one. The first run does not wait for this part of the
// worker.
import { callText, resultText } from '../run/call';
import { drawingOf } from '../run/draw';
import type { Run, StepView } from '../run/model';
import type { Made } from '../run/run';
import { takeOver } from '../run/take-over';
import { viewOf } from '../run/step';
import type { Timeline } from '../run/timeline';
import type { Showing, StepText } from './protocol';
import { carryAgainst, chooseStep } from './select';
import { spliceRuns } from './splice';

export { takeOver };

/** A run whose states can be looked at. */
export interface Kept {
  readonly id: number;
  readonly run: Run;
  /** `run`, with what can be taken over. */
  readonly made: Made;
  readonly timeline: Timeline;
}

/** The newest run, and the last one whose text had no error. */
export interface RunPair<R> {
  readonly newest: R;
  readonly good: R | null;
}

/** The state of a step, or of the last one. `against` beyond the end counts as none. */
export function viewIn({ run, timeline }: Kept, step: number, against: number | null): StepView {
  const known = against !== null && against <= timeline.length ? against : null;
  return viewOf(run, timeline.moment(Math.min(step, timeline.length), known));
}

/** What the log says of a step. */
export function textOf({ run: { names }, timeline }: Kept, step: number): StepText {
  const call = timeline.call(step)!;
  return {
    step,
    call: callText(call, names, step),
    result: resultText(call),
    drawing: drawingOf(timeline.stateAt(step), names, step, call.pid),
  };
}

/**
 * What the page will show of a new run: it chooses the step by the same rules, and asks if it chose another one. `old`
 * are the runs that it shows until then; null for a text that was opened.
 */
export function expected(
  { newest, good }: RunPair<Kept>,
  old: RunPair<Run> | null,
  { step, against, rows, ...wish }: Showing,
): { readonly view: StepView; readonly texts: readonly StepText[] } {
  const { run: shown, live } = spliceRuns(newest.run, good?.run ?? null);
  const keptOf = (k: number) => (k > live ? good! : newest);
  const before = old && step !== null ? { run: spliceRuns(old.newest, old.good).run, step } : null;
  const chosen = chooseStep(shown, { ...wish, before });
  return {
    view: viewIn(keptOf(chosen), chosen, carryAgainst(before && before.run, against, shown)),
    texts: rows.filter((k) => k <= shown.steps.length).map((k) => textOf(keptOf(k), k)),
  };
}
