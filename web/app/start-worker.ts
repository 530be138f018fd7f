import wasmUrl from '../../build/core.wasm?url';
import { fetchCore, hasWebAssembly, instantiate } from '../core/boot';
import type { WorkerLike } from './client';
import type { Desk } from './desk';
import type { Answer, CoreMessage } from './protocol';

/** The compiled core: one for all workers of the page, and for the page's own thread. */
export const loadCore = (): Promise<WebAssembly.Module> => fetchCore(wasmUrl);

/** Starts a worker and hands it the core once that is there. Where it cannot be had, that is the worker's answer. */
export function startWorker(core: Promise<WebAssembly.Module>): WorkerLike {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  core.then(
    (module) => worker.postMessage({ kind: 'core', core: module } satisfies CoreMessage),
    (error: unknown) => {
      const message = hasWebAssembly() ? reason(error) : 'This browser has no WebAssembly.';
      worker.dispatchEvent(new MessageEvent('message', { data: { kind: 'no core', message } satisfies Answer }));
    },
  );
  return worker;
}

/** Opens the desk of the page's own thread. */
export async function startNearDesk(core: Promise<WebAssembly.Module>): Promise<Desk> {
  const [{ openNearDesk }, module] = await Promise.all([import('./near-desk'), core]);
  return openNearDesk(() => instantiate(module));
}

const reason = (error: unknown): string =>
  `The simulator could not be loaded: ${error instanceof Error ? error.message : String(error)}.`;
