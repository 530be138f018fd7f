// What is drawn of one step, as values: the processes before and after, the axis, the changes as page numbers.
import { VM_LOCKED } from '../../../assembly/abi/mman';
import { columnsOf } from '../../core/packed-list';
import type { Process, State, Vma } from '../../core/state';
import { namesAt } from '../../run/address';
import { diff } from '../../run/diff';
import type { Named, StepView, VmaChange } from '../../run/model';
import { changeAt } from '../../run/vma-changes';
import { axisOf, lastAtMost, pageNumber, type Axis } from './axis';
import { vmaIndex } from './cells';

/** One process of the picture: the lanes before, after and pages. */
export interface Group {
  readonly pid: number;
  readonly before: Process | null;
  readonly after: Process | null;
}

/** Sorted runs of page numbers. */
export interface Ranges {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
}

/** Pages [from, to). */
export type Span = readonly [from: number, to: number];

/** Changes of VMAs, found by the start of the VMA. */
export type ChangesByStart = Pick<ReadonlyMap<bigint, VmaChange>, 'get' | 'has'>;

/** One step, ready to be drawn. */
export interface Scene {
  readonly view: StepView;
  readonly names: readonly Named[];
  /** The calling process first. */
  readonly groups: readonly Group[];
  /** All that can be shown: the calling process, then those that live. */
  readonly processes: readonly Process[];
  readonly axis: Axis;
  /** Pages that changed. */
  readonly changed: Ranges;
  /** VMAs that changed, of the state after the step. */
  readonly outlined: Ranges;
  /** Changes of the calling process's VMAs, by their start. */
  readonly changes: ChangesByStart;
  /** What the step is about: one of these has to be in view. */
  readonly spans: readonly Span[];
  /** What F shows; null for everything. */
  readonly target: Span | null;
}

/** More lanes than this do not fit a screen. */
export const MAX_GROUPS = 4;

/** The process whose call a step is, as it is after it; at the start the first one. */
export function callerOf({ after: { processes }, pid }: Pick<StepView, 'after' | 'pid'>): Process | null {
  return processes.find((process) => process.pid === pid) ?? processes[0] ?? null;
}

/** What the step did to the VMAs of the calling process, by their start. */
export const changesOf = ({ diff: { vmas } }: StepView): ChangesByStart => ({
  get: (vm_start) => changeAt(vmas, vm_start) ?? undefined,
  has: (vm_start) => changeAt(vmas, vm_start) !== null,
});

/** Makes the scene of a step; `all` are the names of its whole run, `chosen` the processes beside the caller: null for the first ones. */
export function sceneOf(view: StepView, all: readonly Named[], chosen: readonly number[] | null = null): Scene {
  const names = namesAt(all, view.step);
  const processes = processesOf(view);
  const groups = groupsOf(view, processes, chosen);
  const axis = axisOf(groups.flatMap(({ before, after }) => [before?.vmas ?? [], after?.vmas ?? []]));
  const changed = rangesOf(view.diff.pages);
  const outlined = outlinedOf(view);
  const spans = spansOf(view);
  const target = targetOf(spans, view, names, groups[0]?.after ?? null);
  return { view, names, groups, processes, axis, changed, outlined, changes: changesOf(view), spans, target };
}

/** Lists the processes that can be shown of a step: the one whose call it is, then those that live. */
export function processesOf(view: Pick<StepView, 'after' | 'pid'>): readonly Process[] {
  const caller = callerOf(view);
  const lives = (process: Process): boolean => process.life === 'running' && process.vmas.length > 0;
  const others = view.after.processes.filter((process) => process !== caller && lives(process));
  return caller ? [caller, ...others] : others;
}

function groupsOf(view: StepView, processes: readonly Process[], chosen: readonly number[] | null): Group[] {
  const isShown = ({ pid }: Process, i: number) => i === 0 || !chosen || chosen.includes(pid);
  return processes
    .filter(isShown)
    .slice(0, MAX_GROUPS)
    .map((after) => ({
      pid: after.pid,
      before: view.before.processes.find(({ pid }) => pid === after.pid) ?? null,
      after,
    }));
}

