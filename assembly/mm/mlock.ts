// mlock, mlock2, munlock: a range of pages.
//
// What mlock() and mlock2() answer, in the order Linux asks:
//   flags unknown                      EINVAL   (mlock2 only; the upper 32 bits do not count)
//   limit 0, no CAP_IPC_LOCK           EPERM
//   killed while waiting for mmap_lock EINTR    nothing changed
//   over the limit, no CAP_IPC_LOCK    ENOMEM   nothing changed
//   start + len wraps                  EINVAL
//   len rounds to 0                    0        even where nothing is mapped
//   a hole in the range                ENOMEM   locked up to the hole, not populated
//   a split at max_map_count           ENOMEM   locked up to the VMA; one split may stay
//   populate fails                     ENOMEM   locked to the end, populated up to the failure
//   killed during populate             EINTR    locked to the end
//
// munlock() asks for no limit and no capability: EINTR, EINVAL, 0, ENOMEM for a hole or a split.
//
// Linux: mm/mlock.c:do_mlock(), apply_vma_lock_flags(), mlock_fixup()
import { EINTR, EINVAL, ENOMEM, EPERM, SIGKILL } from '../abi/errno';
import {
  EV_FIXUP,
  EV_RANGE,
  FIXUP_CHANGED,
  FIXUP_FAILED,
  FIXUP_SAME,
  FIXUP_SKIPPED,
  LOCK_MMAP_READ,
  LOCK_MMAP_WRITE,
  WHY_FITS_LIMIT,
  WHY_FLAGS,
  WHY_KILLABLE,
  WHY_MAY_LOCK,
  WHY_NO_WRAP,
  WHY_VMA_AT,
} from '../abi/event';
import { NAME_SECRETMEM } from '../abi/layout';
import { MLOCK_ONFAULT, VM_LOCKED, VM_MAYBE_GUARD } from '../abi/mman';
import { RLIMIT_MEMLOCK } from '../abi/rlimit';
import { emit, events_wanted, fail, lock_released, lock_taken, pass } from '../event';
import { maps_folio } from '../page/extent';
import { drain_local, mlock_drained } from '../page/lru';
import { modify_vma } from './merge';
import { Mm } from './mm';
import { mm_populate } from './populate';
import { Vma } from './vma';
import { VM_LOCKED_MASK, lockable } from './vm-flags';

/** mlock(start, len): start in bytes, any alignment; len in bytes. */
export function mlock(mm: Mm, start: u64, len: u64): i64 {
  return do_mlock(mm, start, len, VM_LOCKED);
}

/** mlock2(start, len, flags): flags 0 or MLOCK_ONFAULT. */
export function mlock2(mm: Mm, start: u64, len: u64, flags: i32): i64 {
  if (flags & ~MLOCK_ONFAULT) return fail(EINVAL, WHY_FLAGS, <u32>flags, MLOCK_ONFAULT);
  pass(WHY_FLAGS, <u32>flags, MLOCK_ONFAULT, 0, 0, EINVAL);
  return do_mlock(mm, start, len, flags & MLOCK_ONFAULT ? VM_LOCKED_MASK : VM_LOCKED);
}

/** munlock(start, len). */
export function munlock(mm: Mm, start: u64, len: u64): i64 {
  const rounded = round_up(len + (start & 4095));
  const from = start & ~4095;
  if (!mmap_write_lock_killable(mm)) return -EINTR;
  if (events_wanted()) emit(EV_RANGE, 0, from, from + rounded, start, len);
  const error = apply_vma_lock_flags(mm, from, rounded, 0);
  lock_released(LOCK_MMAP_WRITE);
  return error;
}

function do_mlock(mm: Mm, start: u64, len: u64, lock_flags: u64): i64 {
  if (!can_do_mlock(mm)) return -EPERM;
  const rounded = round_up(len + (start & 4095));
  const from = start & ~4095;
  if (!mmap_write_lock_killable(mm)) return -EINTR;
  if (events_wanted()) emit(EV_RANGE, 0, from, from + rounded, start, len);
  const nr_pages = rounded >> 12;
  const limit = mm.limits.memlock_pages();
  const capable = mm.limits.ipc_lock();
  let locked = mm.locked_vm + nr_pages;
  let inside: u64 = 0;
  if (locked > limit && !capable) {
    inside = count_mm_mlocked_page_nr(mm, from, rounded);
    locked -= inside;
  }
  if (locked > limit && !capable) {
    mm.asked = locked;
    const error = fail(ENOMEM, WHY_FITS_LIMIT, nr_pages, mm.locked_vm, inside, limit);
    lock_released(LOCK_MMAP_WRITE);
    return error;
  }
  pass(WHY_FITS_LIMIT, nr_pages, mm.locked_vm, inside, limit, ENOMEM, capable ? 1 : 0);
  const error = apply_vma_lock_flags(mm, from, rounded, lock_flags);
  if (error) mm.asked = mm.locked_vm + nr_pages - count_mm_mlocked_page_nr(mm, from, rounded);
  lock_released(LOCK_MMAP_WRITE);
  if (error) return error;
  lock_taken(LOCK_MMAP_READ);
  const populated = mm_populate(mm, from, from + rounded, false);
  lock_released(LOCK_MMAP_READ);
  return populated;
}

/** can_do_mlock(): some memory may be locked at all. */
// Linux: mm/mlock.c:can_do_mlock()
export function can_do_mlock(mm: Mm): bool {
  const limit = unchecked(mm.limits.cur[RLIMIT_MEMLOCK]);
  const capable = mm.limits.ipc_lock();
  if (limit == 0 && !capable) {
    fail(EPERM, WHY_MAY_LOCK, limit, 0);
    return false;
  }
  pass(WHY_MAY_LOCK, limit, capable ? 1 : 0, 0, 0, EPERM);
  return true;
}

