// mremap(old, old_len, new_len, flags, new).
//
//                 plain                         MREMAP_FIXED                     MREMAP_DONTUNMAP (equal lengths)
//   new == old    nothing, holes do not matter  moved, may span VMAs and holes   moved, source stays empty and unlocked
//   new <  old    munmap of the tail            moved, tail unmapped             EINVAL
//   new >  old    in place, else moved          moved and grown                  EINVAL
//   old == 0      second mapping of a shared object (MREMAP_MAYMOVE)
//
// Errors, in order: arguments EINVAL; map_count ENOMEM (FIXED, DONTUNMAP); old unmapped EFAULT; sealed EPERM; then by kind:
// old_len 0 on private EINVAL, over more than one VMA EFAULT, special EFAULT or EINVAL, locked_vm over the limit EAGAIN,
// RLIMIT_AS ENOMEM, no room ENOMEM.
//
// Linux: mm/mremap.c:do_mremap(), check_mremap_params(), check_prep_vma(), remap_move()
import { NAME_SYSV } from '../abi/layout';
import { EAGAIN, EFAULT, EINTR, EINVAL, ENOMEM, EPERM } from '../abi/errno';
import {
  EV_RANGE,
  LOCK_MMAP_READ,
  LOCK_MMAP_WRITE,
  WHY_ALIGNED,
  WHY_FITS_LIMIT,
  WHY_IN_VMA,
  WHY_LEN,
  WHY_MAP_COUNT,
  WHY_MAY_EXPAND,
  WHY_MREMAP_FLAGS,
  WHY_OLD_LEN,
  WHY_OLD_MAPPED,
  WHY_OVERLAP,
  WHY_RLIMIT_AS,
  WHY_ROOM,
  WHY_SEALED,
  WHY_TASK_SIZE,
  WHY_VMA_AT,
} from '../abi/event';
import {
  MREMAP_DONTUNMAP,
  MREMAP_FIXED,
  MREMAP_MAYMOVE,
  TASK_SIZE,
  VM_DONTEXPAND,
  VM_LOCKED,
  VM_MAYSHARE,
  VM_PFNMAP,
  VM_SEALED,
} from '../abi/mman';
import { emit, fail, lock_released, lock_taken, pass } from '../event';
import { may_expand_vm } from './expand';
import { merge_new } from './merge';
import { mmap_write_lock_killable, round_up } from './mlock';
import { Mm, sysctl } from './mm';
import { move_vma } from './mremap-move';
import { do_munmap } from './munmap';
import { mm_populate } from './populate';
import { mlock_future_ok } from './stack';
import { NO_GAP, get_unmapped_area } from './unmapped-area';
import { Vma } from './vma';

const KNOWN: u32 = MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP;
const TO: u32 = MREMAP_FIXED | MREMAP_DONTUNMAP;

/** The system call: the new address or -errno. */
export function mremap(mm: Mm, old: u64, old_bytes: u64, new_bytes: u64, flags: u32, target: u64): i64 {
  const old_len = round_up(old_bytes);
  const new_len = round_up(new_bytes);
  const error = check_params(mm, old, old_len, new_len, flags, target);
  if (error) return error;
  if (!mmap_write_lock_killable(mm)) return -EINTR;
  emit(EV_RANGE, 0, old, old + old_len, old, old_bytes);
  mm.grown_from = 0;
  mm.grown_to = 0;
  const result = remap(mm, old, old_len, new_len, flags, target);
  lock_released(LOCK_MMAP_WRITE);
  if (mm.grown_to > mm.grown_from) {
    lock_taken(LOCK_MMAP_READ);
    mm_populate(mm, mm.grown_from, mm.grown_to, true);
    lock_released(LOCK_MMAP_READ);
  }
  return result;
}

