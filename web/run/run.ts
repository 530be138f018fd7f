import { compile } from '../lang/compile';
import { interpret } from './interpret';
import type { Run, Settings } from './model';
import type { Machine } from './port';

/** Is told of each step as soon as the machine has made it; of step 0 when the start image stands. */
export type AfterStep = (step: number) => void;

/** Runs a scenario on a machine that it empties first. With `timeline.after` its states can be looked at later. */
export function run(source: string, settings: Settings, machine: Machine, after: AfterStep = () => {}): Run {
  const began = performance.now();
  const program = compile(source);
  const result = interpret(program, settings, machine, after);
  return { source, settings, ...result, ms: performance.now() - began };
}
