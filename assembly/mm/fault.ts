// Page faults over runs of pages: what makes pages present. One call serves a touch of one page and mlock of a TiB.
//
//   entry      read                           write
//   absent     anon: zero page                anon: fresh page
//              file: page cache, fault-around shared: page cache; private: copy
//   zero page  -                              fresh page
//   anon       -                              exclusive: -; only mapper: taken over; else copy
//   file       -                              shared: dirty; private: copy
//   swap       brought back                   brought back
//   guard      stops (SIGSEGV)                stops
//   past EOF   stops (SIGBUS)                 stops
//
// Linux: mm/memory.c:handle_pte_fault(), do_anonymous_page(), do_fault(), do_wp_page(), do_swap_page()
import { CAUSE_GUARD, EV_PAGES, PAGES_ANON, PAGES_COW, PAGES_REUSED, PAGES_SWAPIN, PAGES_ZERO } from '../abi/event';
import { PAGE_ANON, PAGE_GUARD, PAGE_SWAP, PAGE_ZERO } from '../abi/layout';
import { VM_LOCKED, VM_SHARED } from '../abi/mman';
import { emit } from '../event';
import { Extent, PageTable, maps_folio } from '../page/extent';
import {
  PG_DIRTY,
  PG_EXCLUSIVE,
  PG_LRU,
  PG_SWAPCACHE,
  folio_at,
  folio_flags,
  folio_map,
  folio_mark_accessed,
} from '../page/folio';
import { batch_references, batches_pending, drain_local, munlock_folio, put_folios } from '../page/lru';
import { anon_vma_prepare } from './anon-vma';
import { fresh_anon } from './fault-anon';
import { file_read_fault, file_write_fault } from './fault-file';
import { Mm, sysctl } from './mm';
import { Vma } from './vma';
import { rss_sub } from './zap';

/**
 * Makes pages [first, last) of one VMA (page numbers) present, for `write` privately writable. `accessed`: as
 * get_user_pages() does, the pages are marked referenced. Returns the page where it stopped, with mm.cause; `last` when
 * all went well. Access rights are the caller's business.
 */
export function fault_range(mm: Mm, vma: Vma, first: u64, last: u64, write: bool, accessed: bool): u64 {
  const table = mm.page_table;
  let vpn = first;
  while (vpn < last) {
    const extent = table.at(vpn);
    const gap = !extent || extent.vpn > vpn;
    const end = !extent ? last : min(last, gap ? extent.vpn : extent.end());
    let done: u64;
    if (gap) done = absent(mm, vma, vpn, end, write);
    else done = present(mm, vma, extent!, vpn, end, write);
    if (done == vpn) return vpn;
    if (accessed) mark_accessed(table, vpn, done);
    vpn = done;
  }
  return last;
}

function absent(mm: Mm, vma: Vma, vpn: u64, end: u64, write: bool): u64 {
  if (!vma.is_anonymous()) return write ? file_write_fault(mm, vma, vpn, end) : file_read_fault(mm, vma, vpn, end);
  if (write) {
    fresh_anon(mm, vma, vpn, end - vpn, PAGES_ANON);
  } else {
    mm.page_table.set(vpn, end - vpn, PAGE_ZERO, 0, false);
    emit(EV_PAGES, 0, vpn << 12, end - vpn, PAGES_ZERO, mm.id);
    mm.changed = true;
  }
  return end;
}

function present(mm: Mm, vma: Vma, extent: Extent, vpn: u64, end: u64, write: bool): u64 {
  if (extent.kind == PAGE_GUARD) {
    mm.cause = CAUSE_GUARD;
    return vpn;
  }
  if (extent.kind == PAGE_SWAP) return swap_in(mm, vma, vpn, end, write);
  if (!write) return end;
  if (vma.vm_flags & VM_SHARED) {
    set_dirty(mm, vpn, end);
    return end;
  }
  if (extent.kind == PAGE_ZERO) {
    replace_by_anon(mm, vma, vpn, end, PAGES_ANON);
    return end;
  }
  if (extent.kind == PAGE_ANON) return write_anon(mm, vma, extent, vpn, end);
  replace_by_anon(mm, vma, vpn, end, PAGES_COW);
  return end;
}