/** Takes a process out of those shown beside the caller, or adds it: where there is no room the first one gives way. */
export const switched = (shown: readonly number[], pid: number): readonly number[] =>
  shown.includes(pid) ? shown.filter((one) => one !== pid) : [...shown, pid].slice(1 - MAX_GROUPS);

/** The step as another process sees it: what it changed there. */
export function viewAs(view: StepView, pid: number): StepView {
  const find = ({ processes }: State) => processes.find((process) => process.pid === pid);
  const after = find(view.after);
  if (pid === view.pid || !after) return view;
  return { ...view, pid, range: null, diff: diff(find(view.before) ?? after, after) };
}

function rangesOf(runs: StepView['diff']['pages']): Ranges {
  const starts = Float64Array.from(runs, ([start]) => pageNumber(start));
  return { starts, ends: Float64Array.from(runs, ([, nr_pages], i) => starts[i]! + nr_pages) };
}

/** The borders of the VMAs that a step changed. */
export const outlinedOf = ({ diff: { vmas } }: Pick<StepView, 'diff'>): Ranges => ({
  starts: Float64Array.from(vmas.vm_start, pageNumber),
  ends: Float64Array.from(vmas.vm_end, pageNumber),
});

/** True for a page inside one of the ranges. */
export function contains({ starts, ends }: Ranges, page: number): boolean {
  const i = lastAtMost(starts, page);
  return i >= 0 && page < ends[i]!;
}

/** Start of the first range above `page`, or of the last one below it; null without one. */
export function neighbour({ starts }: Ranges, page: number, direction: 1 | -1): number | null {
  const i = lastAtMost(starts, direction > 0 ? page : page - 1);
  return starts[direction > 0 ? i + 1 : i] ?? null;
}

// What a person wants to see of a step, in the order asked:
//   the call has a range         the range
//   it has none                  every VMA, hole and page that changed
function spansOf({ range, diff }: StepView): Span[] {
  if (range) return [[pageNumber(range.start), pageNumber(range.end)]];
  const { starts, ends } = outlinedOf({ diff });
  const vmas = Array.from(starts, (start, i): Span => [start, ends[i]!]);
  const pages = [...diff.removed, ...diff.pages].map(([start, n]): Span => [pageNumber(start), pageNumber(start) + n]);
  return [...vmas, ...pages];
}

// What F shows, in the order asked:
//   the step has spans           all of them, with the pages that changed around them
//   names of the scenario        the last one
//   locked VMAs                  the first
//   nothing of these             everything
function targetOf(
  spans: readonly Span[],
  { diff }: StepView,
  names: readonly Named[],
  after: Process | null,
): Span | null {
  const all = [...spans];
  for (const [start, n] of spans.length > 0 ? [...diff.removed, ...diff.pages] : []) {
    all.push([pageNumber(start), pageNumber(start) + n]);
  }
  const named = names.filter(({ start, end }) => start < end).at(-1);
  if (all.length === 0 && named) all.push([pageNumber(named.start), pageNumber(named.end)]);
  const { starts, ends, flags } = columnsOf(after?.vmas ?? []);
  const locked = flags.findIndex((bits) => (bits & VM_LOCKED) !== 0);
  if (all.length === 0 && locked >= 0) all.push([starts[locked]!, ends[locked]!]);
  if (all.length === 0) return null;
  return all.reduce(([from, to], span) => [Math.min(from, span[0]), Math.max(to, span[1])]);
}

/** The VMA after (direction 1) or before (-1) the one that holds or follows `page`. */
export function nextVma(vmas: readonly Vma[], page: number, direction: 1 | -1): Vma | null {
  const i = vmaIndex(vmas, page);
  const inside = vmas[i] && pageNumber(vmas[i].vm_start) <= page;
  return vmas[direction > 0 ? (inside ? i + 1 : i) : i - 1] ?? null;
}
