// What reclaim takes, and what it leaves: MADV_PAGEOUT and memory pressure.
//
//   mapped more than once                  left (shared)
//   PG_mlocked or on the unevictable list  left; put back on its list with mlock_count 0
//   in a VM_LOCKED VMA without the mark    left, and marked: what a lost mark and swap-in did not do is done here
//   SHM_LOCKed                             to the unevictable list
//   lazyfree, clean entry                  dropped; dirty: kept, no longer lazyfree
//   lazyfree of a droppable VMA            dropped
//   anonymous                              to swap while there is room, else kept
//   shmem, clean                           dropped; dirty: unmapped, stays in the page cache
//   regular file                           left (the caller may not write the file)
//
// Differs: dirty pages of shared memory are unmapped and stay in the page cache, also where there is swap.
// Differs: memory pressure takes pages in address order, process by process; Linux walks its inactive lists.
// Linux: mm/madvise.c:madvise_cold_or_pageout_pte_range(), mm/vmscan.c:shrink_folio_list()
import {
  EV_PAGES,
  EV_RECLAIM,
  PAGES_SWAPOUT,
  PAGES_UNMAPPED,
  RECLAIM_MLOCKED,
  RECLAIM_NO_SWAP,
  RECLAIM_SHARED,
  RECLAIM_TAKEN,
  RECLAIM_UNEVICTABLE,
} from '../abi/event';
import { PAGE_ANON, PAGE_FILE, PAGE_SWAP } from '../abi/layout';
import { VM_DROPPABLE, VM_LOCKED, VM_PFNMAP } from '../abi/mman';
import { emit } from '../event';
import {
  FolioRun,
  KEY_SHIFT,
  PG_ACTIVE,
  PG_DIRTY,
  PG_LRU,
  PG_MLOCKED,
  PG_NEVER_EVICTABLE,
  PG_REFERENCED,
  PG_SWAPBACKED,
  PG_UNEVICTABLE,
  folio_at,
  folio_flags,
  folio_free,
  folio_map,
  folios,
} from '../page/folio';
import { drain_local, lru_add, mlock_folio, put_folios } from '../page/lru';
import { first_object } from '../page/object';
import { Mm, first_mm, sysctl } from './mm';
import { Vma } from './vma';
import { rss_sub } from './zap';

/** MADV_PAGEOUT of pages [first, last) of one VMA. */
export function pageout(mm: Mm, vma: Vma, first: u64, last: u64): void {
  reclaim_range(mm, vma, first, last, 0xffffffffffffffff, true);
}

/** Takes up to `wanted` pages anywhere, never PG_mlocked ones; returns how many. */
export function memory_pressure(wanted: u64): u64 {
  drain_local();
  let taken: u64 = 0;
  let mm = first_mm();
  while (mm && taken < wanted) {
    let vma = mm.head;
    while (vma && taken < wanted) {
      if (!(vma.vm_flags & VM_PFNMAP))
        taken += reclaim_range(mm, vma, vma.vm_start >> 12, vma.vm_end >> 12, wanted - taken, false);
      vma = vma.next;
    }
    mm = mm.next;
  }
  drain_local();
  return taken;
}

/** Takes pages of one VMA, run by run; returns how many were taken. */
function reclaim_range(mm: Mm, vma: Vma, first: u64, last: u64, wanted: u64, advised: bool): u64 {
  let taken: u64 = 0;
  let vpn = first;
  while (vpn < last && taken < wanted) {
    const extent = mm.page_table.at(vpn);
    if (!extent || extent.vpn >= last) break;
    vpn = max(vpn, extent.vpn);
    const end = min(extent.end(), last);
    if (extent.kind != PAGE_ANON && extent.kind != PAGE_FILE) {
      vpn = end;
      continue;
    }
    const key = extent.key + (vpn - extent.vpn);
    const run = folio_at(key)!;
    let nr = min(end - vpn, run.key + run.nr - key);
    if (may_take(run, vma, extent.kind, extent.dirty)) nr = min(nr, wanted - taken);
    taken += reclaim_run(mm, vma, vpn, nr, key, extent.kind, extent.dirty, advised);
    vpn += nr;
  }
  return taken;
}

/** True when reclaim_run() takes the first pages of this run; else it goes over the whole run in one step. */
function may_take(run: FolioRun, vma: Vma, kind: i32, dirty: bool): bool {
  const flags = run.flags;
  if (run.mapcount != 1 || flags & (PG_UNEVICTABLE | PG_NEVER_EVICTABLE) || vma.vm_flags & VM_LOCKED) return false;
  if (kind == PAGE_FILE) return !dirty && !(flags & PG_DIRTY);
  if (!(flags & PG_SWAPBACKED)) return !dirty || (vma.vm_flags & VM_DROPPABLE) != 0;
  return sysctl.swap_free > 0;
}

