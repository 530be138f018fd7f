// Where the language meets the machine: a program's calls become frames.
import { SYSCTL_SWAP_PAGES } from '../../assembly/abi/sysctl';
import { P_brk_base, P_capset, P_rlimit, P_start, P_sysctl, P_vma } from '../../assembly/abi/sysno';
import type { Program } from '../lang/code';
import type { Boot } from '../lang/pragma';
import { end } from './lives';
import { execute } from './execute';
import { OwnMemory } from './memory';
import type { Watch } from './mistakes/watch';
import type { AssertResult, Diagnostic, Named, Outcome, Output, Place, Settings, Steps } from './model';
import { placeOf } from './place';
import type { Machine } from './port';
import { Process } from './process';
import { World } from './world';

/** What a run of a program gave. */
export interface Interpreted {
  readonly steps: Steps;
  readonly outcome: Outcome;
  readonly outputs: readonly Output[];
  readonly asserts: readonly AssertResult[];
  readonly names: readonly Named[];
  /** What only the run shows; the program has its own. */
  readonly late: readonly Diagnostic[];
}

/** Instructions between two looks at the clock. */
const SLICE = 1_000;
/** Instructions of one run, however fast the machine: a run that ends by this ends the same everywhere. */
export const MAX_INSTRUCTIONS = 100_000_000;

/** Puts a machine into the state before step 1. Gives the place that asks for what is not modelled, or null. */
export function boot(machine: Machine, { image, mappings, limits, caps, sysctls, swap_pages }: Boot): Place | null {
  machine.reset();
  machine.enter(1, P_start, [image]);
  machine.enter(1, P_sysctl, [SYSCTL_SWAP_PAGES, swap_pages]);
  for (const { start, end: to, flags, pgoff, name } of mappings) {
    machine.enter(1, P_vma, [start, to, flags, pgoff, name, 0]);
  }
  const heap = mappings.find((one) => one.heap);
  if (heap) machine.enter(1, P_brk_base, [heap.start, heap.end, 0]);
  for (const { which, value, place } of sysctls) {
    if (machine.enter(1, P_sysctl, [which, value]) < 0) return place;
  }
  for (const { resource, soft, hard } of limits) machine.enter(1, P_rlimit, [resource, soft, hard]);
  if (caps !== 0) machine.enter(1, P_capset, [caps]);
  return null;
}

/** Runs a program from its boot frames on. `after` is called with 0 before the first step, then after each step. */
export function interpret(
  program: Program,
  settings: Settings,
  machine: Machine,
  after: (step: number) => void,
  watch: Pick<Watch, 'see'> | null = null,
): Interpreted {
  const refused = boot(machine, program.boot);
  after(0);
  const world = new World(program, machine, settings, after, watch);
  if (refused) world.refuse(refused);
  const first = new Process(1, program, new OwnMemory(program.data));
  first.caps = program.boot.caps;
  world.processes.set(1, first);
  world.ready.push(first);
  const deadline = performance.now() + settings.max_ms;
  let budget = MAX_INSTRUCTIONS;
  while (!world.outcome && world.ready.length > 0) {
    const process = world.ready.at(-1)!;
    budget -= SLICE - execute(world, process, SLICE);
    if (process.life !== 'running') {
      settle(world, process);
      // A process may have been ended by its child meanwhile.
      while (world.ready.length > 0 && world.ready.at(-1)!.life !== 'running') world.ready.pop();
    }
    if (budget <= 0) {
      const message = `Stopped after ${MAX_INSTRUCTIONS.toLocaleString('en')} operations.`;
      world.stop('time', process.site, process, message);
    } else if (performance.now() > deadline) {
      world.stop('time', process.site, process, `Stopped after ${settings.max_ms.toLocaleString('en')} ms.`);
    }
  }
  return {
    steps: world.recorder.steps(),
    outcome: outcomeOf(world.outcome ?? { kind: 'end' }, [...program.diagnostics, ...world.diagnostics]),
    outputs: world.outputs,
    asserts: world.asserts(),
    names: world.names,
    late: world.diagnostics,
  };
}

/** What follows when a process has come to the end of its text: its frames are gone, its status is on the stack. */
function settle(world: World, process: Process): void {
  if (world.outcome || process.life !== 'ended' || process.frames.length > 0) return;
  const status = Number(process.stack.pop() ?? 0) & 0xff;
  if (process.pid !== 1) end(world, process, process.site, status);
  else if (status === 0) world.outcome = { kind: 'end' };
  else world.outcome = { kind: 'exit', status, place: placeOf(process.site) };
}

/** A text with a mistake never counts as come to its end: what stands behind the mistake has not run. */
function outcomeOf(outcome: Outcome, diagnostics: readonly Diagnostic[]): Outcome {
  const error = diagnostics.find(({ severity }) => severity === 'error');
  if (!error || (outcome.kind !== 'end' && outcome.kind !== 'exit')) return outcome;
  return { kind: 'error', place: error.place, message: error.message };
}
