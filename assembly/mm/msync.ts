// msync(start, len, flags).
//
//   unknown flags, start unaligned, MS_ASYNC with MS_SYNC     EINVAL
//   end wraps                                                 ENOMEM
//   len rounds to 0                                           0
//   MS_SYNC of memfd_secret, which has no fsync               EINVAL
//   MS_INVALIDATE reaches a VM_LOCKED VMA                     EBUSY
//   a gap                                                     ENOMEM at the end; with exactly MS_ASYNC at once
//
// Linux: mm/msync.c
import { EBUSY, EINVAL, ENOMEM } from '../abi/errno';
import {
  EV_RANGE,
  LOCK_MMAP_READ,
  WHY_ALIGNED,
  WHY_FILE_ACCESS,
  WHY_FLAGS,
  WHY_NOT_LOCKED,
  WHY_NO_WRAP,
  WHY_VMA_AT,
} from '../abi/event';
import { NAME_SECRETMEM } from '../abi/layout';
import { MS_ASYNC, MS_INVALIDATE, MS_SYNC, VM_LOCKED, VM_SHARED } from '../abi/mman';
import { emit, fail, lock_released, lock_taken, pass } from '../event';
import { round_up } from './mlock';
import { Mm } from './mm';

const KNOWN: u32 = MS_ASYNC | MS_INVALIDATE | MS_SYNC;

/** The system call. */
export function msync(mm: Mm, start: u64, len: u64, flags: u32): i64 {
  if (flags & ~KNOWN) return fail(EINVAL, WHY_FLAGS, flags, KNOWN);
  if (start & 4095) return fail(EINVAL, WHY_ALIGNED, start);
  if (flags & MS_ASYNC && flags & MS_SYNC) return fail(EINVAL, WHY_FLAGS, flags, KNOWN);
  pass(WHY_FLAGS, flags, KNOWN, 0, 0, EINVAL);
  const rounded = round_up(len);
  const end = start + rounded;
  if (end < start) return fail(ENOMEM, WHY_NO_WRAP, start, rounded, end);
  pass(WHY_NO_WRAP, start, rounded, end, 0, ENOMEM);
  if (end == start) return 0;
  emit(EV_RANGE, 0, start, end, start, len);
  lock_taken(LOCK_MMAP_READ);
  const result = walk(mm, start, end, flags);
  lock_released(LOCK_MMAP_READ);
  return result;
}

function walk(mm: Mm, start: u64, end: u64, flags: u32): i64 {
  let at = start;
  let hole: u64 = 0;
  let behind: u64 = 0;
  let holes = false;
  while (at < end) {
    const vma = mm.find_vma(at);
    if (!vma) return fail(ENOMEM, WHY_VMA_AT, at, 0, end);
    if (vma.vm_start > at) {
      if (flags == MS_ASYNC) return fail(ENOMEM, WHY_VMA_AT, at, vma.vm_start, end);
      if (!holes) {
        hole = at;
        behind = vma.vm_start;
      }
      holes = true;
      if (vma.vm_start >= end) break;
    }
    if (flags & MS_INVALIDATE && vma.vm_flags & VM_LOCKED) return fail(EBUSY, WHY_NOT_LOCKED, vma.vm_start);
    if (flags & MS_SYNC && vma.vm_flags & VM_SHARED && vma.name == NAME_SECRETMEM)
      return fail(EINVAL, WHY_FILE_ACCESS, flags);
    at = vma.vm_end;
  }
  return holes ? fail(ENOMEM, WHY_VMA_AT, hole, behind, end) : 0;
}
