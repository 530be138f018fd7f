// Short runs are made on the page's own thread: their answer is there before the frame that shows the key, where a
// worker's comes after it. All else, and all that turns out to be long, is done by the worker.
import type { Steps } from '../run/model';
import type { WorkerLike } from './client';
import type { Bounds, Desk } from './desk';
import type { Answer, Request, RunRequest } from './protocol';
import type { Sent } from './wire';

/** What the page's own thread takes on at all. */
export const NEAR: Bounds = { source: 16 * 1024, ms: 40, steps: 2_000, vmas: 512 };
/** Milliseconds of a run after which the next one may be made here: a key is to be shown within a frame. */
export const SHORT = 12;
/** Milliseconds of a run after which its answer comes in a task of its own: no task is a long one. */
export const BRIEF = 4;

/**
 * Puts a desk of the page's own thread before each worker that `spawn` makes. `load` is called once, after the first
 * run; without it, or if the desk breaks, the workers do everything.
 */
export function nearFirst(spawn: () => WorkerLike, load: () => Promise<Desk>): () => WorkerLike {
  let desk: Desk | null = null;
  let isLoading = false;

  /** null: the desk does not take it on. */
  function atDesk(request: Request): Answer | null {
    try {
      return desk && desk(request);
    } catch {
      desk = null; // its machine may be half changed; what is wrong with the request the worker says
      return null;
    }
  }

  return () => {
    const far = spawn();
    const here = new Set<number>(); // runs that the desk has
    let isShort = false; // the newest run
    let newest: RunRequest | null = null;
    let isEnded = false;
    let known = {} as Steps; // of the worker's newest run: it posts the columns that are new

    /** Has the desk make the run that the worker made: who steps through it need not wait for messages. */
    function adopt() {
      if (newest && !isEnded && atDesk(newest)) here.add(newest.id);
    }

    const loadOnce = () => {
      if (isLoading) return;
      isLoading = true;
      load().then(
        (loaded) => {
          desk = loaded;
          adopt();
        },
        () => {}, // offline before it came
      );
    };

    function answer(data: Sent) {
      if (isEnded) return;
      if (data.kind === 'run') isShort = data.run.ms <= SHORT && data.run.steps.length <= NEAR.steps;
      near.onmessage?.({ data } as MessageEvent<Sent>);
    }

    far.onmessage = ({ data }) => {
      if (data.kind !== 'run') return answer(data);
      known = { ...known, ...data.run.steps };
      answer({ ...data, run: { ...data.run, steps: known } });
      loadOnce();
    };
    far.onerror = (event) => near.onerror?.(event);

    const near: WorkerLike = {
      onmessage: null,
      onerror: null,
      postMessage(request) {
        const isMine = request.kind === 'run' ? isShort : here.has(request.id);
        const made = isMine ? atDesk(request) : null;
        if (request.kind === 'run') {
          newest = request;
          if (made) here.add(request.id);
          else here.delete(request.id);
        }
        if (!made) far.postMessage(request);
        else if (made.kind === 'run' && made.run.ms > BRIEF) setTimeout(() => answer(made));
        else queueMicrotask(() => answer(made));
      },
      terminate() {
        isEnded = true;
        far.terminate();
      },
    };
    return near;
  };
}
