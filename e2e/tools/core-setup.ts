import { ensureCore } from '../../assembly/build.mjs';

/**
 * Builds the core before the unit tests if a source is newer. Where it does not compile the tests that need no core
 * still tell something, so they run, perhaps others against an older core; the run as a whole has failed all the same.
 */
export default async function setup(): Promise<() => void> {
  try {
    await ensureCore();
    return () => {};
  } catch (error) {
    const complain = (): void => {
      console.error(`\nTHE CORE IS NOT OF THIS SOURCE: ${(error as Error).message}`);
      process.exitCode = 1;
    };
    complain();
    return complain;
  }
}
