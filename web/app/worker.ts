// The module worker: parses, runs, keeps the machine and answers what is asked of its steps.
import wasmUrl from '../../build/core.wasm?url';
import { bootKernel, fetchCore } from '../core/boot';
import { run } from '../run/run';
import type { Answer, Request } from './protocol';

const post = (answer: Answer): void => self.postMessage(answer);
const core = fetchCore(wasmUrl);
self.addEventListener('message', ({ data }: MessageEvent<Request>) => {
  void core.then((module) => {
    if (data.kind === 'run')
      post({ kind: 'run', id: data.id, run: run(data.source, data.settings, bootKernel(module)) });
    else if (data.kind === 'texts') post({ kind: 'texts', id: data.id, texts: [] });
    else post({ kind: 'view', id: data.id, step: data.step, view: null });
  });
});
