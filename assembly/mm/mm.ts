// An address space.
import { DEFAULT_MAX_MAP_COUNT } from '../abi/rlimit';
import { Extent, PageTable } from '../page/extent';
import { Tree } from '../page/tree';
import { Limits } from './limit';
import { Vma, free_vma, new_vma } from './vma';
import { is_data, is_exec, is_stack } from './vm-flags';

/** What holds for the whole machine. */
@unmanaged
export class Sysctl {
  max_map_count: u64 = DEFAULT_MAX_MAP_COUNT;
  /** 1: the batches stay as they are at the end of a call. */
  batches: u64 = 0;
  /** 1: MREMAP_DONTUNMAP without the locked_vm leak of 6.18. */
  kernel_fixed: u64 = 0;
  swap_free: u64 = 0;
  swappiness: u64 = 60;
  next_vma_id: u32 = 1;
  next_anon_vma: u32 = 1;
  next_swap: u64 = 1;
}

export const sysctl: Sysctl = new Sysctl();

@unmanaged
export class Mm {
  id: u32 = 0;
  limits: Limits = new Limits();
  /** By number of the first page. */
  vmas: Tree<Vma> = new Tree<Vma>();
  page_table: PageTable = new PageTable();
  map_count: u64 = 0;
  locked_vm: u64 = 0;
  total_vm: u64 = 0;
  data_vm: u64 = 0;
  stack_vm: u64 = 0;
  exec_vm: u64 = 0;
  /** VM_LOCKED and VM_LOCKONFAULT for mappings to come. */
  def_flags: u64 = 0;
  rss_anon: u64 = 0;
  rss_file: u64 = 0;
  rss_shmem: u64 = 0;
  swap: u64 = 0;
  start_brk: u64 = 0;
  brk: u64 = 0;
  mmap_base: u64 = 0;
  /** Every gap between gap_hint and mmap_base is smaller than... see unmapped-area. */
  gap_hint: u64 = 0;
  gap_largest: u64 = 0;
  /** A signal that waits for the next killable point; 1 in contended: another thread holds mmap_lock. */
  pending_signal: u32 = 0;
  contended: bool = false;
  /** Something was changed since the call began. */
  changed: bool = false;
  /** locked_vm that a lock call which failed asked for; 0: none. */
  asked: u64 = 0;
  /** What mremap added to a locked mapping, to be populated. */
  grown_from: u64 = 0;
  grown_to: u64 = 0;
  /** Where populate stopped. */
  stopped: u64 = 0;
  /** Why a fault or populate stopped: CAUSE_*. */
  cause: u32 = 0;
  next: Mm | null = null;

  /** The VMA with the lowest address; follow `next`. */
  get head(): Vma | null {
    return this.vmas.head;
  }

  /** The first VMA that ends above addr, or null. */
  find_vma(addr: u64): Vma | null {
    const vma = this.vmas.find(addr >> 12);
    if (!vma) return this.head;
    return vma.vm_end > addr ? vma : vma.next;
  }

  /** The VMA that contains addr, or null. */
  vma_lookup(addr: u64): Vma | null {
    const vma = this.vmas.find(addr >> 12);
    return vma && vma.vm_end > addr ? vma : null;
  }

  /** The last VMA that starts below addr, or null. */
  vma_before(addr: u64): Vma | null {
    return addr == 0 ? null : this.vmas.find((addr - 1) >> 12);
  }

  /** The first extent of page-table entries that ends above addr. */
  extent_at(addr: u64): Extent | null {
    return this.page_table.at(addr >> 12);
  }

  /** Puts a VMA in its place. */
  link(vma: Vma): void {
    this.link_after(this.vmas.find(vma.tree_key()), vma);
  }

  /** Puts a VMA behind the one that precedes its place. */
  link_after(before: Vma | null, vma: Vma): void {
    this.vmas.insert_after(before, vma);
    this.map_count++;
    this.changed = true;
  }

  /** Takes a VMA out and frees it. */
  unlink(vma: Vma): void {
    this.vmas.remove(vma);
    this.map_count--;
    this.changed = true;
    free_vma(vma);
  }

  /** Moves the lower border of a VMA; nothing else may start between the old and the new place. */
  set_start(vma: Vma, start: u64): void {
    this.vmas.rekey(vma, start >> 12);
    vma.vm_start = start;
    this.changed = true;
  }

  /** total_vm and its parts. */
  // Linux: mm/mmap.c:vm_stat_account()
  account(vm_flags: u64, nr_pages: u64): void {
    this.total_vm += nr_pages;
    if (is_exec(vm_flags)) this.exec_vm += nr_pages;
    else if (is_stack(vm_flags)) this.stack_vm += nr_pages;
    else if (is_data(vm_flags)) this.data_vm += nr_pages;
  }

  unaccount(vm_flags: u64, nr_pages: u64): void {
    this.account(vm_flags, 0 - nr_pages);
  }

  /** A fresh VMA with an id of its own, in no list. */
  new_vma(): Vma {
    const vma = new_vma();
    vma.id = sysctl.next_vma_id++;
    return vma;
  }
}

@unmanaged
class MmPool {
  /** Living address spaces, oldest first. */
  head: Mm | null = null;
  free: Mm | null = null;
  last_id: u32 = 0;
}

const pool: MmPool = new MmPool();

/** The oldest living address space; follow `next`. */
export function first_mm(): Mm | null {
  return pool.head;
}

/** An empty address space. */
export function new_mm(): Mm {
  let mm = pool.free;
  if (mm) pool.free = mm.next;
  else mm = new Mm();
  mm.id = ++pool.last_id;
  mm.next = null;
  const head = pool.head;
  if (!head) pool.head = mm;
  else {
    let last = head;
    while (last.next) last = last.next!;
    last.next = mm;
  }
  mm.map_count = 0;
  mm.locked_vm = 0;
  mm.total_vm = 0;
  mm.data_vm = 0;
  mm.stack_vm = 0;
  mm.exec_vm = 0;
  mm.def_flags = 0;
  mm.rss_anon = 0;
  mm.rss_file = 0;
  mm.rss_shmem = 0;
  mm.swap = 0;
  mm.start_brk = 0;
  mm.brk = 0;
  mm.mmap_base = 0;
  mm.gap_hint = 0;
  mm.gap_largest = 0;
  mm.pending_signal = 0;
  mm.contended = false;
  return mm;
}

/** Keeps an address space whose VMAs and entries are gone for the next new_mm(). */
export function free_mm(mm: Mm): void {
  mm.vmas.clear();
  mm.page_table.reset();
  if (pool.head === mm) pool.head = mm.next;
  else {
    let before = pool.head;
    while (before && before.next !== mm) before = before.next;
    if (before) before.next = mm.next;
  }
  mm.next = pool.free;
  pool.free = mm;
}
