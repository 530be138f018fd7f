// The desk of the page's own thread. It comes after the first result, which the worker makes.
import wasmUrl from '../../build/core.wasm?url';
import { bootKernel, fetchCore } from '../core/boot';
import { createDesk, type Desk } from './desk';
import { NEAR } from './near';
import * as views from './views';

/** Fetches the core (the browser has it) and opens a desk for short runs. */
export async function openNearDesk(): Promise<Desk> {
  const core = await fetchCore(wasmUrl);
  return createDesk(
    () => bootKernel(core),
    () => views,
    NEAR,
  );
}
