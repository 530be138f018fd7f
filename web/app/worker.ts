// The module worker: parses, runs, keeps the machine and answers what is asked of its steps.
import wasmUrl from '../../build/core.wasm?url';
import { bootKernel, fetchCore } from '../core/boot';
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
  const core = await fetchCore(wasmUrl);
  const desk = createDesk(() => bootKernel(core));
  answer = (request) => {
    try {
      post(desk(request));
    } catch (error) {
      // Only our own mistakes end here: the machine may be half changed, so the page ends this worker.
      post({ kind: 'broken', message: `The simulator broke: ${String(error)}` });
    }
  };
  waiting.forEach((request) => answer(request));
}

serve().catch((error: unknown) => {
  const message = typeof WebAssembly === 'undefined' ? 'This browser has no WebAssembly.' : reason(error);
  self.postMessage({ kind: 'no core', message } satisfies Answer);
});

const reason = (error: unknown): string =>
  `The simulator could not be loaded: ${error instanceof Error ? error.message : String(error)}.`;
