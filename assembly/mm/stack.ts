// Growth of a VM_GROWSDOWN VMA by an access below its start. It uses the VMA's own flags, not def_flags.
// Linux: mm/vma.c:expand_downwards(), mm/mmap.c:acct_stack_growth()
import { CAUSE_NO_VMA, CAUSE_STACK, EV_VMA_RESIZE, WHY_FITS_LIMIT, WHY_RLIMIT_AS, WHY_ROOM } from '../abi/event';
import { EAGAIN, ENOMEM } from '../abi/errno';
import { STACK_GUARD_GAP, VM_GROWSDOWN, VM_LOCKED } from '../abi/mman';
import { RLIMIT_STACK } from '../abi/rlimit';
import { emit, fail } from '../event';
import { anon_vma_prepare } from './anon-vma';
import { may_expand_vm } from './expand';
import { Mm } from './mm';
import { Vma } from './vma';
import { VM_ACCESS } from './vm-flags';

/** Grows the stack above addr down to addr's page. Null, with mm.cause: there is none, or it may not grow. */
export function expand_stack(mm: Mm, addr: u64): Vma | null {
  const vma = mm.find_vma(addr);
  mm.cause = CAUSE_NO_VMA;
  if (!vma || !(vma.vm_flags & VM_GROWSDOWN)) return null;
  const start = addr & ~4095;
  mm.cause = CAUSE_STACK;
  const prev = vma.prev;
  if (
    prev &&
    !(prev.vm_flags & VM_GROWSDOWN) &&
    prev.vm_flags & VM_ACCESS &&
    start - prev.vm_end < (<u64>STACK_GUARD_GAP) << 12
  ) {
    fail(ENOMEM, WHY_ROOM, start, prev.vm_end);
    return null;
  }
  anon_vma_prepare(mm, vma);
  const grow = (vma.vm_start - start) >> 12;
  if (!acct_stack_growth(mm, vma, grow, vma.vm_end - start)) return null;
  const old = vma.vm_start;
  if (vma.vm_flags & VM_LOCKED) mm.locked_vm += grow;
  mm.account(vma.vm_flags, grow);
  mm.set_start(vma, start);
  vma.vm_pgoff -= grow;
  emit(EV_VMA_RESIZE, 0, vma.id, old, vma.vm_end, start, vma.vm_end);
  return vma;
}

function acct_stack_growth(mm: Mm, vma: Vma, grow: u64, size: u64): bool {
  if (!may_expand_vm(mm, vma.vm_flags, grow)) {
    fail(ENOMEM, WHY_RLIMIT_AS, mm.total_vm, grow, mm.limits.as_pages());
    return false;
  }
  if (size > mm.limits.cur[RLIMIT_STACK]) {
    fail(ENOMEM, WHY_ROOM, size, mm.limits.cur[RLIMIT_STACK]);
    return false;
  }
  if (!mlock_future_ok(mm, vma.vm_flags, grow)) {
    fail(EAGAIN, WHY_FITS_LIMIT, grow, mm.locked_vm, 0, mm.limits.memlock_pages());
    return false;
  }
  return true;
}

/** More pages of a VM_LOCKED mapping fit RLIMIT_MEMLOCK. */
// Linux: mm/mmap.c:mlock_future_ok()
export function mlock_future_ok(mm: Mm, vm_flags: u64, nr_pages: u64): bool {
  if (!(vm_flags & VM_LOCKED) || mm.limits.ipc_lock()) return true;
  return nr_pages + mm.locked_vm <= mm.limits.memlock_pages();
}
