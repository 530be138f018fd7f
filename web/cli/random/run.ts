// `npm run conformance -- --random [AREA...] [FIRST-LAST]`: plays random scenarios on both sides.
import type { Kernel } from '../../core/kernel';
import type { RealKernel } from '../real-kernel';
import type { SwapArea } from '../swap-area';
import { AREAS } from './areas';
import { difference } from './play';
import { randomScenario } from './scenario';

/** Plays the scenarios that the words ask for; gives how many differ, or null for words that it does not know. */
export function playRandom(
  words: readonly string[],
  kernel: Kernel,
  real: RealKernel,
  openSwap: () => SwapArea,
): number | null {
  const named = words.filter((word) => Object.hasOwn(AREAS, word));
  const seeds = words.filter((word) => /^\d+(-\d+)?$/.test(word)).map((word) => word.split('-').map(Number));
  if (named.length + seeds.length < words.length) return null;
  const [first = 1, last = first] = seeds[0] ?? [1, 20];
  let differ = 0;
  for (const name of named.length > 0 ? named : Object.keys(AREAS)) {
    const swap = name === 'swap' ? openSwap() : null;
    if (swap?.missing) console.error(`This machine has no swap area: ${swap.missing}`);
    let parted = 0;
    for (let seed = first; seed <= last; seed++) {
      const what = difference(randomScenario(name, seed), kernel, real);
      if (what === null) continue;
      parted++;
      console.log(`${name} ${seed}: ${what}`);
    }
    swap?.close();
    console.log(`${name}: ${last - first + 1} scenarios, ${parted} differ`);
    differ += parted;
  }
  return differ;
}
