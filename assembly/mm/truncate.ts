// Pages leaving a file: ftruncate, hole punching, MADV_REMOVE. They leave every page table first, then the page cache.
// Linux: mm/memory.c:unmap_mapping_range(), mm/shmem.c:shmem_undo_range(), shmem_fallocate()
import { EV_FILE, FILE_PUNCHED, FILE_TRUNCATED } from '../abi/event';
import { PAGE_FILE } from '../abi/layout';
import { emit } from '../event';
import { KEY_SHIFT, PG_DIRTY, folio_flags } from '../page/folio';
import { FileObject, cached_at, drop_cache } from '../page/object';
import { Mm, first_mm } from './mm';
import { Vma } from './vma';
import { zap_range } from './zap';

const END_OF_FILE: u64 = (<u64>1) << KEY_SHIFT;

/** Sets the size in bytes; pages wholly beyond it go, private copies of them too. */
export function truncate(object: FileObject, size: u64): void {
  const old = object.size;
  object.size = size;
  emit(EV_FILE, FILE_TRUNCATED, object.id, 0, size);
  if (size > old) return; // an equal one takes what fallocate() put beyond the end
  const first = (size + 4095) >> 12;
  unmap_mapping_range(object, first, END_OF_FILE, true);
  if (size & 4095) dirty_partial(object, size >> 12);
  drop_cache(object, first, END_OF_FILE);
}

/** Punches [start, end) (bytes): whole pages go, private copies stay. */
export function punch_hole(object: FileObject, start: u64, end: u64): void {
  emit(EV_FILE, FILE_PUNCHED, object.id, start >> 12, (end - start) >> 12);
  const first = (start + 4095) >> 12;
  const last = end >> 12;
  // Quirk: unmap_mapping_range() of a punch inside page 0 gets length 0 there, which means "to the end of the file".
  if (last > first) unmap_mapping_range(object, first, last, false);
  else if (end <= 4096) unmap_mapping_range(object, 1, END_OF_FILE, false);
  if (start & 4095) dirty_partial(object, start >> 12);
  if (end & 4095) dirty_partial(object, end >> 12);
  if (last > first) drop_cache(object, first, last);
}

/** A page that is zeroed in part becomes dirty. */
function dirty_partial(object: FileObject, pgoff: u64): void {
  const run = cached_at(object, pgoff, pgoff + 1);
  if (run) folio_flags(object.key(pgoff), object.key(pgoff) + 1, PG_DIRTY, 0);
}

/** Makes entries of pages [first, last) of a file absent in every address space; `even_cows`: private copies too. */
function unmap_mapping_range(object: FileObject, first: u64, last: u64, even_cows: bool): void {
  let mm = first_mm();
  while (mm) {
    let vma = mm.head;
    while (vma) {
      const file = vma.vm_file;
      if (file && file.object === object) unmap_in_vma(mm, vma, first, last, even_cows);
      vma = vma.next;
    }
    mm = mm.next;
  }
}

function unmap_in_vma(mm: Mm, vma: Vma, first: u64, last: u64, even_cows: bool): void {
  const from = max(first, vma.vm_pgoff);
  const to = min(last, vma.vm_pgoff + vma.pages());
  if (from >= to) return;
  const shift = (vma.vm_start >> 12) - vma.vm_pgoff;
  if (even_cows) {
    zap_range(mm, vma, from + shift, to + shift, true);
    return;
  }
  let vpn = from + shift;
  const end = to + shift;
  while (vpn < end) {
    const extent = mm.page_table.at(vpn);
    if (!extent || extent.vpn >= end) return;
    const next = min(extent.end(), end);
    if (extent.kind == PAGE_FILE) zap_range(mm, vma, max(extent.vpn, vpn), next, true);
    vpn = next;
  }
}
