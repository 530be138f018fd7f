// The move itself: a copy of the VMA at the new place, the page-table entries as they are, then the source.
// Linux: mm/mremap.c:move_vma(), copy_vma_and_data(), dontunmap_complete()
import { EINVAL, ENOMEM } from '../abi/errno';
import { EV_PAGES, EV_VMA_FLAGS, EV_VMA_NEW, PAGES_MOVED, WHY_MAP_COUNT, WHY_MAY_SPLIT } from '../abi/event';
import { VM_LOCKED, VM_LOCKONFAULT } from '../abi/mman';
import { emit, fail } from '../event';
import { merge_new, split_unchecked } from './merge';
import { Mm, sysctl } from './mm';
import { do_munmap, may_split } from './munmap';
import { gap_freed } from './unmapped-area';
import { Vma, copy_vma_fields } from './vma';
import { VM_LOCKED_MASK } from './vm-flags';

/** Moves [old, old + old_len) of `vma` to `place`, grown to new_len. Nothing is mapped there. Returns the place or -errno. */
export function move_vma(mm: Mm, vma: Vma, old: u64, old_len: u64, new_len: u64, place: u64, dontunmap: bool): i64 {
  if (mm.map_count + 3 >= sysctl.max_map_count) return fail(ENOMEM, WHY_MAP_COUNT, mm.map_count, sysctl.max_map_count);
  const partial = old != vma.vm_start || old + old_len != vma.vm_end;
  if (partial && !may_split(vma)) return fail(EINVAL, WHY_MAY_SPLIT, vma.vm_start);
  const vm_flags = vma.vm_flags;
  const whole = !partial;
  const id = vma.id;
  copy_vma(mm, vma, old, place, new_len);
  if (old_len) move_page_tables(mm, old, old_len, place);
  const pages = new_len >> 12;
  mm.account(vm_flags, pages);
  if (vm_flags & VM_LOCKED) {
    mm.locked_vm += pages;
    if (!(vm_flags & VM_LOCKONFAULT) && new_len > old_len) {
      mm.grown_from = place + old_len;
      mm.grown_to = place + new_len;
    }
  }
  if (old_len == 0) return place;
  if (dontunmap) {
    leave_source(mm, old, old_len, whole, id);
    return place;
  }
  const error = do_munmap(mm, old, old_len);
  assert(error == 0, 'the source can be unmapped: map_count has room');
  return place;
}

/** The VMA at the new place: merged with neighbours or new. An untouched anonymous one takes its pgoff from there. */
// Linux: mm/vma.c:copy_vma()
function copy_vma(mm: Mm, vma: Vma, old: u64, place: u64, len: u64): void {
  const fresh = vma.vm_file === null && vma.anon_vma == 0;
  const pgoff = fresh ? place >> 12 : vma.pgoff(old);
  const end = place + len;
  if (merge_new(mm, place, end, vma.vm_flags, vma.vm_file, pgoff, vma.anon_vma, vma.anon_singular)) return;
  const copy = mm.new_vma();
  copy_vma_fields(copy, vma);
  copy.vm_start = place;
  copy.vm_end = end;
  copy.vm_pgoff = pgoff;
  mm.link(copy);
  emit(EV_VMA_NEW, 0, copy.id, place, end, copy.vm_flags);
}

/** Entries keep their kind, their folios and their marks: no lock or unlock happens. */
function move_page_tables(mm: Mm, old: u64, len: u64, place: u64): void {
  const table = mm.page_table;
  const first = old >> 12;
  const last = (old + len) >> 12;
  const shift = (place >> 12) - first;
  let extent = table.isolate(first, last);
  while (extent && extent.vpn < last) {
    const vpn = extent.vpn;
    const nr = extent.nr;
    const kind = extent.kind;
    const key = extent.key;
    const dirty = extent.dirty;
    table.clear(extent);
    table.set(vpn + shift, nr, kind, key, dirty);
    emit(EV_PAGES, 0, vpn << 12, nr, PAGES_MOVED, mm.id, (vpn + shift) << 12);
    extent = table.at(vpn + nr);
  }
  mm.changed = true;
}

// Quirk: 6.18 adds the new VMA to locked_vm, clears VM_LOCKED on the whole source VMA and subtracts nothing.
// Linux: mm/mremap.c:dontunmap_complete()
function leave_source(mm: Mm, old: u64, len: u64, whole: bool, id: u32): void {
  let vma = mm.vma_lookup(old)!;
  const merged = vma.id != id;
  if (sysctl.kernel_fixed && vma.vm_flags & VM_LOCKED) {
    mm.locked_vm -= len >> 12;
    if (vma.vm_start < old) vma = split_unchecked(mm, vma, old);
    if (vma.vm_end > old + len) split_unchecked(mm, vma, old + len);
  }
  const flags = vma.vm_flags;
  vma.vm_flags = flags & ~VM_LOCKED_MASK;
  if (flags != vma.vm_flags) emit(EV_VMA_FLAGS, 0, vma.id, vma.vm_start, vma.vm_end, flags, vma.vm_flags);
  if (whole && !merged && vma.vm_start == old && vma.vm_end == old + len) {
    vma.anon_vma = 0;
    vma.anon_singular = true;
  }
  gap_freed(mm, old + len);
}
