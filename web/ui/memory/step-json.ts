// A step as JSON: all of it for copying, and as much as a person reads.
import { count } from '../../app/words';
import type { StepView } from '../../run/model';
import { changeIn, changeList } from '../../run/vma-changes';
import { processesOf } from './scene';

/** Items of a list, and processes, that are shown; Copy takes all. */
const MAX_ITEMS = 40;
const MAX_PROCESSES = 4;

/** Writes a step as JSON; addresses and masks are hexadecimal strings. */
export const stepJson = (view: StepView): string =>
  written({ ...headOf(view), diff: { ...view.diff, vmas: changeList(view.diff.vmas) }, after: view.after });

/** Writes as much of a step as a person reads: of long lists the first items and how many follow. */
export function briefJson(view: StepView): string {
  const { diff, after } = view;
  const changes = Array.from({ length: Math.min(diff.vmas.length, MAX_ITEMS) }, (_, i) => changeIn(diff.vmas, i));
  const processes = processesOf(view).map((process) => ({
    ...process,
    vmas: few(process.vmas, process.vmas.length),
    extents: few(process.extents, process.extents.length),
  }));
  const files = after.files.map((file) => ({ ...file, cached: few(file.cached, file.cached.length) }));
  return written({
    ...headOf(view),
    diff: {
      ...diff,
      vmas: few(changes, diff.vmas.length),
      removed: few(diff.removed, diff.removed.length),
      pages: few(diff.pages, diff.pages.length),
    },
    after: {
      ...after,
      processes: few(processes, after.processes.length, MAX_PROCESSES),
      files: few(files, after.files.length),
    },
  });
}

const headOf = ({ step, why, range, drawing }: StepView) => ({
  step,
  call: why.call,
  result: why.result,
  drawing,
  range,
});

const few = <T>(list: readonly T[], length: number, most = MAX_ITEMS): readonly (T | string)[] =>
  length <= most ? list : [...list.slice(0, most), `and ${count(length - Math.min(most, list.length))} more`];

const written = (value: object): string =>
  JSON.stringify(value, (_key, one: unknown) => (typeof one === 'bigint' ? `0x${one.toString(16)}` : one), 1);
