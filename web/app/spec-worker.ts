// The module worker of the Spec tab. It starts when the tab is opened and ends when it is closed.
import wasmUrl from '../../build/core.wasm?url';
import { fetchCore, instantiate } from '../core/boot';
import { Kernel } from '../core/kernel';
import { createSpecDesk } from './spec-desk';
import type { SpecAnswer, SpecRequest } from './spec-protocol';

const post = (answer: SpecAnswer): void => self.postMessage(answer);
const desk = fetchCore(wasmUrl).then((core) => createSpecDesk(() => new Kernel(instantiate(core))));

self.addEventListener('message', ({ data }: MessageEvent<SpecRequest>) => {
  desk
    .then((answer) => answer(data))
    .then(post)
    .catch((error: unknown) => post({ kind: 'broken', message: `The check broke off: ${String(error)}` }));
});
