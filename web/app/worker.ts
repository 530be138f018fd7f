// The module worker: parses, runs, keeps the machine and answers what is asked of its steps.
import { instantiate } from '../core/boot';
import { Kernel } from '../core/kernel';
import { createDesk } from './desk';
import type { Answer, CoreMessage, Request } from './protocol';
import type { Steps } from '../run/model';
import { newColumns, sendable } from './wire';

const coming = import('./views'); // fetched beside the core; the first run does not wait for it
let answer = (request: Request): void => void waiting.push(request); // until the core is there
const waiting: Request[] = [];

self.addEventListener('message', ({ data }: MessageEvent<CoreMessage | Request>) =>
  data.kind === 'core' ? serve(data.core) : answer(data),
);

function serve(core: WebAssembly.Module): void {
  let views: Awaited<typeof coming> | null = null;
  const desk = createDesk(
    () => new Kernel(instantiate(core)),
    () => views,
  );
  answer = (request) => {
    if (request.kind !== 'run' && !views) {
      const ready = coming.then((module) => ((views = module), answer(request)));
      ready.catch((error: unknown) =>
        post({ kind: 'broken', message: `The simulator could not be loaded: ${error}.` }),
      );
      return;
    }
    try {
      post(desk(request)!); // nothing is beyond its bounds: it has none
    } catch (error) {
      // Only our own mistakes end here: the machine may be half changed, so the page ends this worker.
      post({ kind: 'broken', message: `The simulator broke: ${error}` });
    }
  };
  post({ kind: 'ready' });
  waiting.forEach((request) => answer(request));
}

let known: Partial<Steps> = {}; // the columns that the page has

function post(answer: Answer): void {
  const { message, hand } = sendable(answer);
  if (message.kind === 'run') {
    const { run } = message;
    self.postMessage({ ...message, run: { ...run, steps: newColumns(run.steps, known) } }, { transfer: hand });
    known = run.steps;
  } else self.postMessage(message, { transfer: hand });
}
