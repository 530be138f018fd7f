// brk(addr): returns the new end of the heap, or the old one when it refuses.
//
//   below start_brk, over RLIMIT_DATA                       refused
//   same page                                               the value moves, nothing else
//   shrink                                                  munmap of what lies there; refused if nothing does
//   grow: MEMLOCK limit under MCL_FUTURE, something in the way, RLIMIT_AS or DATA, map_count    refused
//
// Linux: mm/mmap.c:brk(), mm/vma.c:do_brk_flags()
import { EAGAIN, EINTR, ENOMEM } from '../abi/errno';
import {
  COUNTER_BRK,
  EV_COUNTER,
  EV_RANGE,
  EV_VMA_NEW,
  EV_VMA_RESIZE,
  LOCK_MMAP_READ,
  LOCK_MMAP_WRITE,
  WHY_BRK_GAP,
  WHY_BRK_RANGE,
  WHY_FITS_LIMIT,
  WHY_MAP_COUNT,
  WHY_RLIMIT_AS,
} from '../abi/event';
import { NAME_ANON } from '../abi/layout';
import { VM_ACCOUNT, VM_LOCKED, VM_MAYEXEC, VM_MAYREAD, VM_MAYWRITE, VM_READ, VM_WRITE } from '../abi/mman';
import { RLIMIT_DATA } from '../abi/rlimit';
import { emit, fail, lock_released, lock_taken, pass } from '../event';
import { may_expand_vm } from './expand';
import { anon_vma_compatible } from './merge';
import { mmap_write_lock_killable, round_up } from './mlock';
import { Mm, sysctl } from './mm';
import { do_munmap } from './munmap';
import { mm_populate } from './populate';
import { mlock_future_ok } from './stack';
import { gap_end } from './unmapped-area';
import { merge_flags } from './vm-flags';

const HEAP_FLAGS: u64 = VM_READ | VM_WRITE | VM_ACCOUNT | VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC;

/** The system call: compares the result with addr to see whether it was granted. */
export function brk(mm: Mm, addr: u64): i64 {
  if (!mmap_write_lock_killable(mm)) return -EINTR;
  const old = mm.brk;
  const from = round_up(old);
  const to = round_up(addr);
  const granted = move_brk(mm, addr, from, to);
  lock_released(LOCK_MMAP_WRITE);
  if (granted && mm.brk != old) emit(EV_COUNTER, 0, COUNTER_BRK, old, mm.brk);
  if (granted && addr > old && to > from && mm.def_flags & VM_LOCKED) {
    lock_taken(LOCK_MMAP_READ);
    mm_populate(mm, from, to, true);
    lock_released(LOCK_MMAP_READ);
  }
  return mm.brk;
}

function move_brk(mm: Mm, addr: u64, from: u64, to: u64): bool {
  if (addr < mm.start_brk) {
    fail(ENOMEM, WHY_BRK_RANGE, addr, mm.start_brk);
    return false;
  }
  const data = mm.limits.cur[RLIMIT_DATA];
  if (data != 0xffffffffffffffff && addr - mm.start_brk > data) {
    fail(ENOMEM, WHY_BRK_RANGE, addr, mm.start_brk + data);
    return false;
  }
  pass(WHY_BRK_RANGE, addr, mm.start_brk, 0, 0, ENOMEM);
  if (from == to) {
    set_brk(mm, addr);
    return true;
  }
  if (addr <= mm.brk) return shrink(mm, addr, from, to);
  if (!grow(mm, from, to)) return false;
  set_brk(mm, addr);
  return true;
}

function set_brk(mm: Mm, addr: u64): void {
  if (mm.brk != addr) mm.changed = true;
  mm.brk = addr;
}

function shrink(mm: Mm, addr: u64, from: u64, to: u64): bool {
  const vma = mm.find_vma(to);
  if (!vma || vma.vm_start >= from) {
    fail(ENOMEM, WHY_BRK_GAP, to, vma ? vma.vm_start : 0);
    return false;
  }
  if (do_munmap(mm, to, from - to)) return false;
  set_brk(mm, addr);
  return true;
}

/** Adds [from, to) to the heap; the VMA that ends there grows when its flags are equal. */
function grow(mm: Mm, from: u64, to: u64): bool {
  if (to <= from) {
    fail(ENOMEM, WHY_BRK_RANGE, to, from);
    return false;
  }
  const nr_pages = (to - from) >> 12;
  if (!mlock_future_ok(mm, mm.def_flags, nr_pages)) {
    mm.asked = mm.locked_vm + nr_pages;
    fail(EAGAIN, WHY_FITS_LIMIT, nr_pages, mm.locked_vm, 0, mm.limits.memlock_pages());
    return false;
  }
  const next = mm.find_vma(from);
  if (next && to + 4096 > gap_end(next)) {
    fail(ENOMEM, WHY_BRK_GAP, to, next.vm_start);
    return false;
  }
  pass(WHY_BRK_GAP, to, next ? next.vm_start : 0, 0, 0, ENOMEM);
  const vm_flags = HEAP_FLAGS | mm.def_flags;
  if (!may_expand_vm(mm, vm_flags, nr_pages)) {
    fail(ENOMEM, WHY_RLIMIT_AS, mm.total_vm, nr_pages, mm.limits.as_pages());
    return false;
  }
  if (mm.map_count > sysctl.max_map_count) {
    fail(ENOMEM, WHY_MAP_COUNT, mm.map_count, sysctl.max_map_count);
    return false;
  }
  emit(EV_RANGE, 0, from, to, from, to - from);
  const prev = mm.vma_before(from);
  if (
    prev &&
    prev.vm_end == from &&
    prev.vm_file === null &&
    merge_flags(prev.vm_flags) == vm_flags &&
    prev.vm_pgoff + prev.pages() == from >> 12 &&
    anon_vma_compatible(prev.anon_vma, prev.anon_singular, 0, true)
  ) {
    emit(EV_VMA_RESIZE, 0, prev.id, prev.vm_start, prev.vm_end, prev.vm_start, to);
    prev.vm_end = to;
    mm.changed = true;
  } else {
    const vma = mm.new_vma();
    vma.name = <u16>NAME_ANON;
    vma.vm_start = from;
    vma.vm_end = to;
    vma.vm_flags = vm_flags;
    vma.vm_pgoff = from >> 12;
    vma.anon_vma = 0;
    vma.anon_singular = true;
    mm.link(vma);
    emit(EV_VMA_NEW, 0, vma.id, from, to, vm_flags);
  }
  mm.account(vm_flags, nr_pages);
  if (vm_flags & VM_LOCKED) mm.locked_vm += nr_pages;
  return true;
}
