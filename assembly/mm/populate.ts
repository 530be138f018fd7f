// Faulting a range in ahead of its use: mlock, mlockall(MCL_CURRENT), MAP_LOCKED, MAP_POPULATE, mremap and brk growth.
//
// What a piece of a VMA answers:
//   VM_IO, VM_PFNMAP, VM_LOCKONFAULT   passed over
//   PROT_NONE, execute-only, secretmem EFAULT
//   a page that cannot be had          EFAULT at that page (guard, beyond the end of the file)
//   SIGKILL pending                    EINTR before the next page
//
// Linux: mm/gup.c:__mm_populate(), populate_vma_page_range()
import { EFAULT, EINTR, ENOMEM, SIGKILL } from '../abi/errno';
import {
  CAUSE_KILLED,
  CAUSE_PKEY,
  CAUSE_PROT,
  CAUSE_SECRETMEM,
  EV_POPULATE,
  POPULATE_DONE,
  POPULATE_SKIPPED,
  POPULATE_STOPPED,
  WHY_POPULATE,
} from '../abi/event';
import { NAME_SECRETMEM } from '../abi/layout';
import { VM_IO, VM_LOCKONFAULT, VM_PFNMAP, VM_PKEY_EXECUTE_ONLY, VM_SHARED, VM_WRITE } from '../abi/mman';
import { emit, events_wanted, fail, pass } from '../event';
import { drain_local } from '../page/lru';
import { fault_range } from './fault';
import { Mm } from './mm';
import { Vma } from './vma';
import { VM_ACCESS } from './vm-flags';

/**
 * Populates [start, end); gaps are passed over. Without `ignore_errors` it stops at the first error and returns it as
 * mlock() does: EFAULT becomes ENOMEM. Otherwise the next VMA is tried and 0 is returned.
 */
export function mm_populate(mm: Mm, start: u64, end: u64, ignore_errors: bool): i64 {
  let vma = start < end ? mm.find_vma(start) : null;
  while (vma && vma.vm_start < end) {
    const from = max(vma.vm_start, start);
    const to = min(vma.vm_end, end);
    const error = populate_vma(mm, vma, from, to);
    if (error && !ignore_errors) {
      // Linux: mm/mlock.c:__mlock_posix_error_return()
      if (error == EINTR) return fail(EINTR, WHY_POPULATE, mm.stopped, end, mm.cause);
      return fail(ENOMEM, WHY_POPULATE, mm.stopped, end, mm.cause);
    }
    vma = vma.next;
  }
  if (!ignore_errors) pass(WHY_POPULATE, end, end, 0, 0, ENOMEM);
  return 0;
}

/** Populates one piece of a VMA; returns 0 or a positive errno, and where it stopped in mm.stopped. */
function populate_vma(mm: Mm, vma: Vma, start: u64, end: u64): i32 {
  const vm_flags = vma.vm_flags;
  mm.stopped = start;
  if (vm_flags & (VM_IO | VM_PFNMAP | VM_LOCKONFAULT)) {
    if (events_wanted()) emit(EV_POPULATE, POPULATE_SKIPPED, start, end, start, 0, vma.id);
    return 0;
  }
  const error = populate_pages(mm, vma, start, end, (vm_flags & (VM_WRITE | VM_SHARED)) == VM_WRITE);
  if (events_wanted())
    emit(EV_POPULATE, error ? POPULATE_STOPPED : POPULATE_DONE, start, end, mm.stopped, error, vma.id);
  return error;
}

/** Makes [start, end) of one VMA present, in WRITE mode also privately writable, and drains. */
// Linux: mm/gup.c:__get_user_pages() with FOLL_TOUCH
export function populate_pages(mm: Mm, vma: Vma, start: u64, end: u64, write: bool): i32 {
  mm.stopped = start;
  const denied = denial(vma);
  if (denied) {
    mm.cause = denied;
    return EFAULT;
  }
  if (mm.pending_signal == SIGKILL) {
    mm.cause = CAUSE_KILLED;
    return EINTR;
  }
  const stopped = fault_range(mm, vma, start >> 12, end >> 12, write, true);
  mm.stopped = stopped << 12;
  drain_local();
  return mm.stopped < end ? EFAULT : 0;
}

/** Why get_user_pages() refuses a whole VMA, or 0. */
// Linux: mm/gup.c:check_vma_flags()
function denial(vma: Vma): u32 {
  const vm_flags = vma.vm_flags;
  if (!(vm_flags & VM_ACCESS)) return CAUSE_PROT;
  if (vma.name == NAME_SECRETMEM) return CAUSE_SECRETMEM;
  if (vm_flags & VM_PKEY_EXECUTE_ONLY) return CAUSE_PKEY;
  return 0;
}
