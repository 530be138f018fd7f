// What a VMA is called in maps, and in our own words where maps prints nothing.
import * as layout from '../../assembly/abi/layout';
import type { Process, Vma } from '../core/state';

/** Names in brackets, and short names for the files of the start image. */
const LABELS: Readonly<Record<number, string>> = {
  [layout.NAME_TEXT]: '[text]',
  [layout.NAME_RODATA]: '[rodata]',
  [layout.NAME_RELRO]: '[relro]',
  [layout.NAME_DATA]: '[data]',
  [layout.NAME_STACK]: '[stack]',
  [layout.NAME_VVAR]: '[vvar]',
  [layout.NAME_VVAR_VCLOCK]: '[vvar_vclock]',
  [layout.NAME_VDSO]: '[vdso]',
  [layout.NAME_LIBC]: '[libc]',
  [layout.NAME_LD]: '[ld]',
  [layout.NAME_SYSV]: '[sysv]',
  [layout.NAME_SECRETMEM]: '[secretmem]',
};

/** True for the VMA that maps calls [heap]. */
// Linux: fs/proc/task_mmu.c:get_vma_name() => vma_is_initial_heap()
export function isHeap({ counters }: Process, vma: Vma): boolean {
  const { name, vm_start, vm_end } = vma;
  return name === layout.NAME_ANON && vm_start < counters.brk && vm_end > counters.start_brk;
}

/** Names a VMA for a label, null for a mapping of the scenario's own. */
export function vmaLabel(process: Process, vma: Vma): string | null {
  return isHeap(process, vma) ? '[heap]' : (LABELS[vma.name] ?? null);
}
