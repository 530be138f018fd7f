// mprotect(start, len, prot).
//
//   PROT_GROWSDOWN with PROT_GROWSUP, start unaligned      EINVAL
//   len 0                                                  0        before any look at prot
//   end wraps, len rounds to 0                             ENOMEM
//   unknown prot bits                                      EINVAL
//   start unmapped ENOMEM; PROT_GROWSDOWN: not a stack     EINVAL
//   VMA by VMA: a hole ENOMEM, not allowed EACCES, sealed EPERM, special split EINVAL, RLIMIT_DATA or split ENOMEM;
//   VMAs before the failing one stay changed
//
// A private VMA that is VM_LOCKED, not on fault, and becomes writable is populated at once.
//
// Linux: mm/mprotect.c:do_mprotect_pkey(), mprotect_fixup()
import { EACCES, EINTR, EINVAL, ENOMEM, EPERM } from '../abi/errno';
import {
  EV_RANGE,
  EV_VMA_FLAGS,
  LOCK_MMAP_WRITE,
  WHY_ALIGNED,
  WHY_MAY_PROT,
  WHY_MAY_SPLIT,
  WHY_NO_WRAP,
  WHY_PROT,
  WHY_RLIMIT_DATA,
  WHY_SEALED,
  WHY_VMA_AT,
} from '../abi/event';
import {
  PROT_EXEC,
  PROT_GROWSDOWN,
  PROT_GROWSUP,
  PROT_READ,
  PROT_SEM,
  PROT_WRITE,
  VM_ACCOUNT,
  VM_GROWSDOWN,
  VM_HUGETLB,
  VM_LOCKED,
  VM_LOCKONFAULT,
  VM_MAYBE_GUARD,
  VM_NORESERVE,
  VM_PKEY_EXECUTE_ONLY,
  VM_SEALED,
  VM_SHARED,
  VM_WRITE,
} from '../abi/mman';
import { emit, fail, lock_released, pass } from '../event';
import { may_expand_vm } from './expand';
import { modify_vma } from './merge';
import { mmap_write_lock_killable, round_up } from './mlock';
import { Mm } from './mm';
import { may_split } from './munmap';
import { populate_pages } from './populate';
import { Vma } from './vma';
import { VM_ACCESS } from './vm-flags';

const GROWS: u32 = PROT_GROWSDOWN | PROT_GROWSUP;

/** The system call. */
export function mprotect(mm: Mm, start: u64, len: u64, prot: u32): i64 {
  if ((prot & GROWS) == GROWS) return fail(EINVAL, WHY_PROT, prot);
  if (start & 4095) return fail(EINVAL, WHY_ALIGNED, start);
  pass(WHY_ALIGNED, start, 0, 0, 0, EINVAL);
  if (len == 0) return 0;
  const rounded = round_up(len);
  const end = start + rounded;
  if (end <= start) return fail(ENOMEM, WHY_NO_WRAP, start, rounded, end);
  pass(WHY_NO_WRAP, start, rounded, end, 0, ENOMEM);
  const rights = prot & ~GROWS;
  if (rights & ~(<u32>(PROT_READ | PROT_WRITE | PROT_EXEC | PROT_SEM))) return fail(EINVAL, WHY_PROT, prot);
  pass(WHY_PROT, prot, 0, 0, 0, EINVAL);
  if (!mmap_write_lock_killable(mm)) return -EINTR;
  const result = protect(mm, start, end, prot);
  lock_released(LOCK_MMAP_WRITE);
  return result;
}

function protect(mm: Mm, given: u64, end: u64, prot: u32): i64 {
  let start = given;
  let vma = mm.find_vma(start);
  if (!vma) return fail(ENOMEM, WHY_VMA_AT, start, 0, end);
  if (prot & PROT_GROWSDOWN) {
    if (vma.vm_start >= end) return fail(ENOMEM, WHY_VMA_AT, start, vma.vm_start, end);
    if (!(vma.vm_flags & VM_GROWSDOWN)) return fail(EINVAL, WHY_PROT, prot);
    start = vma.vm_start;
  } else {
    if (vma.vm_start > start) return fail(ENOMEM, WHY_VMA_AT, start, vma.vm_start, end);
    if (prot & PROT_GROWSUP) return fail(EINVAL, WHY_PROT, prot);
  }
  emit(EV_RANGE, 0, start, end, given, end - given);
  let at = start;
  while (at < end) {
    vma = mm.find_vma(at);
    if (!vma || vma.vm_start > at) return fail(ENOMEM, WHY_VMA_AT, at, vma ? vma.vm_start : 0, end);
    const piece_end = min(vma.vm_end, end);
    const error = mprotect_fixup(mm, vma, at, piece_end, prot & 7);
    if (error) return error;
    at = piece_end;
  }
  return 0;
}

/** Changes the rights of the piece [start, end) of one VMA. */
function mprotect_fixup(mm: Mm, vma: Vma, start: u64, end: u64, rights: u32): i64 {
  const old = vma.vm_flags;
  let vm_flags = (old & ~(VM_ACCESS | (<u64>VM_PKEY_EXECUTE_ONLY))) | rights;
  if (rights == PROT_EXEC) vm_flags |= VM_PKEY_EXECUTE_ONLY;
  if (vm_flags & ~(vm_flags >> 4) & VM_ACCESS) return fail(EACCES, WHY_MAY_PROT, old, rights);
  pass(WHY_MAY_PROT, old, rights, 0, 0, EACCES);
  if (old & VM_SEALED) return fail(EPERM, WHY_SEALED, vma.vm_start);
  if (vm_flags == old) return 0;
  const nr_pages = (end - start) >> 12;
  if (!may_expand_vm(mm, vm_flags, nr_pages) && may_expand_vm(mm, old, nr_pages))
    return fail(ENOMEM, WHY_RLIMIT_DATA, mm.data_vm, nr_pages, mm.limits.data_pages());
  if (vm_flags & VM_WRITE) {
    if (!(old & (VM_ACCOUNT | VM_WRITE | VM_HUGETLB | VM_SHARED | VM_NORESERVE))) vm_flags |= VM_ACCOUNT;
  } else if (old & VM_ACCOUNT && vma.is_anonymous() && vma.anon_vma == 0) vm_flags &= ~(<u64>VM_ACCOUNT);
  if ((start > vma.vm_start || end < vma.vm_end) && !may_split(vma)) return fail(EINVAL, WHY_MAY_SPLIT, vma.vm_start);
  const piece = modify_vma(mm, vma, start, end, vm_flags);
  if (!piece) return -ENOMEM;
  piece.vm_flags = vm_flags | (piece.vm_flags & VM_MAYBE_GUARD);
  mm.changed = true;
  emit(EV_VMA_FLAGS, 0, piece.id, start, end, old, vm_flags);
  mm.unaccount(old, nr_pages);
  mm.account(vm_flags, nr_pages);
  if ((old & (VM_WRITE | VM_SHARED | VM_LOCKED)) == VM_LOCKED && vm_flags & VM_WRITE && !(vm_flags & VM_LOCKONFAULT))
    populate_pages(mm, piece, start, end, true);
  return 0;
}
