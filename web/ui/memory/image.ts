// Which VMAs belong to the start image: program, libraries, their bss, heap, stack, vdso. The kernel names only some.
import { NAME_ANON, NAME_FILE, NAME_STACK, NAME_VDSO, NAME_VVAR, NAME_VVAR_VCLOCK } from '../../../assembly/abi/layout';
import type { Process, Vma } from '../../core/state';
import { nameOf } from '../../run/address';
import { isForeign } from '../../run/draw';
import type { Named } from '../../run/model';

const ALONE = [NAME_STACK, NAME_VVAR, NAME_VVAR_VCLOCK, NAME_VDSO];

// True for VMA `i`, in the order asked:
//   it has a name of the image                        yes
//   the scenario named it                             no
//   it ends below the heap                            yes
//   file or anon, and touches a file of the image     yes
//   else                                              no
/** Tells whether VMA `i` of a process was there before the scenario. */
export function isImage(process: Process, names: readonly Named[], i: number): boolean {
  const { vmas, counters } = process;
  const vma = vmas[i];
  if (!vma) return false;
  if (isForeign(process, vma)) return true;
  if ((vma.name !== NAME_ANON && vma.name !== NAME_FILE) || nameOf(names, vma.vm_start) !== null) return false;
  if (vma.vm_end <= counters.start_brk) return true;
  return isPart(process, vmas[i - 1], vma) || isPart(process, vmas[i + 1], vma);
}

function isPart(process: Process, other: Vma | undefined, vma: Vma): boolean {
  if (!other || other.name === NAME_ANON || ALONE.includes(other.name)) return false;
  if (other.vm_end !== vma.vm_start && other.vm_start !== vma.vm_end) return false;
  return isForeign(process, other);
}
