// When VMAs become one and when one becomes two.
//
//   prev |   vma   | next          a piece [start, end) of vma gets new flags; what may happen, tried in this order:
//   prev |#########| next    both  |prev . . . . . . . |    piece == vma, prev and next fit it and each other
//   prev |####     | next    left  |prev . .|   vma    |    the border moves up; vma goes when the piece is all of it
//   prev |     ####| next    right |  vma   |. . . next|    the border moves down
//   prev |  ####   | next    split |vma|piece|vma|          the front is cut off first, then the back
//
// Linux: mm/vma.c:vma_merge_existing_range(), vma_modify(), __split_vma()
import { ENOMEM } from '../abi/errno';
import { EV_VMA_MERGE, EV_VMA_SPLIT, WHY_MAP_COUNT } from '../abi/event';
import { NAME_SYSV } from '../abi/layout';
import { emit, events_wanted, fail } from '../event';
import { File } from '../page/object';
import { Mm, sysctl } from './mm';
import { Vma, copy_vma_fields } from './vma';
import { VM_SPECIAL, merge_flags } from './vm-flags';
import { VM_MAYBE_GUARD } from '../abi/mman';

/** Two anon_vmas that may end up in one VMA: the same one, or none beside one that was not inherited through fork. */
// Linux: mm/vma.c:is_mergeable_anon_vma()
// Seen: 6.18.44; before 6.16 none on the left of one on the right was refused.
export function anon_vma_compatible(a: u32, a_singular: bool, b: u32, b_singular: bool): bool {
  if (a == b) return true;
  if (a == 0) return b_singular;
  return b == 0 && a_singular;
}

/** A VMA that a merge must not remove, for its mapping has a close operation (SysV shm). */
// Linux: mm/vma.c:can_merge_remove_vma()
function has_close(vma: Vma): bool {
  return vma.name == NAME_SYSV;
}

/** True if `prev` may be continued at `start` by a range with these properties. */
function fits_left(
  prev: Vma | null,
  start: u64,
  vm_flags: u64,
  file: File | null,
  pgoff: u64,
  anon_vma: u32,
  singular: bool,
): bool {
  if (!prev || prev.vm_end != start) return false;
  if (merge_flags(prev.vm_flags) != merge_flags(vm_flags) || prev.vm_file !== file) return false;
  if (prev.vm_pgoff + prev.pages() != pgoff) return false;
  return anon_vma_compatible(prev.anon_vma, prev.anon_singular, anon_vma, singular);
}

/** True if `next` may follow at `end`. */
function fits_right(
  next: Vma | null,
  end: u64,
  vm_flags: u64,
  file: File | null,
  pgoff: u64,
  anon_vma: u32,
  singular: bool,
): bool {
  if (!next || next.vm_start != end) return false;
  if (merge_flags(next.vm_flags) != merge_flags(vm_flags) || next.vm_file !== file) return false;
  if (next.vm_pgoff != pgoff) return false;
  return anon_vma_compatible(next.anon_vma, next.anon_singular, anon_vma, singular);
}

function adopt(to: Vma, from: Vma): void {
  if (to.anon_vma == 0) {
    to.anon_vma = from.anon_vma;
    to.anon_singular = from.anon_singular;
  }
  to.vm_flags |= from.vm_flags & VM_MAYBE_GUARD;
}

/** Merges the piece [start, end) of `vma`, about to get `vm_flags`, with its neighbours. Null: nothing fits. */
// Linux: mm/vma.c:vma_merge_existing_range()
export function merge_piece(mm: Mm, vma: Vma, start: u64, end: u64, vm_flags: u64): Vma | null {
  if (vm_flags & VM_SPECIAL) return null;
  const prev = vma.prev;
  const next = vma.next;
  const front = start == vma.vm_start;
  const back = end == vma.vm_end;
  const file = vma.vm_file;
  const left = front && fits_left(prev, start, vm_flags, file, vma.vm_pgoff, vma.anon_vma, vma.anon_singular);
  let right = back && fits_right(next, end, vm_flags, file, vma.pgoff(end), vma.anon_vma, vma.anon_singular);
  if (!left && !right) return null;
  if (front && back && has_close(vma)) return null;
  if (left && right) {
    if (!both_sides_fit(prev!, next!) || has_close(next!)) right = false;
  }
  if (left) {
    const survivor = prev!;
    if (!front || !back) {
      adopt(survivor, vma);
      move_border(mm, survivor, vma, end);
      return survivor;
    }
    adopt(survivor, vma);
    absorb(mm, survivor, vma);
    if (right) {
      adopt(survivor, next!);
      absorb(mm, survivor, next!);
    }
    return survivor;
  }
  const survivor = next!;
  adopt(survivor, vma);
  if (front) {
    const gone = vma.id;
    const from = vma.vm_start;
    const pgoff = vma.vm_pgoff;
    mm.unlink(vma);
    mm.set_start(survivor, from);
    survivor.vm_pgoff = pgoff;
    if (events_wanted()) emit(EV_VMA_MERGE, 0, survivor.id, gone, survivor.vm_start, survivor.vm_end);
  } else {
    survivor.vm_pgoff = vma.pgoff(start);
    vma.vm_end = start;
    mm.set_start(survivor, start);
    if (events_wanted()) emit(EV_VMA_MERGE, 0, survivor.id, 0, survivor.vm_start, survivor.vm_end);
  }
  return survivor;
}

