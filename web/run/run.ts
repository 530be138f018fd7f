import { compile } from '../lang/compile';
import { interpret } from './interpret';
import { mistakes } from './mistakes/report';
import { Watch } from './mistakes/watch';
import type { Run, Settings } from './model';
import type { Machine } from './port';

/** Is told of each step as soon as the machine has made it; of step 0 when the start image stands. */
export type AfterStep = (step: number) => void;

/** Runs a scenario on a machine that it empties first. With `timeline.after` its states can be looked at later. */
export function run(source: string, settings: Settings, machine: Machine, after: AfterStep = () => {}): Run {
  const began = performance.now();
  const program = compile(source);
  const watch = new Watch(machine);
  const result = interpret(program, settings, machine, after, watch);
  const diagnostics = [...result.diagnostics, ...mistakes(source, program.items, watch.findings())];
  return { source, settings, ...result, diagnostics, ms: performance.now() - began };
}
