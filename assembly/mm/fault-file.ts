// Faults on absent entries of file mappings (memfd, shared anonymous, SysV, files).
//
// A read maps, of a window of 16 pages, every absent entry whose page is cached:
//
//   64 KiB blocks   |................|................|
//   VMA                    [=========================)
//   window of x               [x...............)            begins at the later of the block and the VMA's start
//
// Linux: mm/memory.c:do_read_fault(), do_fault_around(), do_cow_fault(), do_shared_fault()
import { CAUSE_EOF, EV_PAGES, PAGES_COW, PAGES_FILE } from '../abi/event';
import { NAME_SECRETMEM, NAME_SYSV, PAGE_FILE } from '../abi/layout';
import { VM_LOCKED, VM_SHARED } from '../abi/mman';
import { emit } from '../event';
import { Extent } from '../page/extent';
import { PG_DIRTY, PG_FALLOCATED, folio_flags, folio_map } from '../page/folio';
import { lru_add, lru_add_pages, mlock_folio, mlock_pages } from '../page/lru';
import { FileObject, allocate_cache, cached_at } from '../page/object';
import { anon_vma_prepare } from './anon-vma';
import { fresh_anon } from './fault-anon';
import { Mm } from './mm';
import { Vma } from './vma';

const WINDOW: u64 = 16;
const PMD_PAGES: u64 = 512;
/** Batches that are out of step are followed page by page up to here. */
const STEPWISE: u64 = 4096;

/** A read of absent pages [vpn, end); returns the first page not made present: vpn itself beyond the end of the file. */
export function file_read_fault(mm: Mm, vma: Vma, vpn: u64, end: u64): u64 {
  const object = vma.vm_file!.object;
  const limit = min(end, page_limit(vma, object));
  if (vpn >= limit) {
    // Seen: 6.18.44, oracle trace fork-0020: the pages around are mapped before the SIGBUS.
    if (has_fault_around(object)) fault_around(mm, vma, object, vpn);
    mm.cause = CAUSE_EOF;
    return vpn;
  }
  if (!has_fault_around(object)) return plain_read_fault(mm, vma, object, vpn, limit);
  const window_end = fault_around(mm, vma, object, vpn);
  const extent = mm.page_table.at(vpn);
  if (extent && extent.vpn <= vpn) return cached_windows(mm, vma, object, extent, limit);
  // vpn itself is not cached: fresh pages up to the next entry, or to the next window with a cached page in it.
  let until = extent ? min(limit, extent.vpn) : limit;
  const pgoff = vma.pgoff(vpn << 12);
  const fallocated = cached_at(object, pgoff, pgoff + (min(until, window_end) - vpn));
  if (fallocated) {
    const key = object.key(pgoff);
    if (fallocated.key <= key) {
      folio_flags(key, key + 1, 0, PG_FALLOCATED);
      map_pages(mm, vma, vpn, 1, key, false);
      return vpn + 1;
    }
    until = min(until, vpn + (fallocated.key - key));
  }
  if (until > window_end) {
    const after = vma.pgoff(window_end << 12);
    const cached = cached_at(object, after, after + (until - window_end) + WINDOW);
    if (cached) {
      const key = object.key(after);
      const at = window_end + (cached.key > key ? cached.key - key : 0);
      until = min(until, max(window_end, at & ~(WINDOW - 1)));
    }
  }
  allocate_and_map(mm, vma, object, vpn, until - vpn, false);
  return until;
}

/** A window of pages comes in with one: not for memfd_secret, and not for SysV segments, whose own operations lack it. */
// Linux: ipc/shm.c:shm_vm_ops without map_pages(). Seen: 6.18.44.
function has_fault_around(object: FileObject): bool {
  return object.name != NAME_SECRETMEM && object.name != NAME_SYSV;
}

function plain_read_fault(mm: Mm, vma: Vma, object: FileObject, vpn: u64, limit: u64): u64 {
  const pgoff = vma.pgoff(vpn << 12);
  const key = object.key(pgoff);
  const cached = cached_at(object, pgoff, pgoff + (limit - vpn));
  if (!cached) {
    allocate_and_map(mm, vma, object, vpn, limit - vpn, false);
    return limit;
  }
  const in_cache = cached.key <= key;
  const nr = min(limit - vpn, in_cache ? cached.key + cached.nr - key : cached.key - key);
  if (in_cache) map_pages(mm, vma, vpn, nr, key, false);
  else allocate_and_map(mm, vma, object, vpn, nr, false);
  return vpn + nr;
}

/** After a window was mapped by a touch inside `extent`: the following windows, as far as the page cache goes on. */
function cached_windows(mm: Mm, vma: Vma, object: FileObject, extent: Extent, limit: u64): u64 {
  const mapped = extent.end();
  if (mapped >= limit || mapped & (WINDOW - 1)) return min(mapped, limit);
  const next = extent.next;
  const gap_end = next ? min(limit, next.vpn) : limit;
  const pgoff = vma.pgoff(mapped << 12);
  const run = cached_at(object, pgoff, pgoff + 1);
  if (!run || run.flags & PG_FALLOCATED || gap_end <= mapped) return mapped;
  const known = run.key + run.nr - object.key(pgoff);
  const nr = min(known, gap_end - mapped) & ~(WINDOW - 1);
  if (nr) map_pages(mm, vma, mapped, nr, object.key(pgoff), false);
  return mapped + nr;
}