/** Replaces present entries by fresh anonymous pages: new page first, then the old one is let go. */
// Linux: mm/memory.c:wp_page_copy()
function replace_by_anon(mm: Mm, vma: Vma, vpn: u64, end: u64, what: u32): void {
  const table = mm.page_table;
  const locked = (vma.vm_flags & VM_LOCKED) != 0;
  let extent = table.isolate(vpn, end);
  while (extent && extent.vpn < end) {
    const from = extent.vpn;
    const nr = extent.nr;
    const kind = extent.kind;
    const key = extent.key;
    table.clear(extent);
    fresh_anon(mm, vma, from, nr, what);
    if (maps_folio(kind)) {
      rss_sub(mm, kind, key, nr);
      folio_map(key, key + nr, -1);
      if (locked) munlock_folio(key, nr);
      if (kind == PAGE_ANON) put_folios(key, key + nr);
    }
    extent = table.at(from + nr);
  }
}

/** A write to anonymous pages that may be shared after fork. */
// Linux: mm/memory.c:do_wp_page(), wp_can_reuse_anon_folio()
function write_anon(mm: Mm, vma: Vma, extent: Extent, vpn: u64, end: u64): u64 {
  const key = extent.key + (vpn - extent.vpn);
  const run = folio_at(key)!;
  let nr = min(end - vpn, run.key + run.nr - key);
  if (run.flags & PG_EXCLUSIVE) {
    set_dirty(mm, vpn, vpn + nr);
    return vpn + nr;
  }
  let reuse: bool = run.mapcount == 1;
  if (batches_pending()) {
    nr = 1;
    reuse = may_reuse(key, run.mapcount, (run.flags & PG_LRU) != 0);
  }
  if (reuse) {
    anon_vma_prepare(mm, vma);
    folio_flags(key, key + nr, PG_EXCLUSIVE, 0);
    set_dirty(mm, vpn, vpn + nr);
    emit(EV_PAGES, 0, vpn << 12, nr, PAGES_REUSED, mm.id);
    mm.changed = true;
  } else replace_by_anon(mm, vma, vpn, vpn + nr, PAGES_COW);
  return vpn + nr;
}

function may_reuse(key: u64, mapcount: i32, on_lru: bool): bool {
  if (mapcount + batch_references(key) > 3) return false;
  if (!on_lru) drain_local();
  return mapcount + batch_references(key) == 1;
}

// Differs: swap is read page by page; Linux reads neighbours into the swap cache too, where mincore() sees them.
// Differs: a page that two processes had swapped out comes back as one page for each of them.
function swap_in(mm: Mm, vma: Vma, vpn: u64, end: u64, write: bool): u64 {
  const table = mm.page_table;
  let extent = table.isolate(vpn, end);
  while (extent && extent.vpn < end) {
    const from = extent.vpn;
    const nr = extent.nr;
    table.clear(extent);
    mm.swap -= nr;
    sysctl.swap_free += nr;
    fresh_anon(mm, vma, from, nr, PAGES_SWAPIN);
    if (!write) {
      clean(table, from, from + nr);
      swapcache(table, from, nr, (vma.vm_flags & VM_LOCKED) == 0);
    }
    extent = table.at(from + nr);
    if (extent && extent.kind != PAGE_SWAP) break;
  }
  return end;
}

/** A page that was only read stays in the swap cache; taken out of it for a VM_LOCKED VMA, it is the only copy: dirty. */
// Linux: mm/memory.c:should_try_to_free_swap(), mm/swap_state.c:delete_from_swap_cache()
function swapcache(table: PageTable, vpn: u64, nr: u64, stays: bool): void {
  const extent = table.at(vpn)!;
  const key = extent.key + (vpn - extent.vpn);
  folio_flags(key, key + nr, stays ? PG_SWAPCACHE : PG_DIRTY, 0);
}

function clean(table: PageTable, vpn: u64, end: u64): void {
  const extent = table.isolate(vpn, end);
  if (extent) extent.dirty = false;
  table.rejoin(vpn, end);
}

function set_dirty(mm: Mm, vpn: u64, end: u64): void {
  const table = mm.page_table;
  const extent = table.at(vpn);
  if (extent && extent.dirty && extent.end() >= end) return;
  let at = table.isolate(vpn, end);
  while (at && at.vpn < end) {
    at.dirty = true;
    at = at.next;
  }
  table.rejoin(vpn, end);
  mm.changed = true;
}

function mark_accessed(table: PageTable, vpn: u64, end: u64): void {
  let extent = table.at(vpn);
  while (extent && extent.vpn < end) {
    if (maps_folio(extent.kind)) {
      const from = max(vpn, extent.vpn);
      const key = extent.key + (from - extent.vpn);
      folio_mark_accessed(key, key + (min(end, extent.end()) - from));
    }
    extent = extent.next;
  }
}
