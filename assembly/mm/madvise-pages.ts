// The advices that act on pages.
//
//                        unlocked VMA                          VM_LOCKED (also on fault)
//   DONTNEED             pages dropped                         EINVAL
//   DONTNEED_LOCKED      pages dropped                         pages dropped; locked_vm and VM_LOCKED stay
//   FREE                 lazyfree; private anonymous only      EINVAL
//   REMOVE               punches the file; shared writable     EINVAL
//   COLD, PAGEOUT        deactivated, taken                    EINVAL
//   WILLNEED             0                                     0
//   GUARD_INSTALL        dropped, markers                      EINVAL
//   GUARD_REMOVE         markers go                            markers go
//
// Linux: mm/madvise.c
import { EACCES, EINVAL } from '../abi/errno';
import { EV_PAGES, PAGES_GUARD, PAGES_UNMAPPED, WHY_ADVICE_VMA, WHY_FILE_ACCESS } from '../abi/event';
import { PAGE_ANON, PAGE_GUARD, PAGE_SWAP } from '../abi/layout';
import {
  MADV_COLD,
  MADV_DONTNEED,
  MADV_DONTNEED_LOCKED,
  MADV_FREE,
  MADV_GUARD_INSTALL,
  MADV_GUARD_REMOVE,
  MADV_PAGEOUT,
  MADV_REMOVE,
  MADV_WILLNEED,
  VM_HUGETLB,
  VM_LOCKED,
  VM_MAYBE_GUARD,
  VM_MAYWRITE,
  VM_PFNMAP,
  VM_SHARED,
} from '../abi/mman';
import { emit, fail, pass } from '../event';
import { maps_folio } from '../page/extent';
import {
  PG_ACTIVE,
  PG_LRU,
  PG_REFERENCED,
  PG_SWAPBACKED,
  PG_UNEVICTABLE,
  first_run,
  folio_at,
  folios,
  restate,
} from '../page/folio';
import { drain_local, lru_lazyfree } from '../page/lru';
import { anon_vma_prepare } from './anon-vma';
import { Mm, sysctl } from './mm';
import { pageout } from './reclaim';
import { punch_hole } from './truncate';
import { Vma } from './vma';
import { VM_SPECIAL } from './vm-flags';
import { zap_range } from './zap';

/** Applies a page advice to the piece [start, end) of one VMA. */
export function advise_pages(mm: Mm, vma: Vma, start: u64, end: u64, advice: i32): i64 {
  if (refused(vma, advice)) return fail(EINVAL, WHY_ADVICE_VMA, vma.vm_flags, advice, vma.vm_start);
  pass(WHY_ADVICE_VMA, vma.vm_flags, advice, vma.vm_start, 0, EINVAL);
  const first = start >> 12;
  const last = end >> 12;
  switch (advice) {
    case MADV_DONTNEED:
    case MADV_DONTNEED_LOCKED:
      zap_range(mm, vma, first, last, true);
      return 0;
    case MADV_FREE:
      madvise_free(mm, first, last);
      return 0;
    case MADV_REMOVE:
      return madvise_remove(mm, vma, start, end);
    case MADV_COLD:
      drain_local();
      deactivate(mm, first, last);
      return 0;
    case MADV_PAGEOUT:
      drain_local();
      pageout(mm, vma, first, last);
      return 0;
    case MADV_GUARD_INSTALL:
      guard_install(mm, vma, first, last);
      return 0;
    case MADV_GUARD_REMOVE:
      guard_remove(mm, first, last);
      return 0;
    case MADV_WILLNEED:
      drain_local();
      return 0;
    default:
      return fail(EINVAL, WHY_ADVICE_VMA, vma.vm_flags, advice, vma.vm_start);
  }
}

function refused(vma: Vma, advice: i32): bool {
  const vm_flags = vma.vm_flags;
  switch (advice) {
    case MADV_DONTNEED:
    case MADV_COLD:
    case MADV_PAGEOUT:
      return (vm_flags & (VM_LOCKED | VM_PFNMAP | VM_HUGETLB)) != 0;
    case MADV_FREE:
      return (vm_flags & (VM_LOCKED | VM_PFNMAP | VM_HUGETLB)) != 0 || !vma.is_anonymous();
    case MADV_DONTNEED_LOCKED:
      return (vm_flags & (VM_PFNMAP | VM_HUGETLB)) != 0;
    case MADV_REMOVE:
      return (vm_flags & VM_LOCKED) != 0 || vma.vm_file === null;
    case MADV_GUARD_INSTALL:
      return (vm_flags & (VM_SPECIAL | VM_HUGETLB | VM_LOCKED)) != 0;
    case MADV_GUARD_REMOVE:
      return (vm_flags & (VM_SPECIAL | VM_HUGETLB)) != 0;
    default:
      return false;
  }
}

