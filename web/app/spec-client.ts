// The page's end of the worker of the Spec tab: one request under way, and of each kind only the newest waiting.
import type { SpecAnswer, SpecRequest } from './spec-protocol';

/** The part of Worker that is used, so that a test can stand in for it. */
export interface SpecWorker {
  postMessage(message: SpecRequest): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<SpecAnswer>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** Milliseconds that a request may take before its worker is ended. */
export const SPEC_PATIENCE = 30_000;

/** The page's end of the worker. */
export interface SpecClient {
  /** Asks; null where a newer request of its kind overtook it. 'broken' where the worker did not answer. */
  ask(request: SpecRequest): Promise<SpecAnswer | null>;
  /** Ends the worker; who waits gets null. The next request starts another. */
  end(): void;
}

interface Waiting {
  readonly request: SpecRequest;
  readonly answer: (answer: SpecAnswer | null) => void;
}

/** Makes a client; the worker starts with the first request. */
export function createSpecClient(spawn: () => SpecWorker): SpecClient {
  let worker: SpecWorker | null = null;
  let current: Waiting | null = null;
  let waiting: readonly Waiting[] = [];
  let alarm: ReturnType<typeof setTimeout> | undefined;

  function start(): SpecWorker {
    const made = spawn();
    made.onmessage = ({ data }) => (data.kind === 'broken' ? broken(data.message) : answered(data));
    made.onerror = (event) => broken(event.message || 'The check could not be loaded.');
    return made;
  }

  function stop() {
    clearTimeout(alarm);
    worker?.terminate();
    worker = null;
  }

  function answered(answer: SpecAnswer) {
    clearTimeout(alarm);
    const done = current;
    current = null;
    done?.answer(answer);
    next();
  }

  function broken(message: string) {
    stop();
    answered({ kind: 'broken', message });
  }

  function next() {
    const [first, ...rest] = waiting;
    if (current || !first) return;
    waiting = rest;
    current = first;
    worker ??= start();
    alarm = setTimeout(() => broken('The check took too long and was ended.'), SPEC_PATIENCE);
    worker.postMessage(first.request);
  }

  return {
    ask: (request) =>
      new Promise((answer) => {
        const [overtaken, rest] = [same(waiting, request), waiting.filter((one) => one.request.kind !== request.kind)];
        overtaken.forEach((one) => one.answer(null));
        waiting = [...rest, { request, answer }];
        next();
      }),
    end() {
      stop();
      [...(current ? [current] : []), ...waiting].forEach((one) => one.answer(null));
      current = null;
      waiting = [];
    },
  };
}

const same = (waiting: readonly Waiting[], { kind }: SpecRequest): readonly Waiting[] =>
  waiting.filter(({ request }) => request.kind === kind);
