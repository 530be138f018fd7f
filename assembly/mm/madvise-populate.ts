// MADV_POPULATE_READ and MADV_POPULATE_WRITE: faulting in with an answer.
//
//   no right for the access, special, secretmem      EINVAL    what comes before is populated, nothing after
//   a hole                                           ENOMEM    at the hole
//   guard page, beyond the end of the file           EFAULT
//
// Linux: mm/madvise.c:madvise_populate(), mm/gup.c:faultin_page_range()
import { EFAULT, EINTR, EINVAL, ENOMEM, SIGKILL } from '../abi/errno';
import {
  CAUSE_KILLED,
  EV_POPULATE,
  POPULATE_DONE,
  POPULATE_STOPPED,
  WHY_ADVICE_VMA,
  WHY_POPULATE,
  WHY_VMA_AT,
} from '../abi/event';
import { NAME_SECRETMEM } from '../abi/layout';
import { MADV_POPULATE_READ, MADV_POPULATE_WRITE, VM_IO, VM_PFNMAP, VM_READ, VM_WRITE } from '../abi/mman';
import { emit, fail } from '../event';
import { drain_local } from '../page/lru';
import { fault_range } from './fault';
import { Mm } from './mm';

/** Populates [start, end) and drains once at its end, also after a failure. */
export function madvise_populate(mm: Mm, start: u64, end: u64, write: bool): i64 {
  const result = populate_all(mm, start, end, write);
  drain_local();
  return result;
}

function populate_all(mm: Mm, start: u64, end: u64, write: bool): i64 {
  let at = start;
  while (at < end) {
    const vma = mm.find_vma(at);
    if (!vma || vma.vm_start > at) return fail(ENOMEM, WHY_VMA_AT, at, vma ? vma.vm_start : 0, end);
    const needed: u64 = write ? VM_WRITE : VM_READ;
    if (!(vma.vm_flags & needed) || vma.vm_flags & (VM_IO | VM_PFNMAP) || vma.name == NAME_SECRETMEM)
      return fail(EINVAL, WHY_ADVICE_VMA, vma.vm_flags, write ? MADV_POPULATE_WRITE : MADV_POPULATE_READ, vma.vm_start);
    if (mm.pending_signal == SIGKILL) return fail(EINTR, WHY_POPULATE, at, end, CAUSE_KILLED);
    const piece_end = min(vma.vm_end, end);
    const stopped = fault_range(mm, vma, at >> 12, piece_end >> 12, write, true) << 12;
    emit(EV_POPULATE, stopped < piece_end ? POPULATE_STOPPED : POPULATE_DONE, at, piece_end, stopped, 0, vma.id);
    if (stopped < piece_end) return fail(EFAULT, WHY_POPULATE, stopped, end, mm.cause);
    at = piece_end;
  }
  return 0;
}
