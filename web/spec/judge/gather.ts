// Runs scenarios and looks at their steps.
import { ENOT_MODELLED, EOUT_OF_MEMORY } from '../../../assembly/abi/errno';
import { P_pending_signal } from '../../../assembly/abi/sysno';
import type { Kernel } from '../../core/kernel';
import { callName, errnoOf } from '../../run/call';
import { defaultSettings, type Run } from '../../run/model';
import { run } from '../../run/run';
import { Timeline } from '../../run/timeline';
import { LOCK_CALLS, Observation, type Earlier } from './observation';

/** A scenario as a text with a name. */
export interface Scenario {
  /** File of examples/spec, or the id of the clause whose example it is. */
  readonly name: string;
  readonly source: string;
}

/** A scenario that has run. */
export interface Gathered {
  readonly scenario: Scenario;
  readonly run: Run;
  readonly seen: readonly Observation[];
}

/** Steps of one run that are looked at; what lies between is passed over in loops that only prepare. */
const MOST_STEPS = 400;
/** Calls whose steps say nothing of memory locking, or which loops make by the dozen. */
const PASSED_OVER = new Set([
  'munmap',
  'mincore',
  'getrlimit',
  'getpid',
  'memfd_create',
  'open',
  'close',
  'pending_signal',
]);

/** What the simulator answers where it cannot say what the kernel does: no clause is judged by it. */
const OWN_ERRORS: readonly number[] = [ENOT_MODELLED, EOUT_OF_MEMORY];

/** Runs a scenario on a machine that it empties first, and looks at each step that can say something. */
export function gather(scenario: Scenario, kernel: Kernel): Gathered {
  const timeline = new Timeline(kernel);
  const done = run(scenario.source, defaultSettings, kernel, timeline.after);
  return { scenario, run: done, seen: observations(scenario.name, timeline) };
}

/** Looks at the steps of a run that a timeline has followed. `only` limits it to some steps. */
export function observations(name: string, timeline: Timeline, only?: (step: number) => boolean): Observation[] {
  const seen: Observation[] = [];
  const earlier: Earlier[] = [];
  let pending = 0;
  let contended = false;
  let mmaps = 0;
  for (let step = 1; step <= timeline.length && seen.length < MOST_STEPS; step++) {
    const call = timeline.call(step)!;
    const called = callName(call.nr);
    if (call.nr === P_pending_signal) {
      pending = Number(call.args[0] ?? 0n);
      contended = call.args[1] !== 0n;
      continue;
    }
    if (OWN_ERRORS.includes(errnoOf(call))) continue;
    const isLock = LOCK_CALLS.includes(called);
    // A loop of mmap() that fills the address space has nothing new to say after the first.
    const isLoop = called === 'mmap' && ++mmaps > 24;
    if (!PASSED_OVER.has(called) && !isLoop && (isLock || only === undefined || only(step))) {
      const one = new Observation(name, timeline.moment(step), call, [...earlier], pending, contended);
      if (only === undefined || only(step)) seen.push(one);
      if (isLock) earlier.push(one.asEarlier());
    }
    pending = 0;
    contended = false;
  }
  return seen;
}
