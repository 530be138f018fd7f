// The core on disk, for programs that run in Node.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileCore, instantiate } from '../core/boot';
import { Kernel } from '../core/kernel';
import { projectFolder } from './folder';

/** Makes a machine from build/core.wasm. */
export function nodeKernel(): Kernel {
  return new Kernel(instantiate(compileCore(readFileSync(join(projectFolder(), 'build', 'core.wasm')))));
}