/** Pages become lazyfree: reclaim may drop them until the next write through a clean entry. */
// Linux: mm/madvise.c:madvise_free_pte_range()
function madvise_free(mm: Mm, first: u64, last: u64): void {
  drain_local();
  const table = mm.page_table;
  let extent = table.isolate(first, last);
  while (extent && extent.vpn < last) {
    if (extent.kind == PAGE_SWAP) {
      mm.swap -= extent.nr;
      sysctl.swap_free += extent.nr;
      mm.changed = true;
      extent = table.clear(extent);
      continue;
    }
    if (extent.kind == PAGE_ANON) {
      extent.dirty = false;
      lazyfree(extent.key, extent.key + extent.nr);
      mm.changed = true;
    }
    extent = extent.next;
  }
  table.rejoin(first, last);
}

function lazyfree(first: u64, end: u64): void {
  const wanted = PG_LRU | PG_SWAPBACKED;
  let key = first;
  while (key < end) {
    const run = folio_at(key)!; // looked up each time: a batch that is full changes runs
    const nr = min(end, run.key + run.nr) - key;
    if ((run.flags & (wanted | PG_UNEVICTABLE)) == wanted) lru_lazyfree(key, nr);
    key += nr;
  }
}

function madvise_remove(mm: Mm, vma: Vma, start: u64, end: u64): i64 {
  const shared = VM_SHARED | VM_MAYWRITE;
  if ((vma.vm_flags & shared) != shared) return fail(EACCES, WHY_FILE_ACCESS, vma.vm_flags);
  punch_hole(vma.vm_file!.object, vma.pgoff(start) << 12, vma.pgoff(end) << 12);
  mm.changed = true;
  return 0;
}

/** Pages that only this entry maps go to the inactive list. */
function deactivate(mm: Mm, first: u64, last: u64): void {
  let extent = mm.page_table.at(first);
  while (extent && extent.vpn < last) {
    if (maps_folio(extent.kind)) {
      const from = max(extent.vpn, first);
      const key = extent.key + (from - extent.vpn);
      deactivate_folios(key, key + (min(extent.end(), last) - from));
    }
    extent = extent.next;
  }
}

function deactivate_folios(key: u64, end: u64): void {
  let run = first_run(key, end);
  while (run) {
    const alone = run.mapcount == 1 && run.flags & PG_LRU;
    const flags = alone ? run.flags & ~(PG_ACTIVE | PG_REFERENCED) : run.flags;
    run = restate(run, key, end, flags, run.mlock_count, run.mapcount);
  }
  folios.changes++;
}

// Linux: mm/madvise.c:madvise_guard_install()
function guard_install(mm: Mm, vma: Vma, first: u64, last: u64): void {
  if (vma.is_anonymous()) anon_vma_prepare(mm, vma);
  vma.vm_flags |= VM_MAYBE_GUARD;
  zap_range(mm, vma, first, last, true);
  const table = mm.page_table;
  let vpn = first;
  while (vpn < last) {
    const extent = table.at(vpn);
    if (extent && extent.vpn <= vpn) {
      vpn = extent.end();
      continue;
    }
    const end = extent ? min(last, extent.vpn) : last;
    table.set(vpn, end - vpn, PAGE_GUARD, 0, false);
    emit(EV_PAGES, 0, vpn << 12, end - vpn, PAGES_GUARD, mm.id);
    vpn = end;
  }
  mm.changed = true;
}

function guard_remove(mm: Mm, first: u64, last: u64): void {
  const table = mm.page_table;
  let extent = table.isolate(first, last);
  while (extent && extent.vpn < last) {
    if (extent.kind == PAGE_GUARD) {
      emit(EV_PAGES, 0, extent.vpn << 12, extent.nr, PAGES_UNMAPPED, mm.id);
      mm.changed = true;
      extent = table.clear(extent);
    } else extent = extent.next;
  }
  table.rejoin(first, last);
}
