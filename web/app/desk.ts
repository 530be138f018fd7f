// What a worker does with a request. It keeps the newest run and the last good one, each with a machine of its own.
import type { Kernel } from '../core/kernel';
import { callText, resultText } from '../run/call';
import { drawingOf } from '../run/draw';
import type { Run, StepView } from '../run/model';
import { run } from '../run/run';
import type { viewOf } from '../run/step';
import { Timeline } from '../run/timeline';
import { applied, trialOf, type Trial } from '../run/trial';
import type { Answer, Request, RunRequest, Showing, StepText, TryRequest } from './protocol';
import { carryAgainst, chooseStep } from './select';
import { spliceRuns } from './splice';

interface Kept {
  readonly id: number;
  readonly run: Run;
  readonly timeline: Timeline;
}

type View = typeof viewOf;

/**
 * Makes a desk that answers each request at once. `boot` makes a new machine; `words` gives what makes a view of a step,
 * which has to be there when a view is asked for.
 */
export function createDesk(boot: () => Kernel, words: () => View | null): (request: Request) => Answer {
  let newest: Kept | null = null;
  let good: Kept | null = null;
  const find = (id: number) => [newest, good].find((kept) => kept?.id === id) ?? null;

  let unused: Kernel | null = null; // two machines serve all runs: a boot takes 128 MiB

  function answerRun({ id, source, settings, showing }: RunRequest): Answer {
    const before = showing.step !== null && newest ? spliceRuns(newest.run, good?.run ?? null).run : null;
    const kernel: Kernel = (newest === good ? unused : newest?.timeline.kernel) ?? boot();
    const timeline = new Timeline(kernel);
    unused = null;
    newest = null;
    const made = run(source, settings, kernel, timeline.after);
    newest = { id, run: made, timeline };
    if (made.outcome.kind !== 'error') {
      unused = good?.timeline.kernel ?? null;
      good = newest;
    }
    return { kind: 'run', id, run: made, ...expected(newest, before, showing) };
  }

  /** What the page will show of a new run: it chooses the step by the same rules, and asks if it chose another one. */
  function expected(made: Kept, before: Run | null, { step, against, rows, ...wish }: Showing) {
    const view = words();
    const { run: shown, live } = spliceRuns(made.run, good?.run ?? null);
    const keptOf = (k: number) => (k > live ? good! : made);
    const chosen = chooseStep(shown, { ...wish, before: before && { run: before, step: step! } });
    return {
      view: view && viewIn(keptOf(chosen), chosen, carryAgainst(before, against, shown), view),
      texts: rows.filter((k) => k <= shown.steps.length).map((k) => textOf(keptOf(k), k)),
    };
  }

  /** Runs an edited text on the machine that no run needs; none is free while the text has an error. */
  function tryFix(kept: Kept, { step, fix }: TryRequest): Trial | null {
    if (newest !== good) return null;
    unused ??= boot();
    const { source, settings } = kept.run;
    const max_ms = Math.min(settings.max_ms, TRIAL_MS);
    return trialOf(kept.run, run(applied(source, fix), { ...settings, max_ms }, unused), step, fix);
  }

  return (request) => {
    const { kind, id } = request;
    if (kind === 'run') return answerRun(request);
    const kept = find(id);
    if (kind === 'view' || kind === 'near') {
      const { step, against } = request;
      const view = kept && viewIn(kept, step, against, words()!);
      return kind === 'near' ? { kind, id, view } : { kind, id, step, view };
    }
    if (kind === 'try') return { kind, id, trial: kept && tryFix(kept, request) };
    return {
      kind,
      id,
      texts: kept && request.steps.filter((step) => step <= kept.timeline.length).map((step) => textOf(kept, step)),
    };
  };
}

/** Milliseconds that a fix is tried for. */
const TRIAL_MS = 1_000;

function viewIn({ run: made, timeline }: Kept, step: number, against: number | null, view: View): StepView {
  const known = against !== null && against <= timeline.length ? against : null;
  return view(made, timeline.moment(Math.min(step, timeline.length), known));
}

function textOf({ run: { names }, timeline }: Kept, step: number): StepText {
  const call = timeline.call(step)!;
  return {
    step,
    call: callText(call, names, step),
    result: resultText(call),
    drawing: drawingOf(timeline.stateAt(step), names, step, call.pid),
  };
}
