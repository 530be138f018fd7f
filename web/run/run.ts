import { compile } from '../lang/compile';
import { interpret } from './interpret';
import type { Run, Settings } from './model';
import type { Machine } from './port';

/** Runs a scenario on a machine, from its start image on. `after` is called when a step has been made. */
export function run(source: string, settings: Settings, machine: Machine, after: () => void = () => {}): Run {
  const began = performance.now();
  const program = compile(source);
  const result = interpret(program, settings, machine, after);
  return { source, settings, ...result, ms: performance.now() - began };
}
