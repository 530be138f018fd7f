// madvise(start, len, advice). The table of advices stands in advise().
//
//   unknown advice, start unaligned                 EINVAL
//   len > 0 rounds to 0, end wraps                  EINVAL
//   len 0                                           0
//   sealed memory that would lose its content      EPERM
//   VMA by VMA; an error stops there, VMAs before it stay changed
//   a hole                                          ENOMEM at the end, the VMAs behind it are done too
//   a split at max_map_count                        EAGAIN
//
// Linux: mm/madvise.c:do_madvise(), madvise_walk_vmas()
import { EINTR, EINVAL, ENOMEM, EPERM } from '../abi/errno';
import {
  EV_RANGE,
  LOCK_MMAP_READ,
  LOCK_MMAP_WRITE,
  WHY_ADVICE,
  WHY_ALIGNED,
  WHY_NO_WRAP,
  WHY_SEALED,
  WHY_VMA_AT,
} from '../abi/event';
import {
  MADV_COLLAPSE,
  MADV_FREE,
  MADV_DONTFORK,
  MADV_DONTNEED,
  MADV_DONTNEED_LOCKED,
  MADV_GUARD_INSTALL,
  MADV_GUARD_REMOVE,
  MADV_NORMAL,
  MADV_POPULATE_READ,
  MADV_POPULATE_WRITE,
  MADV_COLD,
  MADV_PAGEOUT,
  MADV_REMOVE,
  MADV_WILLNEED,
  MADV_WIPEONFORK,
  VM_SEALED,
  VM_WRITE,
} from '../abi/mman';
import { emit, fail, lock_released, lock_taken, pass } from '../event';
import { advise_flags } from './madvise-flags';
import { advise_pages } from './madvise-pages';
import { madvise_populate } from './madvise-populate';
import { mmap_write_lock_killable, round_up } from './mlock';
import { Mm } from './mm';
import { Vma } from './vma';

/** The system call. */
export function madvise(mm: Mm, start: u64, len: u64, advice: i32): i64 {
  if (!known(advice)) return fail(EINVAL, WHY_ADVICE, <u32>advice);
  pass(WHY_ADVICE, <u32>advice, 0, 0, 0, EINVAL);
  if (start & 4095) return fail(EINVAL, WHY_ALIGNED, start);
  pass(WHY_ALIGNED, start, 0, 0, 0, EINVAL);
  const rounded = round_up(len);
  const end = start + rounded;
  if ((len && !rounded) || end < start) return fail(EINVAL, WHY_NO_WRAP, start, rounded, end);
  pass(WHY_NO_WRAP, start, rounded, end, 0, EINVAL);
  if (end == start) return 0;
  emit(EV_RANGE, 0, start, end, start, len);
  if (advice == MADV_POPULATE_READ || advice == MADV_POPULATE_WRITE) {
    lock_taken(LOCK_MMAP_READ);
    const populated = madvise_populate(mm, start, end, advice == MADV_POPULATE_WRITE);
    lock_released(LOCK_MMAP_READ);
    return populated;
  }
  const lock = reads_only(advice) ? LOCK_MMAP_READ : LOCK_MMAP_WRITE;
  if (lock == LOCK_MMAP_READ) lock_taken(LOCK_MMAP_READ);
  else if (!mmap_write_lock_killable(mm)) return -EINTR;
  const result = walk(mm, start, end, advice);
  lock_released(lock);
  return result;
}

function known(advice: i32): bool {
  return (
    (advice >= MADV_NORMAL && advice <= MADV_DONTNEED) ||
    (advice >= MADV_FREE && advice <= MADV_COLLAPSE) ||
    advice == MADV_GUARD_INSTALL ||
    advice == MADV_GUARD_REMOVE
  );
}

/** Advices that change no VMA. */
// Linux: mm/madvise.c:get_lock_mode()
function reads_only(advice: i32): bool {
  switch (advice) {
    case MADV_REMOVE:
    case MADV_WILLNEED:
    case MADV_COLD:
    case MADV_PAGEOUT:
    case MADV_COLLAPSE:
    case MADV_GUARD_INSTALL:
    case MADV_GUARD_REMOVE:
    case MADV_DONTNEED:
    case MADV_DONTNEED_LOCKED:
    case MADV_FREE:
      return true;
    default:
      return false;
  }
}

/** Sealed private anonymous memory that cannot be written must not lose its content. */
// Linux: mm/madvise.c:can_madvise_modify(), is_discard()
function can_madvise_modify(vma: Vma, advice: i32): bool {
  if (!(vma.vm_flags & VM_SEALED) || !vma.is_anonymous() || vma.vm_flags & VM_WRITE) return true;
  switch (advice) {
    case MADV_FREE:
    case MADV_DONTNEED:
    case MADV_DONTNEED_LOCKED:
    case MADV_REMOVE:
    case MADV_DONTFORK:
    case MADV_WIPEONFORK:
    case MADV_GUARD_INSTALL:
      return false;
    default:
      return true;
  }
}

function walk(mm: Mm, start: u64, end: u64, advice: i32): i64 {
  let at = start;
  let hole: u64 = 0;
  let holes = false;
  let behind: u64 = 0;
  while (at < end) {
    const vma = mm.find_vma(at);
    if (!vma || vma.vm_start >= end) {
      if (!holes) hole = at;
      holes = true;
      break;
    }
    if (vma.vm_start > at) {
      if (!holes) {
        hole = at;
        behind = vma.vm_start;
      }
      holes = true;
      at = vma.vm_start;
    }
    if (!can_madvise_modify(vma, advice)) return fail(EPERM, WHY_SEALED, vma.vm_start);
    const piece_end = min(vma.vm_end, end);
    const error = reads_only(advice)
      ? advise_pages(mm, vma, at, piece_end, advice)
      : advise_flags(mm, vma, at, piece_end, advice);
    if (error) return error;
    at = piece_end;
  }
  return holes ? fail(ENOMEM, WHY_VMA_AT, hole, behind, end) : 0;
}
