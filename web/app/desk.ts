// What a worker does with a request. It keeps the newest run and the last good one, each with a machine of its own.
import type { Kernel } from '../core/kernel';
import { run } from '../run/run';
import { Timeline } from '../run/timeline';
import { applied, trialOf, type Trial } from '../run/trial';
import type { Answer, Request, RunRequest, TryRequest } from './protocol';
import type { Kept } from './views';

type Views = typeof import('./views');

/**
 * Makes a desk that answers each request at once. `boot` makes a new machine; `views` gives what is shown of steps,
 * which has to be there for any request but runs and trials.
 */
export function createDesk(boot: () => Kernel, views: () => Views | null): (request: Request) => Answer {
  let newest: Kept | null = null;
  let good: Kept | null = null;
  const find = (id: number) => [newest, good].find((kept) => kept?.id === id) ?? null;

  let unused: Kernel | null = null; // two machines serve all runs: a boot takes 128 MiB

  function answerRun({ id, source, settings, showing }: RunRequest): Answer {
    const old = newest && { newest: newest.run, good: good?.run ?? null };
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
    const ahead = views()?.expected({ newest, good }, old, showing) ?? { view: null, texts: [] };
    return { kind: 'run', id, run: made, ...ahead };
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
    if (kind === 'try') return { kind, id, trial: kept && tryFix(kept, request) };
    const { viewIn, textOf } = views()!;
    if (kind === 'view' || kind === 'near') {
      const { step, against } = request;
      const view = kept && viewIn(kept, step, against);
      return kind === 'near' ? { kind, id, view } : { kind, id, step, view };
    }
    const steps = kept && request.steps.filter((step) => step <= kept.timeline.length);
    return { kind, id, texts: steps && steps.map((step) => textOf(kept!, step)) };
  };
}

/** Milliseconds that a fix is tried for. */
const TRIAL_MS = 1_000;
