// The state packed for display and comparison. web/core/decode.ts reads the same layout.
//
//   header   PEEK_HEADER bytes   u32 0 pid, 1 parent, 2 life, 3 status, 4 nr_vmas, 5 nr_extents, 6 next pid + 1 or 0,
//                                7 complete; u64 from byte 32: the STAT_* words, then brk etc. (see write_header)
//   vmas     PEEK_VMA each       u64 start, end, flags, pgoff, pss, rss; u32 id, name, file, anon_vma
//   extents  PEEK_EXTENT each    u64 start, nr, kpf, folio; u32 kind, mapcount, mlock_count, dirty
import {
  PAGE_GUARD,
  PAGE_SWAP,
  PAGE_ZERO,
  PEEK_BASE,
  PEEK_END,
  PEEK_EXTENT,
  PEEK_HEADER,
  PEEK_VMA,
} from './abi/layout';
import {
  KPF_ACTIVE,
  KPF_ANON,
  KPF_DIRTY,
  KPF_LRU,
  KPF_MAPPEDTODISK,
  KPF_MLOCKED,
  KPF_MMAP,
  KPF_REFERENCED,
  KPF_SWAPBACKED,
  KPF_SWAPCACHE,
  KPF_UNEVICTABLE,
  KPF_UPTODATE,
  KPF_ZERO_PAGE,
} from './abi/kpf';
import { RLIMIT_MEMLOCK } from './abi/rlimit';
import { Mm, sysctl } from './mm/mm';
import { Extent, maps_folio } from './page/extent';
import {
  FolioRun,
  KEY_SHIFT,
  PG_ACTIVE,
  PG_ANON,
  PG_DIRTY,
  PG_EXCLUSIVE,
  PG_FALLOCATED,
  PG_LRU,
  PG_MLOCKED,
  PG_REFERENCED,
  PG_SWAPBACKED,
  PG_SWAPCACHE,
  PG_UNEVICTABLE,
  folio_at,
  folios,
} from './page/folio';
import { cached_at, first_object } from './page/object';
import { Task, find_task, first_task } from './proc/task';

const BASE: usize = PEEK_BASE;
const END: usize = PEEK_END - 64;
const VMA_BYTES: usize = PEEK_VMA;
const EXTENT_BYTES: usize = PEEK_EXTENT;

/** Writes the process `pid` at PEEK_BASE and returns the bytes; 0 when there is no such process. pid 0xffffffff: the first. */
export function peek_process(pid: u32): usize {
  const task = pid == 0xffffffff ? first_task() : find_task(pid);
  if (!task) return 0;
  memory.fill(BASE, 0, PEEK_HEADER);
  const next = task.next;
  word(0, task.pid);
  word(1, task.parent);
  word(2, task.life);
  word(3, task.status);
  word(6, next ? next.pid + 1 : 0);
  word(7, 1);
  const mm = task.mm;
  if (!mm) return PEEK_HEADER;
  write_counters(mm);
  return write_vmas(mm);
}

function word(i: usize, value: u32): void {
  store<u32>(BASE + (i << 2), value);
}

function long(i: usize, value: u64): void {
  store<u64>(BASE + 32 + (i << 3), value);
}

function write_counters(mm: Mm): void {
  long(0, mm.locked_vm);
  long(1, mm.total_vm);
  long(2, mm.data_vm);
  long(3, mm.stack_vm);
  long(4, mm.exec_vm);
  long(5, mm.map_count);
  long(6, mm.rss_anon);
  long(7, mm.rss_file);
  long(8, mm.rss_shmem);
  long(9, mm.swap);
  long(10, mm.def_flags);
  long(11, mm.limits.cur[RLIMIT_MEMLOCK]);
  long(12, mm.limits.max[RLIMIT_MEMLOCK]);
  long(13, mm.limits.caps);
  long(14, mm.start_brk);
  long(15, mm.brk);
}

