// What a worker does with a request. It keeps the newest run and the last good one, each with a machine of its own.
import type { Kernel } from '../core/kernel';
import type { Run, Settings } from '../run/model';
import { make, run } from '../run/run';
import { Timeline } from '../run/timeline';
import { applied, trialOf, type Trial } from '../run/trial';
import type { Answer, Request, RunRequest, TryRequest } from './protocol';
import type { Kept } from './views';

type Views = typeof import('./views');

/** The longest text, the most milliseconds of a run and the most VMAs in its end that a desk takes on. */
export interface Bounds {
  readonly source: number;
  readonly ms: number;
  readonly vmas: number;
}

/** Answers a request at once; null if it is beyond the desk's bounds. */
export type Desk = (request: Request) => Answer | null;

const UNBOUNDED: Bounds = { source: Infinity, ms: Infinity, vmas: Infinity };

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
    const max_ms = Math.min(settings.max_ms, bounds.ms);
    const made = make(source, { ...settings, max_ms }, kernel, timeline.after);
    if (isBeyond(made.run, settings.max_ms)) {
      unused = kernel;
      return null;
    }
    const run = { ...made.run, settings };
    newest = { id, run, made: { ...made, run }, timeline };
    if (run.outcome.kind === 'error') return newest;
    unused = good?.timeline.kernel ?? null;
    return (good = newest);
  }

  /** `max_ms` is what the run may have taken at a desk without bounds. */
  function isBeyond({ outcome, steps }: Run, max_ms: number): boolean {
    const isCut = outcome.kind === 'limit' && outcome.limit === 'time' && max_ms > bounds.ms;
    return isCut || (steps.map_count.at(-1) ?? 0) > bounds.vmas;
  }

  /** Runs an edited text on the machine that no run needs; none is free while the text has an error. */
  function tryFix(kept: Kept, { step, fix }: TryRequest): Trial | null {
    if (newest !== good) return null;
    unused ??= boot();
    const { source, settings } = kept.run;
    const max_ms = Math.min(settings.max_ms, TRIAL_MS, bounds.ms);
    const tried = run(applied(source, fix), { ...settings, max_ms }, unused);
    return isBeyond(tried, TRIAL_MS) ? null : trialOf(kept.run, tried, step, fix);
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
