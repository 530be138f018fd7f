// What a worker does with a request. It keeps the newest run and the last good one, each with a machine of its own.
import type { Kernel } from '../core/kernel';
import { callText, resultText } from '../run/call';
import { drawingOf } from '../run/draw';
import type { Run, StepView } from '../run/model';
import { run } from '../run/run';
import type { viewOf } from '../run/step';
import { Timeline } from '../run/timeline';
import { applied, trialOf, type Trial } from '../run/trial';
import type { Answer, Request, RunRequest, StepText, TryRequest } from './protocol';

interface Kept {
  readonly id: number;
  readonly run: Run;
  readonly timeline: Timeline;
}

/** Makes a desk that answers each request at once. `boot` makes a new machine, `view` what is shown of a step. */
export function createDesk(boot: () => Kernel, view: typeof viewOf): (request: Request) => Answer {
  let newest: Kept | null = null;
  let good: Kept | null = null;
  const find = (id: number) => [newest, good].find((kept) => kept?.id === id) ?? null;

  let unused: Kernel | null = null; // two machines serve all runs: a boot takes 128 MiB

  function answerRun({ id, source, settings }: RunRequest): Answer {
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
    return { kind: 'run', id, run: made };
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
    if (kind === 'view') {
      const { step, against } = request;
      return { kind, id, step, view: kept && viewIn(kept, step, against, view) };
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

function viewIn({ run: made, timeline }: Kept, step: number, against: number | null, view: typeof viewOf): StepView {
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