function both_sides_fit(prev: Vma, next: Vma): bool {
  return prev.anon_vma == next.anon_vma || prev.anon_vma == 0 || next.anon_vma == 0;
}

/** `survivor` grows over all of the VMA that follows it. */
function absorb(mm: Mm, survivor: Vma, gone: Vma): void {
  const end = gone.vm_end;
  const id = gone.id;
  mm.unlink(gone);
  survivor.vm_end = end;
  if (events_wanted()) emit(EV_VMA_MERGE, 0, survivor.id, id, survivor.vm_start, end);
}

/** The border between `survivor` and the VMA that follows moves up to `end`. */
function move_border(mm: Mm, survivor: Vma, vma: Vma, end: u64): void {
  vma.vm_pgoff = vma.pgoff(end);
  mm.set_start(vma, end);
  survivor.vm_end = end;
  if (events_wanted()) emit(EV_VMA_MERGE, 0, survivor.id, 0, survivor.vm_start, end);
}

/**
 * Merges a new range [start, end), which is in no VMA, with its neighbours: left, right or both. Null: nothing fits.
 * `anon_vma` is 0 for a new mapping; a moved one brings its own.
 */
// Linux: mm/vma.c:vma_merge_new_range()
export function merge_new(
  mm: Mm,
  start: u64,
  end: u64,
  vm_flags: u64,
  file: File | null,
  pgoff: u64,
  anon_vma: u32,
  anon_singular: bool,
): Vma | null {
  if (vm_flags & VM_SPECIAL) return null;
  const prev = mm.vma_before(start);
  const next = prev ? prev.next : mm.head;
  const pgoff_end = pgoff + ((end - start) >> 12);
  const left = fits_left(prev, start, vm_flags, file, pgoff, anon_vma, anon_singular);
  let right = fits_right(next, end, vm_flags, file, pgoff_end, anon_vma, anon_singular);
  if (left && right && (!both_sides_fit(prev!, next!) || has_close(next!))) right = false;
  if (left) {
    const survivor = prev!;
    survivor.vm_end = end;
    take_anon_vma(survivor, anon_vma, anon_singular);
    survivor.vm_flags |= vm_flags & VM_MAYBE_GUARD;
    mm.changed = true;
    if (events_wanted()) emit(EV_VMA_MERGE, 0, survivor.id, 0, survivor.vm_start, end);
    if (right) {
      adopt(survivor, next!);
      absorb(mm, survivor, next!);
    }
    return survivor;
  }
  if (right) {
    const survivor = next!;
    mm.set_start(survivor, start);
    survivor.vm_pgoff = pgoff;
    take_anon_vma(survivor, anon_vma, anon_singular);
    survivor.vm_flags |= vm_flags & VM_MAYBE_GUARD;
    if (events_wanted()) emit(EV_VMA_MERGE, 0, survivor.id, 0, start, survivor.vm_end);
    return survivor;
  }
  return null;
}

function take_anon_vma(vma: Vma, anon_vma: u32, anon_singular: bool): void {
  if (vma.anon_vma != 0) return;
  vma.anon_vma = anon_vma;
  vma.anon_singular = anon_singular;
}

/** Cuts `vma` at addr, whatever map_count says, and returns the upper part. The lower part keeps the id. */
// Linux: mm/vma.c:__split_vma()
export function split_unchecked(mm: Mm, vma: Vma, addr: u64): Vma {
  assert(vma.vm_start < addr && addr < vma.vm_end, 'the cut lies inside the VMA');
  const upper = mm.new_vma();
  copy_vma_fields(upper, vma);
  upper.vm_pgoff = vma.pgoff(addr);
  upper.vm_start = addr;
  if (events_wanted()) emit(EV_VMA_SPLIT, 0, addr, vma.id, upper.id, vma.vm_start, vma.vm_end);
  vma.vm_end = addr;
  mm.link_after(vma, upper);
  return upper;
}

/** Cuts `vma` at addr and returns the upper part, or null at the map_count limit. */
// Linux: mm/vma.c:split_vma()
export function split_vma(mm: Mm, vma: Vma, addr: u64): Vma | null {
  if (mm.map_count >= sysctl.max_map_count) {
    fail(ENOMEM, WHY_MAP_COUNT, mm.map_count, sysctl.max_map_count, addr);
    return null;
  }
  return split_unchecked(mm, vma, addr);
}

/** Makes the piece [start, end) a VMA of its own that may carry vm_flags: merges, or splits. Null: ENOMEM; a first split may stay. */
// Linux: mm/vma.c:vma_modify()
export function modify_vma(mm: Mm, vma: Vma, start: u64, end: u64, vm_flags: u64): Vma | null {
  const merged = merge_piece(mm, vma, start, end, vm_flags);
  if (merged) return merged;
  let piece = vma;
  if (piece.vm_start < start) {
    const upper = split_vma(mm, piece, start);
    if (!upper) return null;
    piece = upper;
  }
  if (piece.vm_end > end && !split_vma(mm, piece, end)) return null;
  return piece;
}