/** Takes mmap_lock for write. False (EINTR): a fatal signal is pending and somebody else holds the lock. */
// Linux: mmap_write_lock_killable(): only a task that has to sleep looks at its signals.
export function mmap_write_lock_killable(mm: Mm): bool {
  if (mm.contended && mm.pending_signal == SIGKILL) {
    fail(EINTR, WHY_KILLABLE, 1);
    return false;
  }
  if (mm.pending_signal) pass(WHY_KILLABLE, mm.contended ? 1 : 0, 0, 0, 0, EINTR);
  lock_taken(LOCK_MMAP_WRITE);
  return true;
}

/** Rounds bytes up to pages; wraps to 0 near 2^64 as the kernel's PAGE_ALIGN does. */
export function round_up(len: u64): u64 {
  return (len + 4095) & ~4095;
}

/** Pages of [start, start + len) that lie in VM_LOCKED VMAs. */
// Linux: mm/mlock.c:count_mm_mlocked_page_nr()
function count_mm_mlocked_page_nr(mm: Mm, start: u64, len: u64): u64 {
  const end = start + len < start ? 0xffffffffffffffff : start + len;
  let count: u64 = 0;
  let vma = mm.find_vma(start);
  while (vma && vma.vm_start < end) {
    if (vma.vm_flags & VM_LOCKED) count += min(end, vma.vm_end) - max(start, vma.vm_start);
    vma = vma.next;
  }
  return count >> 12;
}

/** Gives each VMA piece of [start, start + len) the lock flags; what was done before an error stays. */
// Linux: mm/mlock.c:apply_vma_lock_flags()
function apply_vma_lock_flags(mm: Mm, start: u64, len: u64, lock_flags: u64): i64 {
  const end = start + len;
  if (end < start) return fail(EINVAL, WHY_NO_WRAP, start, len, end);
  pass(WHY_NO_WRAP, start, len, end, 0, EINVAL);
  if (end == start) return 0;
  let at = start;
  let vma = mm.find_vma(at);
  while (at < end) {
    if (!vma || vma.vm_start > at) return fail(ENOMEM, WHY_VMA_AT, at, vma ? vma.vm_start : 0, end);
    const piece_end = min(vma.vm_end, end);
    const vm_flags = (vma.vm_flags & ~VM_LOCKED_MASK) | lock_flags;
    const piece = mlock_fixup(mm, vma, at, piece_end, vm_flags);
    if (!piece) return -ENOMEM;
    at = piece_end;
    vma = piece.vm_end > at ? piece : piece.next;
  }
  return 0;
}

/**
 * Gives the piece [start, end) of `vma` new lock flags and marks or unmarks its pages. Returns the VMA that the piece
 * belongs to now; null: a split was refused (ENOMEM).
 */
// Linux: mm/mlock.c:mlock_fixup()
export function mlock_fixup(mm: Mm, vma: Vma, start: u64, end: u64, vm_flags: u64): Vma | null {
  const old = vma.vm_flags;
  const id = vma.id;
  if (vm_flags == old) {
    if (events_wanted()) emit(EV_FIXUP, FIXUP_SAME, start, end, old, old, id);
    return vma;
  }
  if (!lockable(old) || vma.name == NAME_SECRETMEM) {
    if (events_wanted()) emit(EV_FIXUP, FIXUP_SKIPPED, start, end, old, old, id);
    return vma;
  }
  const count = mm.map_count;
  const piece = modify_vma(mm, vma, start, end, vm_flags);
  if (!piece) {
    if (events_wanted()) emit(EV_FIXUP, FIXUP_FAILED, start, end, old, vm_flags, id);
    return null;
  }
  const nr_pages = (end - start) >> 12;
  const was = (old & VM_LOCKED) != 0;
  const is = (vm_flags & VM_LOCKED) != 0;
  if (is && !was) mm.locked_vm += nr_pages;
  else if (was && !is) mm.locked_vm -= nr_pages;
  piece.vm_flags = vm_flags | (piece.vm_flags & VM_MAYBE_GUARD);
  mm.changed = true;
  let marked: u64 = 0;
  if (was != is) marked = mlock_vma_pages_range(mm, piece, start, end, is);
  if (events_wanted())
    emit(
      EV_FIXUP,
      FIXUP_CHANGED,
      start,
      end,
      old,
      vm_flags,
      piece.id,
      mm.map_count > count ? mm.map_count - count : 0,
      marked,
    );
  return piece;
}

/** Marks or unmarks the present pages of a range that VM_LOCKED has just come to or gone from. */
// Linux: mm/mlock.c:mlock_vma_pages_range(), mlock_pte_range(); the zero page is passed over
function mlock_vma_pages_range(mm: Mm, vma: Vma, start: u64, end: u64, locked: bool): u64 {
  drain_local();
  const first = start >> 12;
  const last = end >> 12;
  let marked: u64 = 0;
  let extent = mm.page_table.at(first);
  while (extent && extent.vpn < last) {
    if (maps_folio(extent.kind)) {
      const from = max(extent.vpn, first);
      const nr = min(extent.end(), last) - from;
      vma.run = mlock_drained(extent.key + (from - extent.vpn), nr, locked, vma.run);
      marked += nr;
    }
    extent = extent.next;
  }
  return marked;
}
