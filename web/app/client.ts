// The page's end of the worker: one request under way, and of each kind only the newest waiting.
import type { Run, Settings, StepView } from '../run/model';
import type { Answer, AskRequest, Request, RunRequest, Showing, StepText } from './protocol';
import { received, type Sent } from './wire';

/** What the client tells the page. */
export interface ClientEvents {
  /** `view` and `texts` are of the step and the rows that the run was asked with; null if a view has to be asked for. */
  onRun(id: number, run: Run, view: StepView | null, texts: readonly StepText[]): void;
  onView(id: number, step: number, view: StepView): void;
  /** A step that near() asked for. */
  onNear(id: number, view: StepView): void;
  onTexts(id: number, texts: readonly StepText[]): void;
  /** The worker was ended and a new one stands by: it did not answer, or it broke. */
  onTrouble(message: string): void;
  /** The simulator cannot be had here; nothing will be answered. */
  onNoCore(message: string): void;
  /** Nothing is under way and nothing waits that somebody waits for. */
  onSettled(): void;
}

/** The part of Worker that is used, so that a test can stand in for it. */
export interface WorkerLike {
  postMessage(message: Request): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<Sent>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** What a question is answered with. */
export type Asked = Extract<Answer, { readonly kind: AskRequest['kind'] }>;

/** Milliseconds that a worker may be silent beyond its own budget before it is ended. */
export const PATIENCE = 2_000;
/** Milliseconds that a worker may take to be loaded. */
export const LOADING = 60_000;
/** Milliseconds after which a run that a newer edit has overtaken is not waited for. */
export const OVERTAKEN = 250;

/** The page's end of the worker. */
export interface Client {
  /** Runs a text; a newer call overtakes an older one. Returns the id that names the run from now on. */
  run(source: string, settings: Settings, showing: Showing): number;
  /** Asks for the state of a step, against that of another one; only the newest wish is answered. */
  view(id: number, step: number, against?: number | null): void;
  /** Asks for the state of a step that may be selected next, once nothing else waits. */
  near(id: number, step: number, against: number | null): void;
  /** Asks for rows of the log; only the newest wish is answered. `quiet`: as near(). */
  texts(id: number, steps: readonly number[], quiet: boolean): void;
  /** Asks a question of its own; null if it was overtaken by one of its kind, or by a run. */
  ask(request: AskRequest): Promise<Asked | null>;
  end(): void;
}

const ORDER: readonly Request['kind'][] = ['run', 'view', 'texts', 'log', 'try', 'near'];
const isQuiet = (request: Request): boolean => request.kind === 'near' || (request.kind === 'texts' && request.quiet);
const turnOf = (request: Request): number => ORDER.indexOf(request.kind) + (isQuiet(request) ? ORDER.length : 0);

/** Calls back when the page has nothing better to do. */
export type WhenIdle = (call: () => void) => void;

/** Starts a worker and keeps one alive. `spawn` makes a new one. */
export function createClient(spawn: () => WorkerLike, events: ClientEvents, whenIdle: WhenIdle): Client {
  let last = 0;
  let wishes: readonly Request[] = [];
  let current: Request | null = null;
  let since = 0;
  let alarm: ReturnType<typeof setTimeout> | undefined;
  let known: readonly RunRequest[] = []; // the newest run and the last good one: a new worker can make them again
  const asked = new Map<Request, (answer: Asked | null) => void>();
  let redone: Request | null = null; // asked before, and its run made again for it
  let isGone = false;
  let isUp = false; // the worker has said that it is ready
  let isSettled = false;
  let awaitsIdle = false;
  let worker = start();

  function start(): WorkerLike {
    const made = spawn();
    isUp = false;
    made.onmessage = ({ data }) => answered(received(data));
    made.onerror = (event) => {
      const message = event.message || 'The simulator could not be loaded.';
      if (isUp) trouble(message);
      else giveUp(message); // the next one would do the same
    };
    return made;
  }

  function restart() {
    clearTimeout(alarm);
    worker.terminate();
    current = null;
    worker = start();
  }

  function trouble(message: string) {
    restart();
    wishes = wishes.filter(({ kind }) => kind === 'run');
    giveUpQuestions();
    events.onTrouble(message);
    next();
  }

  function giveUp(message: string) {
    clearTimeout(alarm);
    worker.terminate();
    isGone = true;
    current = null;
    events.onNoCore(message);
    next();
  }

  /** Answers the questions that nobody will answer any more. */
  function giveUpQuestions() {
    for (const [request, answer] of asked) {
      if (request === current || wishes.includes(request)) continue;
      asked.delete(request);
      answer(null);
    }
  }

  function send(request: Request) {
    current = request;
    since = performance.now();
    setAlarm();
    worker.postMessage(request);
  }

  function setAlarm() {
    clearTimeout(alarm);
    if (!current) return;
    const budget = current.kind === 'run' ? current.settings.max_ms : 0;
    const most = isUp ? budget + PATIENCE : LOADING;
    alarm = setTimeout(() => trouble('The simulator did not answer and was started anew.'), most);
  }

  function next(isIdle = false) {
    if (current) return;
    if (isGone) {
      wishes = [];
      giveUpQuestions();
    }
    const request = wishes[0];
    if (!isSettled && (!request || isQuiet(request))) {
      isSettled = true;
      events.onSettled();
    }
    if (!request) return;
    if (isQuiet(request) && !isIdle) return waitForIdle();
    wishes = wishes.slice(1);
    send(request);
  }

  function waitForIdle() {
    if (awaitsIdle) return;
    awaitsIdle = true;
    whenIdle(() => {
      awaitsIdle = false;
      next(true);
    });
  }

  /** Puts a wish in its place (runs first, then views, then texts) instead of an older one of its kind. */
  function want(request: Request) {
    if (!isQuiet(request)) isSettled = false;
    const rest = request.kind === 'run' ? [] : wishes.filter(({ kind }) => kind !== request.kind);
    wishes = [...rest, request].sort((a, b) => turnOf(a) - turnOf(b));
    giveUpQuestions();
    next();
  }

  function answered(answer: Answer) {
    if (answer.kind === 'broken') return trouble(answer.message);
    if (answer.kind === 'no core') return giveUp(answer.message);
    if (answer.kind === 'ready') {
      isUp = true;
      since = performance.now();
      return setAlarm();
    }
    clearTimeout(alarm);
    const request = current;
    current = null;
    if (request) deliver(answer, request);
    next();
  }

  function deliver(answer: Exclude<Answer, { kind: 'ready' | 'broken' | 'no core' }>, request: Request) {
    if (answer.kind === 'run') {
      if (request.kind !== 'run' || request.id !== last || known.includes(request)) return; // overtaken, or made again
      const isGood = answer.run.outcome.kind !== 'error';
      known = isGood ? [request] : [request, ...known.slice(-1)];
      events.onRun(answer.id, answer.run, answer.view, answer.texts);
    } else if (answer.kind === 'log' || answer.kind === 'try') {
      asked.get(request)?.(answer);
      asked.delete(request);
    } else if (answer.kind === 'near') {
      if (answer.view) events.onNear(answer.id, answer.view);
    } else if (answer.kind === 'view' ? answer.view === null : answer.texts === null) {
      doAgain(request);
    } else if (answer.kind === 'view') {
      events.onView(answer.id, answer.step, answer.view!);
    } else {
      events.onTexts(answer.id, answer.texts!);
    }
  }

  /** A new worker does not know the runs of the old one: the run is made again, then the question asked again. */
  function doAgain(request: Request) {
    const run = known.find(({ id }) => id === request.id);
    if (!run || redone === request || wishes[0]?.kind === 'run') return;
    redone = request;
    wishes = [run, ...(wishes.some(({ kind }) => kind === request.kind) ? [] : [request]), ...wishes];
  }

  return {
    run(source, settings, showing) {
      const overtaken = isUp && current?.kind === 'run' && performance.now() - since > OVERTAKEN;
      if (overtaken) restart();
      want({ kind: 'run', id: ++last, source, settings, showing });
      return last;
    },
    view: (id, step, against = null) => want({ kind: 'view', id, step, against }),
    near: (id, step, against) => want({ kind: 'near', id, step, against }),
    texts: (id, steps, quiet) => want({ kind: 'texts', id, steps, quiet }),
    ask: (request) =>
      new Promise((resolve) => {
        asked.set(request, resolve);
        want(request);
      }),
    end() {
      clearTimeout(alarm);
      worker.terminate();
    },
  };
}
