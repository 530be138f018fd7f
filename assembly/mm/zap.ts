// Making pages absent: munmap, MADV_DONTNEED, truncation, exit.
import { EV_PAGES, PAGES_UNMAPPED } from '../abi/event';
import { PAGE_ANON, PAGE_GUARD, PAGE_SWAP } from '../abi/layout';
import { VM_LOCKED, VM_RAND_READ, VM_SEQ_READ } from '../abi/mman';
import { emit } from '../event';
import { maps_folio } from '../page/extent';
import { KEY_SHIFT, PG_DIRTY, folio_flags, folio_map, folio_mark_accessed } from '../page/folio';
import { munlock_folio, put_folios } from '../page/lru';
import { first_object } from '../page/object';
import { Mm, sysctl } from './mm';
import { Vma } from './vma';

/** Makes pages [first, last) of one VMA absent; guard markers stay when `keep_guards`. Nothing is drained. */
// Linux: mm/memory.c:zap_pte_range()
export function zap_range(mm: Mm, vma: Vma, first: u64, last: u64, keep_guards: bool): void {
  const table = mm.page_table;
  const locked = (vma.vm_flags & VM_LOCKED) != 0;
  let extent = table.isolate(first, last);
  while (extent && extent.vpn < last) {
    const kind = extent.kind;
    if (kind == PAGE_GUARD && keep_guards) {
      extent = extent.next;
      continue;
    }
    const vpn = extent.vpn;
    const nr = extent.nr;
    const key = extent.key;
    const dirty = extent.dirty;
    extent = table.clear(extent);
    emit(EV_PAGES, 0, vpn << 12, nr, PAGES_UNMAPPED, mm.id);
    mm.changed = true;
    if (kind == PAGE_SWAP) {
      mm.swap -= nr;
      sysctl.swap_free += nr;
    }
    if (!maps_folio(kind)) continue;
    rss_sub(mm, kind, key, nr);
    if (kind != PAGE_ANON) {
      if (dirty) folio_flags(key, key + nr, PG_DIRTY, 0);
      // Differs: every entry counts as young; Linux clears that at MADV_COLD and in what fork copies.
      if (!(vma.vm_flags & (VM_SEQ_READ | VM_RAND_READ))) folio_mark_accessed(key, key + nr);
    }
    folio_map(key, key + nr, -1);
    if (locked) munlock_folio(key, nr);
    if (kind == PAGE_ANON) put_folios(key, key + nr);
  }
  table.rejoin(first, last);
}

/** Takes pages out of the counter that they stand in: RssAnon, RssFile or RssShmem. */
export function rss_sub(mm: Mm, kind: i32, key: u64, nr: u64): void {
  if (kind == PAGE_ANON) mm.rss_anon -= nr;
  else if (object_is_shmem(key)) mm.rss_shmem -= nr;
  else mm.rss_file -= nr;
}

/** Adds to RssAnon, RssFile or RssShmem. */
export function rss_add(mm: Mm, kind: i32, key: u64, nr: u64): void {
  rss_sub(mm, kind, key, 0 - nr);
}

function object_is_shmem(key: u64): bool {
  const id = <u32>(key >> KEY_SHIFT);
  let object = first_object();
  while (object && object.id != id) object = object.next;
  return !object || object.shmem;
}
