// Fresh anonymous pages.
import { EV_PAGES, PAGES_SWAPIN } from '../abi/event';
import { PAGE_ANON } from '../abi/layout';
import { VM_DROPPABLE, VM_LOCKED } from '../abi/mman';
import { emit } from '../event';
import { PG_ANON, PG_EXCLUSIVE, PG_MLOCKED, PG_SWAPBACKED, folio_alloc_anon } from '../page/folio';
import { lru_add, mlock_new_folio } from '../page/lru';
import { anon_vma_prepare } from './anon-vma';
import { Mm } from './mm';
import { Vma } from './vma';
import { VM_SPECIAL } from './vm-flags';

/**
 * Fresh anonymous pages for absent or swap entries: on the unevictable list when the VMA is VM_LOCKED.
 *
 * Quirk: but not from swap. There the folio goes to the LRU before it is mapped, and mapping one that was not anonymous
 * yet marks nothing: it stays evictable until reclaim looks at its VMA.
 */
// Linux: mm/swap.c:folio_add_lru_vma(); mm/memory.c:do_swap_page(), mm/rmap.c:folio_add_new_anon_rmap()
export function fresh_anon(mm: Mm, vma: Vma, vpn: u64, nr: u64, what: u32): void {
  anon_vma_prepare(mm, vma);
  const locked = (vma.vm_flags & (VM_LOCKED | VM_SPECIAL)) == VM_LOCKED && what != PAGES_SWAPIN;
  let flags: u32 = PG_ANON | PG_EXCLUSIVE;
  if (!(vma.vm_flags & VM_DROPPABLE)) flags |= PG_SWAPBACKED;
  if (locked) flags |= PG_MLOCKED;
  const key = folio_alloc_anon(nr, flags);
  if (locked) mlock_new_folio(key, nr);
  else lru_add(key, nr);
  mm.page_table.set(vpn, nr, PAGE_ANON, key, true);
  mm.rss_anon += nr;
  mm.changed = true;
  emit(EV_PAGES, 0, vpn << 12, nr, what, mm.id);
}
