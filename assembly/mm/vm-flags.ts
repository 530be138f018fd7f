// Sets of VM_* bits that are asked for together.
import {
  VM_DONTEXPAND,
  VM_DROPPABLE,
  VM_EXEC,
  VM_GROWSDOWN,
  VM_HUGETLB,
  VM_IO,
  VM_LOCKED,
  VM_LOCKONFAULT,
  VM_MAYBE_GUARD,
  VM_MIXEDMAP,
  VM_PFNMAP,
  VM_READ,
  VM_SHARED,
  VM_WRITE,
} from '../abi/mman';

export const VM_LOCKED_MASK: u64 = VM_LOCKED | VM_LOCKONFAULT;
export const VM_ACCESS: u64 = VM_READ | VM_WRITE | VM_EXEC;
/** Never merged. */
export const VM_SPECIAL: u64 = VM_IO | VM_DONTEXPAND | VM_PFNMAP | VM_MIXEDMAP;

/** True if lock calls may set VM_LOCKED; they pass over other VMAs without a word. */
// Linux: mm/mlock.c:mlock_fixup()
export function lockable(vm_flags: u64): bool {
  return !(vm_flags & (VM_SPECIAL | VM_HUGETLB | VM_DROPPABLE));
}

/** Private and writable, not a stack: counts in data_vm and against RLIMIT_DATA. */
// Linux: mm/internal.h:is_data_mapping()
export function is_data(vm_flags: u64): bool {
  return (vm_flags & (VM_WRITE | VM_SHARED | VM_GROWSDOWN)) == VM_WRITE;
}

export function is_stack(vm_flags: u64): bool {
  return (vm_flags & VM_GROWSDOWN) != 0;
}

export function is_exec(vm_flags: u64): bool {
  return (vm_flags & (VM_EXEC | VM_WRITE | VM_GROWSDOWN)) == VM_EXEC;
}

/** The flags that must be equal for a merge; VM_MAYBE_GUARD sticks to the result. */
export function merge_flags(vm_flags: u64): u64 {
  return vm_flags & ~(<u64>VM_MAYBE_GUARD);
}
