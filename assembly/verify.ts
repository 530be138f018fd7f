// Invariants of the whole machine, for tests: run after every call. Each has a number.
//
//   1 VMAs sorted, not overlapping, page aligned     7 extents sorted, not overlapping, inside VMAs
//   2 map_count                                      8 an entry's folios exist and are mapped that often
//   3 total_vm, data_vm, stack_vm, exec_vm           9 RSS counters
//   4 VM_LOCKONFAULT only with VM_LOCKED            10 nr_mlock, nr_unevictable
//   5 locked_vm = locked VMAs (+ DONTUNMAP leaks)   11 no two equal neighbours among runs
//   6 the tree finds every VMA
import { PAGE_ANON } from './abi/layout';
import { VM_LOCKED, VM_LOCKONFAULT } from './abi/mman';
import { Mm } from './mm/mm';
import { is_data, is_exec, is_stack } from './mm/vm-flags';
import { has_key, maps_folio } from './page/extent';
import { PG_LRU, PG_MLOCKED, PG_UNEVICTABLE, folio_at, folios } from './page/folio';
import { first_task } from './proc/task';

/** Number of the first invariant that does not hold, 0 when all hold. */
export function verify_all(): i32 {
  let task = first_task();
  let entries: u64 = 0;
  while (task) {
    const mm = task.mm;
    if (mm) {
      const broken = verify_mm(mm);
      if (broken) return broken;
      entries += folio_entries(mm);
    }
    task = task.next;
  }
  return verify_folios(entries);
}

function verify_mm(mm: Mm): i32 {
  let count: u64 = 0;
  let total: u64 = 0;
  let data: u64 = 0;
  let stack: u64 = 0;
  let exec: u64 = 0;
  let locked: u64 = 0;
  let last: u64 = 0;
  let vma = mm.head;
  while (vma) {
    if (vma.vm_start < last || vma.vm_end <= vma.vm_start || (vma.vm_start | vma.vm_end) & 4095) return 1;
    const pages = vma.pages();
    count++;
    total += pages;
    if (is_exec(vma.vm_flags)) exec += pages;
    else if (is_stack(vma.vm_flags)) stack += pages;
    else if (is_data(vma.vm_flags)) data += pages;
    if (vma.vm_flags & VM_LOCKED) locked += pages;
    else if (vma.vm_flags & VM_LOCKONFAULT) return 4;
    if (mm.vma_lookup(vma.vm_start) !== vma || mm.vma_lookup(vma.vm_end - 1) !== vma) return 6;
    last = vma.vm_end;
    vma = vma.next;
  }
  if (count != mm.map_count || count != <u64>mm.vmas.count) return 2;
  if (total != mm.total_vm || data != mm.data_vm || stack != mm.stack_vm || exec != mm.exec_vm) return 3;
  if (locked > mm.locked_vm) return 5;
  return verify_extents(mm);
}

function verify_extents(mm: Mm): i32 {
  let anon: u64 = 0;
  let file: u64 = 0;
  let last: u64 = 0;
  let extent = mm.page_table.head;
  while (extent) {
    if (extent.vpn < last || extent.nr == 0) return 7;
    if (!covered(mm, extent.vpn << 12, extent.end() << 12)) return 7;
    if (maps_folio(extent.kind)) {
      if (extent.kind == PAGE_ANON) anon += extent.nr;
      else file += extent.nr;
      if (!known(extent.key, extent.key + extent.nr)) return 8;
    }
    const next = extent.next;
    if (
      next &&
      extent.end() == next.vpn &&
      extent.kind == next.kind &&
      extent.dirty == next.dirty &&
      (!has_key(extent.kind) || extent.key + extent.nr == next.key)
    )
      return 11;
    last = extent.end();
    extent = next;
  }
  return anon == mm.rss_anon && file == mm.rss_file + mm.rss_shmem ? 0 : 9;
}

function covered(mm: Mm, start: u64, end: u64): bool {
  let at = start;
  while (at < end) {
    const vma = mm.vma_lookup(at);
    if (!vma) return false;
    at = vma.vm_end;
  }
  return true;
}

function known(key: u64, end: u64): bool {
  let at = key;
  while (at < end) {
    const run = folio_at(at);
    if (!run || run.key > at || run.mapcount < 1) return false;
    at = run.key + run.nr;
  }
  return true;
}

function folio_entries(mm: Mm): u64 {
  return mm.rss_anon + mm.rss_file + mm.rss_shmem;
}

function verify_folios(entries: u64): i32 {
  let mapped: u64 = 0;
  let mlocked: u64 = 0;
  let unevictable: u64 = 0;
  let run = folio_at(0);
  while (run) {
    mapped += run.nr * <u64>run.mapcount;
    if (run.flags & PG_MLOCKED) mlocked += run.nr;
    if ((run.flags & (PG_UNEVICTABLE | PG_LRU)) == (PG_UNEVICTABLE | PG_LRU)) unevictable += run.nr;
    run = run.next;
  }
  if (mapped != entries) return 8;
  return mlocked == folios.nr_mlock && unevictable == folios.nr_unevictable ? 0 : 10;
}
