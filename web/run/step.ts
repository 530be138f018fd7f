import type { KernelEvent, State } from '../core/state';
import type { Call } from './call';
import { diff } from './diff';
import { drawingOf } from './draw';
import { explain } from './explain';
import { callRange } from './explain/range';
import { contextOf, type Step } from './explain/context';
import type { Diff, Place, Run, StepView, Why } from './model';
import { packChanges } from './vma-changes';

/** What a replayed step left: its frame, its events and the states around it. */
export interface Moment {
  /** From 1; 0 is the start image, which has no call. */
  readonly step: number;
  readonly call: Call | null;
  readonly events: readonly KernelEvent[];
  readonly before: State;
  readonly after: State;
  /** The step that this one is compared with; null or left out: the one before. */
  readonly other?: { readonly step: number; readonly state: State } | null;
}

const NO_DIFF: Diff = {
  vmas: packChanges([]),
  removed: [],
  pages: [],
  locked_vm: 0,
  total_vm: 0,
  rss: 0,
  map_count: 0,
};
const START: Why = {
  call: '',
  result: '',
  failed: false,
  not_atomic: false,
  sentence: 'The process has started. Nothing was called yet.',
  checks: [],
  effects: [],
  changes: [],
  accounts: [],
  fixes: [],
};

/** Puts together what the page shows of one step. */
export function viewOf(run: Pick<Run, 'source' | 'names' | 'steps'>, moment: Moment): StepView {
  const { step, call, events, before, after, other } = moment;
  const against = other?.step ?? null;
  const base = other?.state ?? before;
  const drawing = drawingOf(after, run.names, step, call?.pid);
  const head = { step, pid: call?.pid ?? 0, against, before: base, after, events, drawing };
  if (!call || step === 0) return { ...head, diff: diffOf(base, after, undefined), why: START, range: null };
  const whole: Step = {
    step,
    call,
    events,
    before,
    after,
    names: run.names,
    source: run.source,
    place: placeOf(run, step),
  };
  const context = contextOf(whole);
  return {
    ...head,
    diff: context && !other ? context.change : diffOf(base, after, call.pid),
    why: explain(whole, context),
    range: context && callRange(context),
  };
}

/** What changed in one process between two states; in a state that does not have it nothing did. */
function diffOf(before: State, after: State, pid: number | undefined): Diff {
  const is = after.processes.find((process) => pid === undefined || process.pid === pid);
  const was = before.processes.find((process) => process.pid === is?.pid);
  return is && was ? diff(was, is) : NO_DIFF;
}

/** The place of a step's call in the source. */
export function placeOf({ steps }: Pick<Run, 'steps'>, step: number): Place | null {
  const [from, to, line, column] = [steps.from, steps.to, steps.line, steps.column].map((c) => c[step - 1]);
  if (from === undefined || to === undefined) return null;
  return { from, to, line: line ?? 0, column: column ?? 0 };
}
