import { ensureCore } from '../../assembly/build.mjs';

/** Builds the core before the unit tests if a source is newer. */
export default async function setup(): Promise<void> {
  await ensureCore();
}
