// mseal(start, len, flags): VMAs that may no longer be unmapped, moved or given other rights. Locks are not concerned.
//
//   flags not 0, start unaligned, end wraps    EINVAL
//   a hole                                     ENOMEM, nothing changed
//
// Linux: mm/mseal.c:do_mseal()
import { EINTR, EINVAL, ENOMEM } from '../abi/errno';
import { EV_RANGE, EV_VMA_FLAGS, LOCK_MMAP_WRITE, WHY_ALIGNED, WHY_FLAGS, WHY_NO_WRAP, WHY_VMA_AT } from '../abi/event';
import { VM_SEALED } from '../abi/mman';
import { emit, fail, lock_released } from '../event';
import { modify_vma } from './merge';
import { mmap_write_lock_killable, round_up } from './mlock';
import { Mm } from './mm';

/** The system call. */
export function mseal(mm: Mm, start: u64, len: u64, flags: u64): i64 {
  if (flags) return fail(EINVAL, WHY_FLAGS, flags, 0);
  if (start & 4095) return fail(EINVAL, WHY_ALIGNED, start);
  const rounded = round_up(len);
  const end = start + rounded;
  if ((len && !rounded) || end < start) return fail(EINVAL, WHY_NO_WRAP, start, rounded, end);
  if (end == start) return 0;
  if (!mmap_write_lock_killable(mm)) return -EINTR;
  emit(EV_RANGE, 0, start, end, start, len);
  const result = seal(mm, start, end);
  lock_released(LOCK_MMAP_WRITE);
  return result;
}

function seal(mm: Mm, start: u64, end: u64): i64 {
  let at = start;
  while (at < end) {
    const vma = mm.find_vma(at);
    if (!vma || vma.vm_start > at) return fail(ENOMEM, WHY_VMA_AT, at, vma ? vma.vm_start : 0, end);
    at = vma.vm_end;
  }
  at = start;
  while (at < end) {
    const vma = mm.vma_lookup(at)!;
    const stop = min(end, vma.vm_end);
    const old = vma.vm_flags;
    if (!(old & VM_SEALED)) {
      const piece = modify_vma(mm, vma, at, stop, old | VM_SEALED);
      if (!piece) return -ENOMEM;
      piece.vm_flags = old | VM_SEALED;
      mm.changed = true;
      emit(EV_VMA_FLAGS, 0, piece.id, at, stop, old, piece.vm_flags);
    }
    at = stop;
  }
  return 0;
}
