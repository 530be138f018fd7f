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
/** Of fallocate(), and nobody has touched it since: not up to date, so that the page cache does not show it. */
export const PG_FALLOCATED: u32 = 2048;

@unmanaged
export class FolioRun {
  key: u64 = 0;
  /** 0 for a record that is in no tree. */
  nr: u64 = 0;
  flags: u32 = 0;
  /** Lockers of each page; counts only while UNEVICTABLE and LRU. */
  mlock_count: i32 = 0;
  /** Page-table entries that map each page. */
  mapcount: i32 = 0;
  prev: FolioRun | null = null;
  next: FolioRun | null = null;
  /** Its node in the tree. */
  node: usize = 0;

  /** Place in Folios.tree. */
  tree_key(): u64 {
    return this.key;
  }
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
  /** The run that restate() has just put pages into. */
  restated: FolioRun | null = null;
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
  folios.tree.insert_after(before, run);
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

function unlink(run: FolioRun): void {
  folios.tree.remove(run);
  run.nr = 0;
  run.next = folios.free;
  folios.free = run;
}

/** The first run that ends above `key`, or null. */
export function folio_at(key: u64): FolioRun | null {
  const run = folios.tree.find(key);
  if (!run) return folios.tree.head;
  return run.key + run.nr > key ? run : run.next;
}

/** The first run with pages in [key, end), or null. */
export function first_run(key: u64, end: u64): FolioRun | null {
  const run = folio_at(key);
  return run && run.key < end ? run : null;
}

/**
 * Gives the pages of [key, end) that stand in `run` another state, and returns the run of the next pages in the range,
 * or null. So a whole range changes in one pass, from its first_run() on, and stays in as few runs as can be:
 *
 *   prev |   run   | next        [from, to) is what of [key, end) lies in run; it gets prev's state, next's, or its own
 *   prev . . . |run| next        the border of prev moves up; run goes when nothing is left of it
 *   prev |run| . . . next        the border of next moves down
 *   prev |r|piece|r| next        one or two runs more
 */
export function restate(
  run: FolioRun,
  key: u64,
  end: u64,
  flags: u32,
  mlock_count: i32,
  mapcount: i32,
): FolioRun | null {
  const tree = folios.tree;
  const first = run.key;
  const last = first + run.nr;
  const from = max(key, first);
  const to = min(end, last);
  const prev = run.prev;
  const next = run.next;
  const front = from == first;
  const back = to == last;
  const following = to < end && next && next.key < end ? next : null;
  if (run.flags == flags && run.mlock_count == mlock_count && run.mapcount == mapcount) {
    // The page before may just have come to this state.
    if (front && prev && continues(prev, from, flags, mlock_count, mapcount)) {
      prev.nr += run.nr;
      unlink(run);
      folios.restated = prev;
    } else folios.restated = run;
    return following;
  }
  const nr = to - from;
  if (front && prev && continues(prev, from, flags, mlock_count, mapcount)) {
    prev.nr += nr;
    folios.restated = prev;
    if (!back) {
      tree.rekey(run, to);
      run.key = to;
      run.nr -= nr;
      return following;
    }
    unlink(run);
    if (to == end && next && continued_by(next, to, flags, mlock_count, mapcount)) {
      prev.nr += next.nr;
      unlink(next);
    }
    return following;
  }
  if (back && to == end && next && continued_by(next, to, flags, mlock_count, mapcount)) {
    if (front) unlink(run);
    else run.nr -= nr;
    tree.rekey(next, from);
    next.key = from;
    next.nr += nr;
    folios.restated = next;
    return null;
  }
  if (!back) tree.insert_after(run, copy_run(run, to, last - to));
  if (front) {
    run.nr = nr;
    folios.restated = run;
    set_state(run, flags, mlock_count, mapcount);
    return following;
  }
  const piece = copy_run(run, from, nr);
  set_state(piece, flags, mlock_count, mapcount);
  run.nr = from - first;
  tree.insert_after(run, piece);
  folios.restated = piece;
  return following;
}

function continues(prev: FolioRun, from: u64, flags: u32, mlock_count: i32, mapcount: i32): bool {
  return prev.key + prev.nr == from && is_state(prev, flags, mlock_count, mapcount) && same_object(prev.key, from);
}

function continued_by(next: FolioRun, to: u64, flags: u32, mlock_count: i32, mapcount: i32): bool {
  return next.key == to && is_state(next, flags, mlock_count, mapcount) && same_object(next.key, to - 1);
}

function is_state(run: FolioRun, flags: u32, mlock_count: i32, mapcount: i32): bool {
  return run.flags == flags && run.mlock_count == mlock_count && run.mapcount == mapcount;
}

function same_object(a: u64, b: u64): bool {
  return a >> KEY_SHIFT == b >> KEY_SHIFT;
}

function set_state(run: FolioRun, flags: u32, mlock_count: i32, mapcount: i32): void {
  run.flags = flags;
  run.mlock_count = mlock_count;
  run.mapcount = mapcount;
}

function copy_run(from: FolioRun, key: u64, nr: u64): FolioRun {
  const run = take();
  run.key = key;
  run.nr = nr;
  set_state(run, from.flags, from.mlock_count, from.mapcount);
  return run;
}

/** folio_at() for a caller who remembers a run that once was there: mostly it still is, or is a neighbour of the one. */
export function folio_near(hint: FolioRun | null, key: u64): FolioRun | null {
  let run = hint;
  for (let i = 0; i < 3; i++) {
    if (!run || run.nr == 0 || run.key > key) break;
    if (key - run.key < run.nr) return run;
    run = run.next;
  }
  return folio_at(key);
}

/** Cuts runs at `key` and `end` and returns the first run of [key, end), or null when no page of it is known. */
function isolate(key: u64, end: u64): FolioRun | null {
  cut(end);
  cut(key);
  return first_run(key, end);
}

function cut(key: u64): void {
  const run = folios.tree.find(key);
  if (!run || run.key == key || run.key + run.nr <= key) return;
  const right = copy_run(run, key, run.key + run.nr - key);
  run.nr = key - run.key;
  folios.tree.insert_after(run, right);
}

/** Joins equal neighbours in and at the edges of [key, end). */
export function rejoin(key: u64, end: u64): void {
  let run = folios.tree.find(key == 0 ? 0 : key - 1);
  if (!run) run = folio_at(key);
  while (run) {
    const next = run.next;
    if (!next || next.key > end) return;
    if (continues(run, next.key, next.flags, next.mlock_count, next.mapcount)) {
      run.nr += next.nr;
      unlink(next);
    } else run = next;
  }
}

/** Adds `by` to the mapcount of [key, end). */
export function folio_map(key: u64, end: u64, by: i32): void {
  let run = first_run(key, end);
  while (run) {
    const mapcount = run.mapcount + by;
    assert(mapcount >= 0, 'a page is unmapped once for each time it was mapped');
    run = restate(run, key, end, run.flags, run.mlock_count, mapcount);
  }
  folios.changes++;
}

/** Sets and clears flags of [key, end). */
export function folio_flags(key: u64, end: u64, set: u32, clear: u32): void {
  let run = first_run(key, end);
  while (run) run = restate(run, key, end, (run.flags & ~clear) | set, run.mlock_count, run.mapcount);
  folios.changes++;
}

/** mark_page_accessed(): populate touches a page. */
// Linux: mm/swap.c:folio_mark_accessed()
export function folio_mark_accessed(key: u64, end: u64): void {
  let run = first_run(key, end);
  while (run) {
    let flags = run.flags;
    if (!(flags & PG_REFERENCED)) flags |= PG_REFERENCED;
    else if (!(flags & (PG_UNEVICTABLE | PG_ACTIVE))) flags = (flags & ~PG_REFERENCED) | PG_ACTIVE;
    run = restate(run, key, end, flags, run.mlock_count, run.mapcount);
  }
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
