// What a worker does with a request. It keeps the newest run and the last good one, each with a machine of its own.
import type { Kernel } from '../core/kernel';
import type { Run, Settings } from '../run/model';
import { make, run } from '../run/run';
import { Timeline } from '../run/timeline';
import { applied, trialOf, type Trial } from '../run/trial';
import type { Answer, Request, RunRequest, TryRequest } from './protocol';
import type { Kept } from './views';

type Views = typeof import('./views');

/** The longest text, the most milliseconds and steps of a run and the most VMAs in its end that a desk takes on. */
export interface Bounds {
  readonly source: number;
  readonly ms: number;
  readonly steps: number;
  readonly vmas: number;
}

/** Answers a request at once; null if it is beyond the desk's bounds. */
export type Desk = (request: Request) => Answer | null;

const UNBOUNDED: Bounds = { source: Infinity, ms: Infinity, steps: Infinity, vmas: Infinity };

/**
 * Makes a desk. `boot` makes a new machine; `views` gives what is shown of steps, which has to be there for any request
 * but runs and trials.
 */
export function createDesk(boot: () => Kernel, views: () => Views | null, bounds = UNBOUNDED): Desk {
  let newest: Kept | null = null;
  let good: Kept | null = null;
  const find = (id: number) => [newest, good].find((kept) => kept?.id === id) ?? null;

  let unused: Kernel | null = null; // two machines serve all runs: a boot takes 128 MiB

  function answerRun({ id, source, settings, showing }: RunRequest): Answer | null {
    if (source.length > bounds.source) return null;
    const shown = { newest: find(showing.runs.newest), good: find(showing.runs.good) };
    const old = shown.newest && { newest: shown.newest.run, good: shown.good?.run ?? null };
    unused ??= newest === good ? null : (newest?.timeline.kernel ?? null);
    const kept = takenOver(id, source, settings) ?? madeAnew(id, source, settings, unused ?? boot());
    if (!kept) return null;
    const ahead = views()?.expected({ newest: kept, good: shown.good }, old, showing) ?? { view: null, texts: [] };
    return { kind: 'run', id, run: kept.run, ...ahead };
  }

  /** The last good run, if that is what the text still does. */
  function takenOver(id: number, source: string, settings: Settings): Kept | null {
    const made = good && views()?.takeOver(good.made, source, settings);
    if (!made) return null;
    return (newest = good = { id, run: made.run, made, timeline: good!.timeline });
  }

  /** null if the run is beyond the bounds; then there is no newest one. */
  function madeAnew(id: number, source: string, settings: Settings, kernel: Kernel): Kept | null {
    const timeline = new Timeline(kernel);
    unused = null;
    newest = null;
    const made = make(source, capped(settings), kernel, timeline.after);
    if (isBeyond(made.run, settings)) {
      unused = kernel;
      return null;
    }
    const run = { ...made.run, settings };
    newest = { id, run, made: { ...made, run }, timeline };
    if (run.outcome.kind === 'error') return newest;
    unused = good?.timeline.kernel ?? null;
    return (good = newest);
  }

  const capped = (settings: Settings): Settings => ({
    ...settings,
    max_ms: Math.min(settings.max_ms, bounds.ms),
    max_steps: Math.min(settings.max_steps, bounds.steps),
  });

  /** A run with capped settings is not what it is with the whole ones. */
  function isBeyond({ outcome, steps }: Run, { max_ms, max_steps }: Settings): boolean {
    const limit = outcome.kind === 'limit' ? outcome.limit : null;
    const isCut = (limit === 'time' && max_ms > bounds.ms) || (limit === 'steps' && max_steps > bounds.steps);
    return isCut || (steps.map_count.at(-1) ?? 0) > bounds.vmas;
  }

  /** Runs an edited text on the machine that no run needs; none is free while the text has an error. */
  function tryFix(kept: Kept, { step, fix }: TryRequest): Trial | null {
    if (newest !== good) return null;
    unused ??= boot();
    const { source } = kept.run;
    const settings = { ...kept.run.settings, max_ms: Math.min(kept.run.settings.max_ms, TRIAL_MS) };
    const tried = run(applied(source, fix), capped(settings), unused);
    return isBeyond(tried, settings) ? null : trialOf(kept.run, tried, step, fix);
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
