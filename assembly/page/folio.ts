// Folios as runs. A folio's key is (object << KEY_SHIFT | index): object 0 hands out anonymous folios one after the
// other, every other object is a file whose index is the page offset. Neighbours in the same state are one run, so a
// TiB of equal pages costs what one page costs.
//
//   key      1000          1400  1401              9000
//            [ MLOCKED x1  )[ R  )[ MLOCKED x1      )        runs [key, key + nr), never two equal neighbours
import { Tree } from './tree';

export const KEY_SHIFT: u64 = 44;

export const PG_MLOCKED: u32 = 1;
export const PG_UNEVICTABLE: u32 = 2;
export const PG_LRU: u32 = 4;
export const PG_ACTIVE: u32 = 8;
export const PG_REFERENCED: u32 = 16;
export const PG_ANON: u32 = 32;
export const PG_SWAPBACKED: u32 = 64;
export const PG_DIRTY: u32 = 128;
/** AnonExclusive: only one process can see the page. */
export const PG_EXCLUSIVE: u32 = 256;
/** The folio belongs to memfd_secret or a SHM_LOCKed segment: never evictable. */
export const PG_NEVER_EVICTABLE: u32 = 512;
export const PG_SWAPCACHE: u32 = 1024;

@unmanaged
export class FolioRun {
  key: u64 = 0;
  nr: u64 = 0;
  flags: u32 = 0;
  /** Lockers of each page; counts only while UNEVICTABLE and LRU. */
  mlock_count: i32 = 0;
  /** Page-table entries that map each page. */
  mapcount: i32 = 0;
  prev: FolioRun | null = null;
  next: FolioRun | null = null;
}

@unmanaged
export class Folios {
  tree: Tree<FolioRun> = new Tree<FolioRun>();
  free: FolioRun | null = null;
  /** Index of the next anonymous folio. */
  next_anon: u64 = 1;
  /** Pages with PG_mlocked; pages on the unevictable list. */
  nr_mlock: u64 = 0;
  nr_unevictable: u64 = 0;
  /** Bumped by every change of page state. */
  changes: u32 = 0;
}

export const folios: Folios = new Folios();

function take(): FolioRun {
  const run = folios.free;
  if (!run) return new FolioRun();
  folios.free = run.next;
  return run;
}

/** Adds pages that were in no run. Both neighbours may be joined: call rejoin() when the range is complete. */
export function folio_add(key: u64, nr: u64, flags: u32, mapcount: i32): void {
  const before = folios.tree.find(key);
  const run = take();
  run.key = key;
  run.nr = nr;
  run.flags = flags;
  run.mlock_count = 0;
  run.mapcount = mapcount;
  link(run, before);
  folios.changes++;
}

/** Takes nr new anonymous folios and returns the key of the first. */
export function folio_alloc_anon(nr: u64, flags: u32): u64 {
  const key = folios.next_anon;
  folios.next_anon = key + nr;
  folio_add(key, nr, flags, 1);
  rejoin(key, key + nr);
  return key;
}

function link(run: FolioRun, before: FolioRun | null): void {
  run.prev = before;
  const next = before ? before.next : first();
  run.next = next;
  if (before) before.next = run;
  if (next) next.prev = run;
  folios.tree.insert(run.key, run);
}

function first(): FolioRun | null {
  const tree = folios.tree;
  return tree.count ? tree.first_value() : null;
}

function unlink(run: FolioRun): void {
  const prev = run.prev;
  const next = run.next;
  if (prev) prev.next = next;
  if (next) next.prev = prev;
  folios.tree.remove(run.key);
  run.next = folios.free;
  folios.free = run;
}

/** The first run that ends above `key`, or null. */
export function folio_at(key: u64): FolioRun | null {
  const run = folios.tree.find(key);
  if (!run) return first();
  return run.key + run.nr > key ? run : run.next;
}

/** Cuts runs at `key` and `end` and returns the first run of [key, end), or null when no page of it is known. */
export function isolate(key: u64, end: u64): FolioRun | null {
  cut(end);
  cut(key);
  const run = folio_at(key);
  return run && run.key < end ? run : null;
}

function cut(key: u64): void {
  const run = folios.tree.find(key);
  if (!run || run.key == key || run.key + run.nr <= key) return;
  const right = take();
  right.key = key;
  right.nr = run.key + run.nr - key;
  right.flags = run.flags;
  right.mlock_count = run.mlock_count;
  right.mapcount = run.mapcount;
  run.nr = key - run.key;
  link(right, run);
}

/** Joins equal neighbours in and at the edges of [key, end). */
export function rejoin(key: u64, end: u64): void {
  let run = folios.tree.find(key == 0 ? 0 : key - 1);
  if (!run) run = folio_at(key);
  while (run) {
    const next = run.next;
    if (!next || next.key > end) return;
    if (same(run, next)) {
      run.nr += next.nr;
      unlink(next);
    } else run = next;
  }
}

function same(a: FolioRun, b: FolioRun): bool {
  return (
    a.key + a.nr == b.key &&
    a.flags == b.flags &&
    a.mlock_count == b.mlock_count &&
    a.mapcount == b.mapcount &&
    a.key >> KEY_SHIFT == b.key >> KEY_SHIFT
  );
}

/** Adds `by` to the mapcount of [key, end). */
export function folio_map(key: u64, end: u64, by: i32): void {
  let run = isolate(key, end);
  while (run && run.key < end) {
    run.mapcount += by;
    assert(run.mapcount >= 0, 'a page is unmapped once for each time it was mapped');
    run = run.next;
  }
  rejoin(key, end);
  folios.changes++;
}

/** Sets and clears flags of [key, end). */
export function folio_flags(key: u64, end: u64, set: u32, clear: u32): void {
  let run = isolate(key, end);
  while (run && run.key < end) {
    run.flags = (run.flags & ~clear) | set;
    run = run.next;
  }
  rejoin(key, end);
  folios.changes++;
}

/** mark_page_accessed(): populate touches a page. */
// Linux: mm/swap.c:folio_mark_accessed()
export function folio_mark_accessed(key: u64, end: u64): void {
  let run = isolate(key, end);
  while (run && run.key < end) {
    const flags = run.flags;
    if (!(flags & PG_REFERENCED)) run.flags = flags | PG_REFERENCED;
    else if (!(flags & (PG_UNEVICTABLE | PG_MLOCKED | PG_ACTIVE))) run.flags = (flags & ~PG_REFERENCED) | PG_ACTIVE;
    run = run.next;
  }
  rejoin(key, end);
}

/** Gives pages back: of [key, end), or of the runs in it that nothing maps when `unmapped_only`. */
// Linux: a page freed while PG_mlocked is set leaves nr_mlock (mm/page_alloc.c:free_pages_prepare())
export function folio_free(key: u64, end: u64, unmapped_only: bool): void {
  let run = isolate(key, end);
  while (run && run.key < end) {
    const next = run.next;
    if (!unmapped_only || run.mapcount == 0) {
      if (run.flags & PG_MLOCKED) folios.nr_mlock -= run.nr;
      if (run.flags & PG_UNEVICTABLE && run.flags & PG_LRU) folios.nr_unevictable -= run.nr;
      unlink(run);
    }
    run = next;
  }
  rejoin(key, end);
  folios.changes++;
}