function write_vmas(mm: Mm): usize {
  let at: usize = BASE + <usize>PEEK_HEADER;
  const extents_at = at + <usize>mm.map_count * VMA_BYTES;
  let to = extents_at;
  let nr_vmas: u32 = 0;
  let nr_extents: u32 = 0;
  let vma = mm.head;
  while (vma) {
    const first = to;
    to = write_extents(mm, vma.vm_start >> 12, vma.vm_end >> 12, to);
    nr_extents += <u32>((to - first) / EXTENT_BYTES);
    const file = vma.vm_file;
    store<u64>(at, vma.vm_start);
    store<u64>(at, vma.vm_end, 8);
    store<u64>(at, vma.vm_flags, 16);
    store<u64>(at, vma.vm_pgoff, 24);
    store<u64>(at, pss_of(first, to), 32);
    store<u64>(at, rss_of(first, to), 40);
    store<u32>(at, vma.id, 48);
    store<u32>(at, vma.name, 52);
    store<u32>(at, file ? file.object.id : 0, 56);
    store<u32>(at, vma.anon_vma, 60);
    store<u32>(at, vma.anon_singular ? 1 : 0, 64);
    at += VMA_BYTES;
    nr_vmas++;
    vma = vma.next;
  }
  word(4, nr_vmas);
  word(5, nr_extents);
  if (to >= END) word(7, 0);
  return to - BASE;
}

/** Packs the runs of [vpn, end): page-table extents cut where their folios differ. */
function write_extents(mm: Mm, vpn: u64, end: u64, at: usize): usize {
  let to = at;
  let extent = mm.page_table.at(vpn);
  while (extent && extent.vpn < end && to < END) {
    const last = min(extent.end(), end);
    let from = max(extent.vpn, vpn);
    while (from < last && to < END) {
      const key = extent.key + (from - extent.vpn);
      const run = maps_folio(extent.kind) ? folio_at(key) : null;
      const nr = run ? min(last - from, run.key + run.nr - key) : last - from;
      to = write_extent(to, extent, run, from, nr, key);
      from += nr;
    }
    extent = extent.next;
  }
  return to;
}

function write_extent(to: usize, extent: Extent, run: FolioRun | null, vpn: u64, nr: u64, key: u64): usize {
  store<u64>(to, vpn << 12);
  store<u64>(to, nr, 8);
  store<u64>(to, run ? kpf_word(run) : extent.kind == PAGE_ZERO ? ZERO_WORD : 0, 16);
  store<u64>(to, run ? key : 0, 24);
  store<u32>(to, extent.kind, 32);
  store<u32>(to, run ? run.mapcount : 0, 36);
  store<u32>(to, run ? run.mlock_count : 0, 40);
  store<u32>(to, extent.dirty ? 1 : 0, 44);
  return to + EXTENT_BYTES;
}

/** Zero page: ZERO_PAGE and RESERVED; some populate has marked it REFERENCED long ago, and nothing takes that back. */
const ZERO_WORD: u64 = ((<u64>1) << KPF_ZERO_PAGE) | ((<u64>1) << 32) | ((<u64>1) << KPF_REFERENCED);

/** The word of /proc/kpageflags. */
// Linux: fs/proc/page.c:stable_page_flags()
export function kpf_word(run: FolioRun): u64 {
  const flags = run.flags;
  let word: u64 = (<u64>1) << KPF_UPTODATE;
  if (run.mapcount) word |= (<u64>1) << KPF_MMAP;
  if (flags & PG_ANON) word |= (<u64>1) << KPF_ANON;
  if (flags & PG_SWAPCACHE) word |= (<u64>1) << KPF_SWAPCACHE;
  if (flags & PG_SWAPBACKED) word |= (<u64>1) << KPF_SWAPBACKED;
  if (flags & PG_LRU) word |= (<u64>1) << KPF_LRU;
  if (flags & PG_ACTIVE) word |= (<u64>1) << KPF_ACTIVE;
  if (flags & PG_REFERENCED) word |= (<u64>1) << KPF_REFERENCED;
  if (flags & PG_DIRTY) word |= (<u64>1) << KPF_DIRTY;
  if (flags & PG_UNEVICTABLE) word |= (<u64>1) << KPF_UNEVICTABLE;
  if (flags & PG_MLOCKED) word |= (<u64>1) << KPF_MLOCKED;
  // AnonExclusive shares its bit with MAPPEDTODISK.
  if (flags & PG_EXCLUSIVE) word |= (<u64>1) << KPF_MAPPEDTODISK;
  return word;
}