function reclaim_run(mm: Mm, vma: Vma, vpn: u64, nr: u64, key: u64, kind: i32, dirty: bool, advised: bool): u64 {
  const run = folio_at(key)!;
  const flags = run.flags;
  if (run.mapcount != 1) return left(mm, vpn, nr, RECLAIM_SHARED);
  if (advised) folio_flags(key, key + nr, 0, PG_REFERENCED);
  if (flags & PG_UNEVICTABLE) {
    if (advised) put_back(key, nr);
    return left(mm, vpn, nr, flags & PG_MLOCKED ? RECLAIM_MLOCKED : RECLAIM_UNEVICTABLE);
  }
  if (flags & PG_NEVER_EVICTABLE) {
    put_back(key, nr);
    return left(mm, vpn, nr, RECLAIM_UNEVICTABLE);
  }
  // Linux: mm/rmap.c:folio_referenced_one(), try_to_unmap_one()
  if (vma.vm_flags & VM_LOCKED) {
    mlock_folio(key, nr);
    return left(mm, vpn, nr, RECLAIM_MLOCKED);
  }
  if (kind == PAGE_FILE) return reclaim_file(mm, vpn, nr, key, dirty, flags);
  if (!(flags & PG_SWAPBACKED)) {
    if (!dirty || vma.vm_flags & VM_DROPPABLE) return take_away(mm, vpn, nr, key, PAGE_ANON, 0);
    folio_flags(key, key + nr, PG_SWAPBACKED, 0);
    put_back(key, nr);
    return left(mm, vpn, nr, RECLAIM_NO_SWAP);
  }
  const room = min(nr, sysctl.swap_free);
  if (room) take_away(mm, vpn, room, key, PAGE_ANON, PAGE_SWAP);
  if (room < nr) {
    folio_flags(key + room, key + nr, PG_ACTIVE, 0);
    put_back(key + room, nr - room);
    left(mm, vpn + room, nr - room, RECLAIM_NO_SWAP);
  }
  return room;
}

/** folio_isolate_lru() and folio_putback_lru(): through the lru_add batch to the list where it belongs. */
function put_back(key: u64, nr: u64): void {
  const run = folio_at(key)!;
  if ((run.flags & (PG_UNEVICTABLE | PG_LRU)) == (PG_UNEVICTABLE | PG_LRU)) folios.nr_unevictable -= nr;
  folio_flags(key, key + nr, 0, PG_LRU);
  lru_add(key, nr);
}

function reclaim_file(mm: Mm, vpn: u64, nr: u64, key: u64, dirty: bool, flags: u32): u64 {
  const id = <u32>(key >> KEY_SHIFT);
  let object = first_object();
  while (object && object.id != id) object = object.next;
  if (object && !object.shmem) return left(mm, vpn, nr, RECLAIM_SHARED);
  take_away(mm, vpn, nr, key, PAGE_FILE, 0);
  if (!dirty && !(flags & PG_DIRTY)) {
    folio_free(key, key + nr, true);
    return nr;
  }
  folio_flags(key, key + nr, PG_DIRTY | PG_ACTIVE, 0);
  put_back(key, nr);
  return 0;
}

/** Makes entries absent, or swap entries. */
function take_away(mm: Mm, vpn: u64, nr: u64, key: u64, kind: i32, becomes: i32): u64 {
  const table = mm.page_table;
  table.clear(table.isolate(vpn, vpn + nr)!);
  rss_sub(mm, kind, key, nr);
  folio_map(key, key + nr, -1);
  if (kind == PAGE_ANON) put_folios(key, key + nr);
  if (becomes == PAGE_SWAP) {
    table.set(vpn, nr, PAGE_SWAP, sysctl.next_swap, false);
    sysctl.next_swap += nr;
    sysctl.swap_free -= nr;
    mm.swap += nr;
  }
  mm.changed = true;
  emit(EV_PAGES, 0, vpn << 12, nr, becomes == PAGE_SWAP ? PAGES_SWAPOUT : PAGES_UNMAPPED, mm.id);
  emit(EV_RECLAIM, 0, nr, RECLAIM_TAKEN, vpn << 12, mm.id);
  return nr;
}

function left(mm: Mm, vpn: u64, nr: u64, why: u32): u64 {
  emit(EV_RECLAIM, 0, nr, why, vpn << 12, mm.id);
  return 0;
}
