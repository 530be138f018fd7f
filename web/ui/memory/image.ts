// Which VMAs belong to the start image: program, libraries, their bss, heap, stack, vdso. The kernel names only some.
import { NAME_ANON, NAME_FILE, NAME_STACK, NAME_VDSO, NAME_VVAR, NAME_VVAR_VCLOCK } from '../../../assembly/abi/layout';
import { columnsOf } from '../../core/packed-list';
import type { Process } from '../../core/state';
import { FOREIGN } from '../../run/draw';
import type { Named } from '../../run/model';
import { pageNumber } from './axis';

const ALONE = [NAME_STACK, NAME_VVAR, NAME_VVAR_VCLOCK, NAME_VDSO];

// True for VMA `i`, in the order asked:
//   it has a name of the image, or is the heap        yes
//   the scenario named it                             no
//   it ends below the heap                            yes
//   file or anon, and touches a file of the image     yes
//   else                                              no
/** Makes the question whether VMA `i` of a process was there before the scenario. */
export function imageOf({ vmas, counters }: Process, names: readonly Named[]): (i: number) => boolean {
  const { starts, ends, names: kinds } = columnsOf(vmas);
  const [start_brk, brk] = [pageNumber(counters.start_brk), pageNumber(counters.brk)];
  const named = names.map(({ start, end }) => [pageNumber(start), pageNumber(end)] as const);
  const isForeign = (i: number): boolean =>
    FOREIGN.includes(kinds[i]!) || (kinds[i] === NAME_ANON && starts[i]! < brk && ends[i]! > start_brk);
  const isPart = (other: number, i: number): boolean => {
    if (other < 0 || other >= kinds.length || kinds[other] === NAME_ANON || ALONE.includes(kinds[other]!)) return false;
    return (ends[other] === starts[i] || starts[other] === ends[i]) && isForeign(other);
  };
  return (i) => {
    if (i < 0 || i >= kinds.length) return false;
    if (isForeign(i)) return true;
    if (kinds[i] !== NAME_ANON && kinds[i] !== NAME_FILE) return false;
    if (named.some(([start, end]) => start <= starts[i]! && starts[i]! < end)) return false;
    return ends[i]! <= start_brk || isPart(i - 1, i) || isPart(i + 1, i);
  };
}