function check_params(mm: Mm, old: u64, old_len: u64, new_len: u64, flags: u32, target: u64): i64 {
  if (flags & ~KNOWN) return fail(EINVAL, WHY_MREMAP_FLAGS, flags);
  if (old & 4095) return fail(EINVAL, WHY_ALIGNED, old);
  if (new_len == 0) return fail(EINVAL, WHY_LEN, new_len);
  if (new_len > <u64>TASK_SIZE) return fail(EINVAL, WHY_TASK_SIZE, target, new_len);
  pass(WHY_LEN, new_len, 0, 0, 0, EINVAL);
  if (!(flags & TO)) {
    pass(WHY_MREMAP_FLAGS, flags, 0, 0, 0, EINVAL);
    return 0;
  }
  if (target & 4095) return fail(EINVAL, WHY_ALIGNED, target);
  if (target > <u64>TASK_SIZE - new_len) return fail(EINVAL, WHY_TASK_SIZE, target, new_len);
  if (!(flags & MREMAP_MAYMOVE)) return fail(EINVAL, WHY_MREMAP_FLAGS, flags);
  if (flags & MREMAP_DONTUNMAP && old_len != new_len) return fail(EINVAL, WHY_MREMAP_FLAGS, flags);
  pass(WHY_MREMAP_FLAGS, flags, 0, 0, 0, EINVAL);
  if (old + old_len > target && target + new_len > old) return fail(EINVAL, WHY_OVERLAP, old, target);
  pass(WHY_OVERLAP, old, target, 0, 0, EINVAL);
  if (mm.map_count + 5 >= sysctl.max_map_count) return fail(ENOMEM, WHY_MAP_COUNT, mm.map_count, sysctl.max_map_count);
  return 0;
}

function remap(mm: Mm, old: u64, old_len: u64, new_len: u64, flags: u32, target: u64): i64 {
  const vma = mm.vma_lookup(old);
  if (!vma) {
    const next = mm.find_vma(old);
    return fail(EFAULT, WHY_VMA_AT, old, next ? next.vm_start : 0, old + old_len);
  }
  if (flags & MREMAP_FIXED && old_len == new_len && old + old_len > vma.vm_end)
    return move_all(mm, old, old_len, flags, target);
  if (vma.vm_flags & VM_SEALED) return fail(EPERM, WHY_SEALED, vma.vm_start);
  if (!(flags & TO)) {
    if (old_len == new_len) return old;
    if (old_len > new_len) {
      const error = do_munmap(mm, old + new_len, old_len - new_len);
      return error ? error : <i64>old;
    }
    const error = check_vma(mm, vma, old, old_len, new_len, flags);
    return error ? error : grow(mm, vma, old, old_len, new_len, flags);
  }
  return move_one(mm, vma, old, old_len, new_len, flags, target);
}

/** The VMA allows what is asked: kind, extent, limits. */
// Linux: mm/mremap.c:check_prep_vma()
function check_vma(mm: Mm, vma: Vma, old: u64, old_len: u64, new_len: u64, flags: u32): i64 {
  const vm_flags = vma.vm_flags;
  if (old_len == 0 && !(vm_flags & VM_MAYSHARE)) return fail(EINVAL, WHY_OLD_LEN, vm_flags);
  if (flags & MREMAP_DONTUNMAP && vm_flags & (VM_DONTEXPAND | VM_PFNMAP)) return fail(EINVAL, WHY_MAY_EXPAND, vm_flags);
  const kept = min(old_len, new_len);
  if (kept > vma.vm_end - old) return fail(EFAULT, WHY_IN_VMA, old + kept, vma.vm_end);
  pass(WHY_IN_VMA, old + kept, vma.vm_end, 0, 0, EFAULT);
  if (new_len <= old_len) return 0;
  if (vm_flags & (VM_DONTEXPAND | VM_PFNMAP)) return fail(EFAULT, WHY_MAY_EXPAND, vm_flags);
  const more = (new_len - old_len) >> 12;
  if (!mlock_future_ok(mm, vm_flags, more)) {
    mm.asked = mm.locked_vm + more;
    return fail(EAGAIN, WHY_FITS_LIMIT, more, mm.locked_vm, 0, mm.limits.memlock_pages());
  }
  if (vm_flags & VM_LOCKED)
    pass(WHY_FITS_LIMIT, more, mm.locked_vm, 0, mm.limits.memlock_pages(), EAGAIN, mm.limits.ipc_lock() ? 1 : 0);
  return check_expand(mm, vm_flags, more);
}

function check_expand(mm: Mm, vm_flags: u64, pages: u64): i64 {
  if (!may_expand_vm(mm, vm_flags, pages)) return fail(ENOMEM, WHY_RLIMIT_AS, mm.total_vm, pages, mm.limits.as_pages());
  pass(WHY_RLIMIT_AS, mm.total_vm, pages, mm.limits.as_pages(), 0, ENOMEM);
  return 0;
}

