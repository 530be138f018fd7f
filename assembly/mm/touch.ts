// Accesses by the program itself: one byte in each page of a range.
//
//   no VMA, and no stack that may grow     SIGSEGV, SEGV_MAPERR
//   no right                               SIGSEGV, SEGV_ACCERR
//   execute-only key                       SIGSEGV, SEGV_PKUERR
//   guard page                             SIGSEGV, SEGV_MAPERR
//   beyond the end of the file             SIGBUS, BUS_ADRERR
//
// Linux: arch/x86/mm/fault.c:do_user_addr_fault(), access_error()
import { BUS_ADRERR, SEGV_ACCERR, SEGV_MAPERR, SEGV_PKUERR, SIGBUS, SIGSEGV } from '../abi/errno';
import { CAUSE_EOF, EV_FAULT } from '../abi/event';
import { TASK_SIZE, VM_PKEY_EXECUTE_ONLY, VM_WRITE } from '../abi/mman';
import { emit } from '../event';
import { fault_range } from './fault';
import { Mm } from './mm';
import { expand_stack } from './stack';
import { Vma } from './vma';
import { VM_ACCESS } from './vm-flags';

/** How far touch() came. */
@unmanaged
export class Touched {
  pages: u64 = 0;
  signal: i32 = 0;
  code: i32 = 0;
  /** Address of the access that failed. */
  addr: u64 = 0;
}

export const touched: Touched = new Touched();

/** Touches the pages of [addr, addr + len) in order up to the first fault. Returns 0 or the signal; see `touched`. */
export function touch(mm: Mm, addr: u64, len: u64, write: bool): i32 {
  touched.pages = 0;
  touched.signal = 0;
  touched.code = 0;
  touched.addr = 0;
  if (len == 0) return 0;
  const first = addr >> 12;
  const last = ((addr + len - 1) >> 12) + 1;
  let vpn = first;
  while (vpn < last) {
    const at = vpn == first ? addr : vpn << 12;
    if (at >= <u64>TASK_SIZE) return raise(SIGSEGV, SEGV_MAPERR, at, vpn - first);
    let vma = mm.vma_lookup(at);
    if (!vma) vma = expand_stack(mm, at);
    if (!vma) return raise(SIGSEGV, SEGV_MAPERR, at, vpn - first);
    const denied = access_error(vma, write);
    if (denied) return raise(SIGSEGV, denied, at, vpn - first);
    const end = min(last, vma.vm_end >> 12);
    const stopped = fault_range(mm, vma, vpn, end, write, false);
    if (stopped < end) {
      const where = max(addr, stopped << 12);
      if (mm.cause == CAUSE_EOF) return raise(SIGBUS, BUS_ADRERR, where, stopped - first);
      return raise(SIGSEGV, SEGV_MAPERR, where, stopped - first);
    }
    vpn = end;
  }
  touched.pages = last - first;
  return 0;
}

/** si_code of a refused access, or 0. */
function access_error(vma: Vma, write: bool): i32 {
  if (vma.vm_flags & VM_PKEY_EXECUTE_ONLY) return SEGV_PKUERR;
  if (write) return vma.vm_flags & VM_WRITE ? 0 : SEGV_ACCERR;
  return vma.vm_flags & VM_ACCESS ? 0 : SEGV_ACCERR;
}

function raise(signal: i32, code: i32, addr: u64, pages: u64): i32 {
  touched.signal = signal;
  touched.code = code;
  touched.addr = addr;
  touched.pages = pages;
  emit(EV_FAULT, 0, addr, signal, code);
  return signal;
}
