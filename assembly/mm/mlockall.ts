// mlockall, munlockall: the whole address space.
//
// What mlockall() answers, in the order Linux asks:
//   flags 0, unknown, or MCL_ONFAULT alone   EINVAL
//   limit 0, no CAP_IPC_LOCK                 EPERM
//   killed while waiting for mmap_lock       EINTR    nothing changed
//   MCL_CURRENT, total_vm over the limit     ENOMEM   nothing changed, def_flags kept
//   else                                     0        whatever could not be populated
//
// Linux: mm/mlock.c:mlockall(), apply_mlockall_flags()
import { EINTR, EINVAL, ENOMEM, EPERM } from '../abi/errno';
import { EV_DEF_FLAGS, LOCK_MMAP_READ, LOCK_MMAP_WRITE, WHY_FLAGS, WHY_TOTAL_VM_FITS } from '../abi/event';
import { MCL_CURRENT, MCL_FUTURE, MCL_ONFAULT, TASK_SIZE, VM_LOCKED, VM_LOCKONFAULT } from '../abi/mman';
import { emit, fail, lock_released, lock_taken, pass } from '../event';
import { Mm } from './mm';
import { can_do_mlock, mlock_fixup, mmap_write_lock_killable } from './mlock';
import { mm_populate } from './populate';
import { VM_LOCKED_MASK } from './vm-flags';

const MCL_ALL: i32 = MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT;

/** mlockall(flags): the upper 32 bits of the register do not count. */
export function mlockall(mm: Mm, flags: i32): i64 {
  if (flags == 0 || flags & ~MCL_ALL || flags == MCL_ONFAULT) return fail(EINVAL, WHY_FLAGS, <u32>flags, MCL_ALL);
  pass(WHY_FLAGS, <u32>flags, MCL_ALL, 0, 0, EINVAL);
  if (!can_do_mlock(mm)) return -EPERM;
  if (!mmap_write_lock_killable(mm)) return -EINTR;
  const limit = mm.limits.memlock_pages();
  const capable = mm.limits.ipc_lock();
  if (flags & MCL_CURRENT) {
    if (mm.total_vm > limit && !capable) {
      mm.asked = mm.total_vm;
      const error = fail(ENOMEM, WHY_TOTAL_VM_FITS, mm.total_vm, limit, 0);
      lock_released(LOCK_MMAP_WRITE);
      return error;
    }
    pass(WHY_TOTAL_VM_FITS, mm.total_vm, limit, capable ? 1 : 0, 0, ENOMEM);
  }
  const on_fault: u64 = flags & MCL_ONFAULT ? VM_LOCKONFAULT : 0;
  set_def_flags(mm, flags & MCL_FUTURE ? VM_LOCKED | on_fault : 0);
  if (flags & MCL_CURRENT) fixup_all(mm, VM_LOCKED | on_fault);
  lock_released(LOCK_MMAP_WRITE);
  if (flags & MCL_CURRENT) {
    lock_taken(LOCK_MMAP_READ);
    mm_populate(mm, 0, TASK_SIZE, true);
    lock_released(LOCK_MMAP_READ);
  }
  return 0;
}

/** munlockall(): no limit, no capability; only EINTR is possible. */
export function munlockall(mm: Mm): i64 {
  if (!mmap_write_lock_killable(mm)) return -EINTR;
  set_def_flags(mm, 0);
  fixup_all(mm, 0);
  lock_released(LOCK_MMAP_WRITE);
  return 0;
}

function set_def_flags(mm: Mm, def_flags: u64): void {
  if (mm.def_flags == def_flags) return;
  emit(EV_DEF_FLAGS, 0, mm.def_flags, def_flags);
  mm.def_flags = def_flags;
  mm.changed = true;
}

/** mlock_fixup() of every VMA; errors are passed over. */
function fixup_all(mm: Mm, lock_flags: u64): void {
  let vma = mm.head;
  while (vma) {
    const end = vma.vm_end;
    const piece = mlock_fixup(mm, vma, vma.vm_start, end, (vma.vm_flags & ~VM_LOCKED_MASK) | lock_flags);
    if (!piece) vma = mm.find_vma(end);
    else vma = piece.vm_end > end ? piece : piece.next;
  }
}