/** A write to absent pages: shared mappings get the page itself, private ones a copy. */
export function file_write_fault(mm: Mm, vma: Vma, vpn: u64, end: u64): u64 {
  const object = vma.vm_file!.object;
  const shared = (vma.vm_flags & VM_SHARED) != 0;
  // Seen: 6.18.44: also when the write then fails with SIGBUS.
  if (!shared) anon_vma_prepare(mm, vma);
  const limit = min(end, page_limit(vma, object));
  if (vpn >= limit) {
    mm.cause = CAUSE_EOF;
    return vpn;
  }
  const pgoff = vma.pgoff(vpn << 12);
  const key = object.key(pgoff);
  const cached = cached_at(object, pgoff, pgoff + (limit - vpn));
  let nr = limit - vpn;
  let in_cache = false;
  if (cached) {
    in_cache = cached.key <= key;
    nr = min(nr, in_cache ? cached.key + cached.nr - key : cached.key - key);
  }
  if (shared) {
    if (in_cache) map_pages(mm, vma, vpn, nr, key, true);
    else allocate_and_map(mm, vma, object, vpn, nr, true);
    folio_flags(key, key + nr, PG_DIRTY, PG_FALLOCATED);
  } else {
    if (!in_cache) {
      allocate_cache(object, pgoff, nr);
      lru_add(key, nr);
    } else folio_flags(key, key + nr, 0, PG_FALLOCATED);
    fresh_anon(mm, vma, vpn, nr, PAGES_COW);
  }
  return vpn + nr;
}

/** Number of the first page of the VMA that lies beyond the end of the file. */
function page_limit(vma: Vma, object: FileObject): u64 {
  const pages = object.pages();
  return pages <= vma.vm_pgoff ? 0 : (vma.vm_start >> 12) + min(vma.pages(), pages - vma.vm_pgoff);
}

/** Maps the absent entries of the window around vpn whose page is cached and inside the file; returns the window's end. */
function fault_around(mm: Mm, vma: Vma, object: FileObject, vpn: u64): u64 {
  const from = max(vpn & ~(WINDOW - 1), vma.vm_start >> 12);
  const boundary = (vpn & ~(PMD_PAGES - 1)) + PMD_PAGES;
  const to = min(min(from + WINDOW, boundary), min(vma.vm_end >> 12, page_limit(vma, object)));
  let at = from;
  while (at < to) {
    const extent = mm.page_table.at(at);
    if (extent && extent.vpn <= at) {
      at = extent.end();
      continue;
    }
    const gap = extent ? min(to, extent.vpn) : to;
    const pgoff = vma.pgoff(at << 12);
    const run = cached_at(object, pgoff, pgoff + (gap - at));
    if (!run) {
      at = gap;
      continue;
    }
    const key = object.key(pgoff);
    const skip = run.key > key ? run.key - key : 0;
    const nr = min(gap - at - skip, run.key + run.nr - (key + skip));
    if (!(run.flags & PG_FALLOCATED)) map_pages(mm, vma, at + skip, nr, key + skip, false);
    at += skip + nr;
  }
  return to;
}

/** Maps cached pages into absent entries. */
export function map_pages(mm: Mm, vma: Vma, vpn: u64, nr: u64, key: u64, dirty: bool): void {
  enter(mm, vma, vpn, nr, key, dirty);
  if (vma.vm_flags & VM_LOCKED) mlock_folio(key, nr);
}

/** Allocates page-cache pages and maps them: each goes to the lru_add batch, then, in a locked VMA, to the mlock batch. */
function allocate_and_map(mm: Mm, vma: Vma, object: FileObject, vpn: u64, nr: u64, dirty: bool): void {
  const pgoff = vma.pgoff(vpn << 12);
  const key = object.key(pgoff);
  allocate_cache(object, pgoff, nr);
  enter(mm, vma, vpn, nr, key, dirty);
  if (!(vma.vm_flags & VM_LOCKED)) {
    lru_add(key, nr);
    return;
  }
  let done: u64 = 0;
  if (lru_add_pages() != mlock_pages()) {
    const stepwise = min(nr, STEPWISE);
    for (; done < stepwise; done++) {
      lru_add(key + done, 1);
      mlock_folio(key + done, 1);
    }
  }
  if (done < nr) {
    lru_add(key + done, nr - done);
    mlock_folio(key + done, nr - done);
  }
}

function enter(mm: Mm, vma: Vma, vpn: u64, nr: u64, key: u64, dirty: bool): void {
  mm.page_table.set(vpn, nr, PAGE_FILE, key, dirty);
  folio_map(key, key + nr, 1);
  if (vma.vm_file!.object.shmem) mm.rss_shmem += nr;
  else mm.rss_file += nr;
  mm.changed = true;
  emit(EV_PAGES, 0, vpn << 12, nr, PAGES_FILE, mm.id);
}
