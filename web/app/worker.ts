// The module worker: parses, runs, keeps the machine and answers what is asked of its steps.
import type { Answer, Request } from './protocol';
import { fakeRun, fakeText } from './fake';

const post = (answer: Answer): void => self.postMessage(answer);
self.addEventListener('message', ({ data }: MessageEvent<Request>) => {
  if (data.kind === 'run') post({ kind: 'run', id: data.id, run: fakeRun(data.source, data.settings) });
  else if (data.kind === 'texts') post({ kind: 'texts', id: data.id, texts: data.steps.map(fakeText) });
  else post({ kind: 'view', id: data.id, step: data.step, view: null });
});
