// The module worker: parses, runs, keeps the machine and answers what is asked of its steps.
import wasmUrl from '../../build/core.wasm?url';
import { bootKernel, fetchCore, hasWebAssembly } from '../core/boot';
import { createDesk } from './desk';
import type { Answer, Request } from './protocol';
import { sendable } from './wire';

async function serve(): Promise<void> {
  const post = (answer: Answer) => {
    const { message, hand } = sendable(answer);
    self.postMessage(message, { transfer: hand });
  };
  const waiting: Request[] = [];
  let answer = (request: Request): void => void waiting.push(request); // until the core is there
  self.addEventListener('message', ({ data }: MessageEvent<Request>) => answer(data));
  const coming = import('./views'); // fetched beside the core; the first run does not wait for it
  let views: Awaited<typeof coming> | null = null;
  const core = await fetchCore(wasmUrl);
  const desk = createDesk(
    () => bootKernel(core),
    () => views,
  );
  answer = (request) => {
    if (request.kind !== 'run' && !views) {
      const ready = coming.then((module) => ((views = module), answer(request)));
      ready.catch((error: unknown) => post({ kind: 'broken', message: reason(error) }));
      return;
    }
    try {
      post(desk(request)!); // nothing is beyond its bounds: it has none
    } catch (error) {
      // Only our own mistakes end here: the machine may be half changed, so the page ends this worker.
      post({ kind: 'broken', message: `The simulator broke: ${String(error)}` });
    }
  };
  waiting.forEach((request) => answer(request));
}

serve().catch((error: unknown) => {
  const message = hasWebAssembly() ? reason(error) : 'This browser has no WebAssembly.';
  self.postMessage({ kind: 'no core', message } satisfies Answer);
});

const reason = (error: unknown): string =>
  `The simulator could not be loaded: ${error instanceof Error ? error.message : String(error)}.`;
