// What is drawn of one step, as values: the processes before and after, the axis, the changes as page numbers.
import { VM_LOCKED } from '../../../assembly/abi/mman';
import type { Process, State, Vma } from '../../core/state';
import { namesAt } from '../../run/address';
import type { Named, Run, StepView, VmaChange } from '../../run/model';
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

/** One step, ready to be drawn. */
export interface Scene {
  readonly view: StepView;
  readonly names: readonly Named[];
  /** The calling process first. */
  readonly groups: readonly Group[];
  readonly axis: Axis;
  readonly changed: Ranges;
  /** Changes of the calling process's VMAs, by their start. */
  readonly changes: ReadonlyMap<bigint, VmaChange>;
  /** Pages [from, to) that F shows; null when the step neither changed nor asked for anything. */
  readonly target: readonly [from: number, to: number] | null;
}

/** More lanes than this do not fit a screen. */
const MAX_GROUPS = 4;

/** The process whose call the step is, before or after it. */
export function callerOf(state: State, run: Run | null, step: number): Process | null {
  const pid = run?.steps.pid[step - 1];
  return state.processes.find((process) => process.pid === pid) ?? state.processes[0] ?? null;
}

/** What the step did to the VMAs of the calling process, by their start. */
export const changesOf = ({ diff }: StepView): ReadonlyMap<bigint, VmaChange> =>
  new Map(diff.vmas.map((change) => [change.vm_start, change]));

/** Makes the scene of a step. */
export function sceneOf(view: StepView, run: Run | null): Scene {
  const names = namesAt(run?.names ?? [], view.step);
  const groups = groupsOf(view, run);
  const axis = axisOf(groups.flatMap(({ before, after }) => [before?.vmas ?? [], after?.vmas ?? []]));
  const changed = rangesOf(view.diff.pages);
  return {
    view,
    names,
    groups,
    axis,
    changed,
    changes: changesOf(view),
    target: targetOf(view, names, groups[0]?.after ?? null),
  };
}

function groupsOf(view: StepView, run: Run | null): Group[] {
  const caller = callerOf(view.after, run, view.step);
  const lives = (process: Process): boolean => process.life === 'running' && process.vmas.length > 0;
  const others = view.after.processes.filter((process) => process !== caller && lives(process));
  return [...(caller ? [caller] : []), ...others].slice(0, MAX_GROUPS).map((after) => ({
    pid: after.pid,
    before: view.before.processes.find(({ pid }) => pid === after.pid) ?? null,
    after,
  }));
}

function rangesOf(runs: StepView['diff']['pages']): Ranges {
  const starts = Float64Array.from(runs, ([start]) => pageNumber(start));
  return { starts, ends: Float64Array.from(runs, ([, nr_pages], i) => starts[i]! + nr_pages) };
}

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

// What F shows, in the order asked:
//   the call's range           the range, with what changed around it
//   VMAs or pages that changed all of them
//   names of the scenario      the last one
//   nothing of these           the locked VMAs, else nothing
function targetOf({ range, diff }: StepView, names: readonly Named[], after: Process | null): Scene['target'] {
  const spans: (readonly [number, number])[] = [];
  if (range) spans.push([pageNumber(range.start), pageNumber(range.end)]);
  diff.vmas.forEach(({ vm_start, vm_end }) => spans.push([pageNumber(vm_start), pageNumber(vm_end)]));
  for (const [start, nr_pages] of [...diff.removed, ...diff.pages]) {
    spans.push([pageNumber(start), pageNumber(start) + nr_pages]);
  }
  const named = names.filter(({ start, end }) => start < end).at(-1);
  if (spans.length === 0 && named) spans.push([pageNumber(named.start), pageNumber(named.end)]);
  if (spans.length === 0 && after) {
    const locked = after.vmas.find(({ vm_flags }) => vm_flags & BigInt(VM_LOCKED));
    if (locked) spans.push([pageNumber(locked.vm_start), pageNumber(locked.vm_end)]);
  }
  if (spans.length === 0) return null;
  return spans.reduce(([from, to], span) => [Math.min(from, span[0]), Math.max(to, span[1])]);
}

/** The VMA after (direction 1) or before (-1) the one that holds or follows `page`. */
export function nextVma(vmas: readonly Vma[], page: number, direction: 1 | -1): Vma | null {
  const i = vmaIndex(vmas, page);
  const inside = vmas[i] && pageNumber(vmas[i].vm_start) <= page;
  return vmas[direction > 0 ? (inside ? i + 1 : i) : i - 1] ?? null;
}