/** Growth without a given place: in place when the VMA ends there and the space is free, else moved. */
// Linux: mm/mremap.c:expand_vma()
function grow(mm: Mm, vma: Vma, old: u64, old_len: u64, new_len: u64, flags: u32): i64 {
  const end = old + old_len;
  const more = new_len - old_len;
  const next = vma.next;
  if (end == vma.vm_end && end + more > end && end + more <= <u64>TASK_SIZE && (!next || next.vm_start >= end + more)) {
    const vm_flags = vma.vm_flags;
    const merged = merge_new(
      mm,
      end,
      end + more,
      vm_flags,
      vma.vm_file,
      vma.pgoff(end),
      vma.anon_vma,
      vma.anon_singular,
    );
    if (!merged) return fail(ENOMEM, WHY_ROOM, end, next ? next.vm_start : 0);
    pass(WHY_ROOM, end + more, next ? next.vm_start : 0, 0, 0, ENOMEM);
    mm.account(vm_flags, more >> 12);
    if (vm_flags & VM_LOCKED) {
      mm.locked_vm += more >> 12;
      mm.grown_from = end;
      mm.grown_to = end + more;
    }
    return old;
  }
  if (!(flags & MREMAP_MAYMOVE)) return fail(ENOMEM, WHY_ROOM, end + more, next ? next.vm_start : 0);
  const place = get_unmapped_area(mm, 0, new_len, vma.vm_file === null);
  if (place == NO_GAP) return fail(ENOMEM, WHY_ROOM, end + more, 0);
  return move_vma(mm, vma, old, old_len, new_len, place, false);
}

/** MREMAP_FIXED or MREMAP_DONTUNMAP of a range inside one VMA. */
// Linux: mm/mremap.c:mremap_to()
function move_one(mm: Mm, vma: Vma, old: u64, old_len: u64, new_len: u64, flags: u32, target: u64): i64 {
  const checked = check_vma(mm, vma, old, old_len, new_len, flags);
  if (checked) return checked;
  let place = target;
  if (flags & MREMAP_FIXED) {
    const error = do_munmap(mm, target, new_len);
    if (error) return error;
    if (!mm.vma_lookup(old)) return fail(EFAULT, WHY_OLD_MAPPED, old); // the target was the source's start
  }
  let source_len = old_len;
  if (old_len > new_len) {
    const error = do_munmap(mm, old + new_len, old_len - new_len);
    if (error) return error;
    source_len = new_len;
  }
  const source = mm.vma_lookup(old);
  if (!source || source_len > source.vm_end - old) return fail(EFAULT, WHY_OLD_MAPPED, old);
  const dontunmap = (flags & MREMAP_DONTUNMAP) != 0;
  if (dontunmap) {
    // Seen: 6.18.44: asked when the destination has gone.
    const full = check_expand(mm, source.vm_flags, old_len >> 12);
    if (full) return full;
  }
  if (!(flags & MREMAP_FIXED)) {
    place = get_unmapped_area(mm, target, new_len, source.vm_file === null);
    if (place == NO_GAP) return fail(ENOMEM, WHY_ROOM, old, 0);
  }
  return move_vma(mm, source, old, source_len, new_len, place, dontunmap);
}

/** Moves every VMA piece of [old, old + len) to its own offset from `target`; holes are kept as holes of the move. */
// Linux: mm/mremap.c:remap_move()
function move_all(mm: Mm, old: u64, len: u64, flags: u32, target: u64): i64 {
  const end = old + len;
  let at = old;
  while (at < end) {
    const vma = mm.find_vma(at);
    if (!vma || vma.vm_start >= end) break;
    const start = max(at, vma.vm_start);
    const stop = min(end, vma.vm_end);
    // Linux: mm/mremap.c:vma_multi_allowed(): SysV VMAs move alone
    if (vma.name == NAME_SYSV && (at > old || stop < end)) return fail(EFAULT, WHY_IN_VMA, end, vma.vm_end);
    if (vma.vm_flags & VM_SEALED) return fail(EPERM, WHY_SEALED, vma.vm_start);
    const moved = move_one(mm, vma, start, stop - start, stop - start, flags, target + (start - old));
    if (moved < 0) return moved;
    at = stop;
  }
  return target;
}
