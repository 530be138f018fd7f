import { compile } from '../lang/compile';
import { interpret } from './interpret';
import type { Finding } from './mistakes/finding';
import { mistakes } from './mistakes/report';
import { Watch } from './mistakes/watch';
import type { Diagnostic, Run, Settings } from './model';
import type { Machine } from './port';

/** Is told of each step as soon as the machine has made it; of step 0 when the start image stands. */
export type AfterStep = (step: number) => void;

/** A run with what takeOver() needs of it. */
export interface Made {
  readonly run: Run;
  /** What the run showed of classic mistakes. */
  readonly findings: readonly Finding[];
  /** What else the run found: not seen in the text alone. */
  readonly late: readonly Diagnostic[];
}

/** Runs a scenario on a machine that it empties first. With `timeline.after` its states can be looked at later. */
export function run(source: string, settings: Settings, machine: Machine, after: AfterStep = () => {}): Run {
  return make(source, settings, machine, after).run;
}

/** As run(), with what can be taken over. */
export function make(source: string, settings: Settings, machine: Machine, after: AfterStep): Made {
  const began = performance.now();
  const program = compile(source);
  const watch = new Watch(machine);
  const { late, ...result } = interpret(program, settings, machine, after, watch);
  const findings = watch.findings();
  const diagnostics = [...program.diagnostics, ...late, ...mistakes(source, program.items, findings)];
  const made = { source, settings, ...result, diagnostics, ms: performance.now() - began };
  return { run: made, findings, late };
}
