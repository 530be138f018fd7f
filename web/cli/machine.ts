// The core on disk, for programs that run in Node.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootKernel, fetchCore } from '../core/boot';
import type { Kernel } from '../core/kernel';
import { projectFolder } from './folder';

/** Makes a machine from build/core.wasm. */
export async function nodeKernel(): Promise<Kernel> {
  const core = readFileSync(join(projectFolder(), 'build', 'core.wasm'));
  return bootKernel(await fetchCore(`data:application/wasm;base64,${core.toString('base64')}`));
}
