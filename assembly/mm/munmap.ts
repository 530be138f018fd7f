// munmap(addr, len).
//
//   addr unaligned, len 0, beyond TASK_SIZE   EINVAL
//   nothing mapped                            0
//   part of [vdso] or [vvar]                  EINVAL
//   sealed                                    EPERM
//   a cut out of one VMA at max_map_count     ENOMEM   nothing changed; cutting an end is always allowed
//
// Linux: mm/vma.c:do_vmi_munmap(), vms_gather_munmap_vmas(), vms_complete_munmap_vmas()
import { EINTR, EINVAL, ENOMEM, EPERM } from '../abi/errno';
import {
  EV_RANGE,
  EV_VMA_REMOVE,
  LOCK_MMAP_WRITE,
  WHY_ALIGNED,
  WHY_LEN,
  WHY_MAP_COUNT,
  WHY_MAY_SPLIT,
  WHY_SEALED,
  WHY_TASK_SIZE,
} from '../abi/event';
import { NAME_VDSO, NAME_VVAR, NAME_VVAR_VCLOCK } from '../abi/layout';
import { TASK_SIZE, VM_LOCKED, VM_SEALED } from '../abi/mman';
import { emit, fail, lock_released, pass } from '../event';
import { split_unchecked } from './merge';
import { mmap_write_lock_killable, round_up } from './mlock';
import { Mm, sysctl } from './mm';
import { gap_freed } from './unmapped-area';
import { Vma } from './vma';
import { zap_range } from './zap';

/** The system call. */
export function munmap(mm: Mm, addr: u64, len: u64): i64 {
  if (!mmap_write_lock_killable(mm)) return -EINTR;
  const result = do_munmap(mm, addr, len);
  lock_released(LOCK_MMAP_WRITE);
  return result;
}

/** munmap() for a caller that holds mmap_lock. */
export function do_munmap(mm: Mm, addr: u64, len: u64): i64 {
  if (addr & 4095) return fail(EINVAL, WHY_ALIGNED, addr);
  pass(WHY_ALIGNED, addr, 0, 0, 0, EINVAL);
  if (addr > <u64>TASK_SIZE || len > <u64>TASK_SIZE - addr) return fail(EINVAL, WHY_TASK_SIZE, addr, len);
  pass(WHY_TASK_SIZE, addr, len, 0, 0, EINVAL);
  const rounded = round_up(len);
  if (rounded == 0) return fail(EINVAL, WHY_LEN, len);
  pass(WHY_LEN, len, 0, 0, 0, EINVAL);
  emit(EV_RANGE, 0, addr, addr + rounded, addr, len);
  const error = gather(mm, addr, addr + rounded);
  if (error) return error;
  unmap_vmas(mm, addr, addr + rounded);
  return 0;
}

/** Cuts the VMAs at both ends of [start, end), so that whole VMAs lie inside. A first cut stays when the second fails. */
// Linux: mm/vma.c:vms_gather_munmap_vmas()
export function gather(mm: Mm, start: u64, end: u64): i64 {
  const first = mm.find_vma(start);
  if (!first || first.vm_start >= end) return 0;
  if (first.vm_start < start) {
    if (end < first.vm_end && mm.map_count >= sysctl.max_map_count)
      return fail(ENOMEM, WHY_MAP_COUNT, mm.map_count, sysctl.max_map_count, start);
    if (first.vm_flags & VM_SEALED) return fail(EPERM, WHY_SEALED, first.vm_start);
    if (!may_split(first)) return fail(EINVAL, WHY_MAY_SPLIT, first.vm_start);
    split_unchecked(mm, first, start);
  }
  let vma = mm.find_vma(start);
  while (vma && vma.vm_start < end) {
    if (vma.vm_flags & VM_SEALED) return fail(EPERM, WHY_SEALED, vma.vm_start);
    if (vma.vm_end > end) {
      if (!may_split(vma)) return fail(EINVAL, WHY_MAY_SPLIT, vma.vm_start);
      split_unchecked(mm, vma, end);
    }
    vma = vma.next;
  }
  return 0;
}

/** Special mappings stay in one piece. */
// Linux: mm/mmap.c:special_mapping_split()
export function may_split(vma: Vma): bool {
  return vma.name != NAME_VDSO && vma.name != NAME_VVAR && vma.name != NAME_VVAR_VCLOCK;
}

/** Removes the whole VMAs in [start, end) with their pages. */
// Linux: mm/vma.c:vms_complete_munmap_vmas()
export function unmap_vmas(mm: Mm, start: u64, end: u64): void {
  let vma = mm.find_vma(start);
  while (vma && vma.vm_start < end) {
    const next: Vma | null = vma.next;
    assert(vma.vm_start >= start && vma.vm_end <= end, 'the ends were cut');
    const nr_pages = vma.pages();
    if (vma.vm_flags & VM_LOCKED) mm.locked_vm -= nr_pages;
    mm.unaccount(vma.vm_flags, nr_pages);
    emit(EV_VMA_REMOVE, 0, vma.id, vma.vm_start, vma.vm_end, vma.vm_flags);
    zap_range(mm, vma, vma.vm_start >> 12, vma.vm_end >> 12, false);
    mm.unlink(vma);
    vma = next;
  }
  gap_freed(mm, end);
}

/** Pages in [start, end) that VMAs cover. */
export function mapped_pages(mm: Mm, start: u64, end: u64): u64 {
  let pages: u64 = 0;
  let vma = mm.find_vma(start);
  while (vma && vma.vm_start < end) {
    pages += (min(vma.vm_end, end) - max(vma.vm_start, start)) >> 12;
    vma = vma.next;
  }
  return pages;
}