function rss_of(first: usize, end: usize): u64 {
  let pages: u64 = 0;
  for (let at = first; at < end; at += EXTENT_BYTES) {
    if (maps_folio(load<i32>(at, 32))) pages += load<u64>(at, 8);
  }
  return pages;
}

/** Sum of 4096 / mapcount in units of 1/4096 byte, shifted down. */
// Linux: fs/proc/task_mmu.c:smaps_account()
function pss_of(first: usize, end: usize): u64 {
  let pss: u64 = 0;
  for (let at = first; at < end; at += EXTENT_BYTES) {
    if (!maps_folio(load<i32>(at, 32))) continue;
    pss += load<u64>(at, 8) * (((<u64>4096) << 12) / max(load<u32>(at, 36), 1));
  }
  return pss >> 12;
}

/** Writes the machine's counters and its files at PEEK_BASE and returns the bytes. */
export function peek_machine(): usize {
  store<u64>(BASE, folios.nr_mlock);
  store<u64>(BASE, folios.nr_unevictable, 8);
  store<u64>(BASE, sysctl.max_map_count, 16);
  store<u64>(BASE, sysctl.swap_free, 24);
  let to: usize = BASE + 40;
  let nr: u32 = 0;
  let object = first_object();
  while (object && to < END) {
    const count_at = to + 8;
    store<u32>(to, object.id);
    store<u32>(to, object.name, 4);
    store<u64>(to, object.size, 16);
    to += 24;
    let runs: u64 = 0;
    const base = object.key(0);
    let run = cached_at(object, 0, (<u64>1) << KEY_SHIFT);
    while (run && run.key >> KEY_SHIFT == object.id && to < END) {
      if (run.flags & PG_FALLOCATED) {
        run = run.next;
        continue;
      }
      if (runs && load<u64>(to - 16) + load<u64>(to - 8) == run.key - base)
        store<u64>(to - 8, load<u64>(to - 8) + run.nr);
      else {
        store<u64>(to, run.key - base);
        store<u64>(to, run.nr, 8);
        to += 16;
        runs++;
      }
      run = run.next;
    }
    store<u64>(count_at, runs);
    nr++;
    object = object.next;
  }
  store<u64>(BASE, nr, 32);
  return to - BASE;
}

/** VM_* bits at an address, left at PEEK_BASE. */
export function peek_vma_flags(pid: u32, addr: u64): void {
  const mm = mm_of(find_task(pid));
  const vma = mm ? mm.vma_lookup(addr) : null;
  store<u64>(BASE, vma ? vma.vm_flags : 0);
}

/** Word of /proc/kpageflags of the page at an address, left at PEEK_BASE. */
export function peek_page_flags(pid: u32, addr: u64): void {
  store<u64>(BASE, 0);
  const mm = mm_of(find_task(pid));
  if (!mm) return;
  const vpn = addr >> 12;
  const extent = mm.page_table.at(vpn);
  if (!extent || extent.vpn > vpn || extent.kind == PAGE_SWAP || extent.kind == PAGE_GUARD) return;
  const run = maps_folio(extent.kind) ? folio_at(extent.key + (vpn - extent.vpn)) : null;
  store<u64>(BASE, run ? kpf_word(run) : ZERO_WORD);
}

function mm_of(task: Task | null): Mm | null {
  return task ? task.mm : null;
}
