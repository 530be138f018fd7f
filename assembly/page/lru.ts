// The LRU side of locking: per-CPU batches (one CPU) and what they do to folios when they are processed. Every entry
// is a run of pages; a batch is full at BATCH pages, as in the kernel, whatever the number of entries.
//
// What the entries of the mlock batch do:
//   LOCK    not LRU                  nothing: the count is lost
//           evictable                off the unevictable list
//           UNEVICTABLE              mlock_count + 1 when MLOCKED
//           else                     to the unevictable list, mlock_count 1 when MLOCKED
//   NEW     not evictable            to the unevictable list, mlock_count 1 when MLOCKED; LRU
//           else                     LRU
//   UNLOCK  UNEVICTABLE              mlock_count - 1; more than 0 left: nothing else
//           then                     MLOCKED cleared, to the inactive list when evictable
//
// Linux: mm/mlock.c:mlock_folio_batch(), mm/swap.c:lru_add_drain()
import { EV_LRU, EV_MLOCK_PAGE, LOCK_LRU, LRU_ACTIVE, LRU_INACTIVE, LRU_NONE, LRU_UNEVICTABLE } from '../abi/event';
import { emit, events_wanted, lock_released, lock_taken } from '../event';
import {
  FolioRun,
  PG_ACTIVE,
  PG_LRU,
  PG_MLOCKED,
  PG_NEVER_EVICTABLE,
  PG_SWAPBACKED,
  PG_UNEVICTABLE,
  folio_free,
  folios,
  isolate,
  rejoin,
} from './folio';

const BATCH: i32 = 31;

const LOCK: i32 = 1;
const NEW: i32 = 2;
const UNLOCK: i32 = 3;
const ADD: i32 = 4;
const LAZYFREE: i32 = 5;

@unmanaged
class Fifo {
  /** Pages waiting, always below BATCH. */
  pages: i32 = 0;
  entries: i32 = 0;
  keys: StaticArray<u64> = new StaticArray<u64>(BATCH);
  nrs: StaticArray<u64> = new StaticArray<u64>(BATCH);
  ops: StaticArray<i32> = new StaticArray<i32>(BATCH);
}

/** Pages that nothing maps any more but a batch still holds. */
@unmanaged
class Held {
  key: u64 = 0;
  end: u64 = 0;
  next: Held | null = null;
}

@unmanaged
class Lru {
  lru_add: Fifo = new Fifo();
  lazyfree: Fifo = new Fifo();
  mlock: Fifo = new Fifo();
  held: Held | null = null;
  free: Held | null = null;
}

const lru: Lru = new Lru();

/** True while any entry waits. */
export function batches_pending(): bool {
  return (lru.lru_add.pages | lru.lazyfree.pages | lru.mlock.pages) != 0;
}

/** Pages waiting in the lru_add and in the mlock batch. */
export function lru_add_pages(): i32 {
  return lru.lru_add.pages;
}

export function mlock_pages(): i32 {
  return lru.mlock.pages;
}

/** folio_add_lru(): new pages go to a list when the batch is processed. */
export function lru_add(key: u64, nr: u64): void {
  append(lru.lru_add, key, nr, ADD);
}

/** folio_mark_lazyfree(). */
export function lru_lazyfree(key: u64, nr: u64): void {
  append(lru.lazyfree, key, nr, LAZYFREE);
}

/** mlock_folio(): PG_mlocked at once, the list later. */
export function mlock_folio(key: u64, nr: u64): void {
  set_mlocked(key, nr);
  append(lru.mlock, key, nr, LOCK);
}

/** mlock_new_folio(): for fresh anonymous pages, on no list yet. Their runs carry PG_MLOCKED already. */
export function mlock_new_folio(key: u64, nr: u64): void {
  folios.nr_mlock += nr;
  append(lru.mlock, key, nr, NEW);
}

/** munlock_folio(): nothing happens before the batch is processed. */
export function munlock_folio(key: u64, nr: u64): void {
  append(lru.mlock, key, nr, UNLOCK);
}

/** As mlock_folio() or munlock_folio() with a drain before and after it: for a walk that meets each page once. */
export function mlock_drained(key: u64, nr: u64, locked: bool): void {
  if (locked) set_mlocked(key, nr);
  process(key, nr, locked ? LOCK : UNLOCK);
}

/** lru_add_drain(). */
export function drain_local(): void {
  if (batches_pending()) {
    lock_taken(LOCK_LRU);
    flush(lru.lru_add);
    flush(lru.lazyfree);
    flush(lru.mlock);
    lock_released(LOCK_LRU);
  }
  let held = lru.held;
  while (held) {
    const next = held.next;
    folio_free(held.key, held.end, true);
    held.next = lru.free;
    lru.free = held;
    held = next;
  }
  lru.held = null;
}

/** Frees the anonymous pages of [key, end) that nothing maps, now or when the batches let go of them. */
export function put_folios(key: u64, end: u64): void {
  if (!batches_pending()) {
    folio_free(key, end, true);
    return;
  }
  const last = lru.held;
  if (last && last.end == key) {
    last.end = end;
    return;
  }
  let held = lru.free;
  if (held) lru.free = held.next;
  else held = new Held();
  held.key = key;
  held.end = end;
  held.next = lru.held;
  lru.held = held;
}

/** References that batches hold on one page. */
export function batch_references(key: u64): i32 {
  return references(lru.lru_add, key) + references(lru.lazyfree, key) + references(lru.mlock, key);
}

function references(fifo: Fifo, key: u64): i32 {
  let n = 0;
  for (let i = 0; i < fifo.entries; i++) {
    const first = fifo.keys[i];
    if (key >= first && key - first < fifo.nrs[i]) n++;
  }
  return n;
}

/** Appends entries. Whole batches of equal entries are processed as one run. */
function append(fifo: Fifo, first: u64, pages: u64, op: i32): void {
  let key = first;
  let nr = pages;
  const room = <u64>(BATCH - fifo.pages);
  if (nr >= room) {
    push(fifo, key, room, op);
    flush(fifo);
    key += room;
    nr -= room;
    const whole = nr - (nr % BATCH);
    if (whole) process(key, whole, op);
    key += whole;
    nr -= whole;
  }
  if (nr) push(fifo, key, nr, op);
}

function push(fifo: Fifo, key: u64, nr: u64, op: i32): void {
  const last = fifo.entries - 1;
  fifo.pages += <i32>nr;
  if (last >= 0 && fifo.ops[last] == op && fifo.keys[last] + fifo.nrs[last] == key) {
    fifo.nrs[last] += nr;
    return;
  }
  const i = last + 1;
  fifo.keys[i] = key;
  fifo.nrs[i] = nr;
  fifo.ops[i] = op;
  fifo.entries = i + 1;
}

function flush(fifo: Fifo): void {
  const n = fifo.entries;
  for (let i = 0; i < n; i++) process(fifo.keys[i], fifo.nrs[i], fifo.ops[i]);
  fifo.entries = 0;
  fifo.pages = 0;
}

function process(key: u64, nr: u64, op: i32): void {
  const end = key + nr;
  let run = isolate(key, end);
  while (run && run.key < end) {
    const flags = run.flags;
    const count = run.mlock_count;
    switch (op) {
      case LOCK:
        lock_entry(run);
        break;
      case NEW:
        new_entry(run);
        break;
      case UNLOCK:
        unlock_entry(run);
        break;
      case ADD:
        add_entry(run);
        break;
      default:
        if (flags & PG_LRU && !(flags & PG_UNEVICTABLE)) run.flags = flags & ~(PG_SWAPBACKED | PG_ACTIVE);
    }
    if (events_wanted()) note(run, flags, count);
    run = run.next;
  }
  rejoin(key, end);
  folios.changes++;
}

function evictable(flags: u32): bool {
  return !(flags & (PG_MLOCKED | PG_NEVER_EVICTABLE));
}

function lock_entry(run: FolioRun): void {
  const flags = run.flags;
  if (!(flags & PG_LRU)) return;
  if (evictable(flags)) {
    if (flags & PG_UNEVICTABLE) {
      run.flags = flags & ~PG_UNEVICTABLE;
      folios.nr_unevictable -= run.nr;
    }
  } else if (flags & PG_UNEVICTABLE) {
    if (flags & PG_MLOCKED) run.mlock_count++;
  } else {
    run.flags = (flags & ~PG_ACTIVE) | PG_UNEVICTABLE;
    run.mlock_count = flags & PG_MLOCKED ? 1 : 0;
    folios.nr_unevictable += run.nr;
  }
}

function new_entry(run: FolioRun): void {
  const flags = run.flags;
  run.flags = flags | PG_LRU;
  if (evictable(flags)) return;
  run.flags = flags | PG_LRU | PG_UNEVICTABLE;
  run.mlock_count = flags & PG_MLOCKED ? 1 : 0;
  folios.nr_unevictable += run.nr;
}

function unlock_entry(run: FolioRun): void {
  let flags = run.flags;
  const listed = (flags & (PG_LRU | PG_UNEVICTABLE)) == (PG_LRU | PG_UNEVICTABLE);
  if (listed && run.mlock_count > 0) {
    run.mlock_count--;
    if (run.mlock_count > 0) return;
  }
  if (flags & PG_MLOCKED) {
    flags &= ~PG_MLOCKED;
    folios.nr_mlock -= run.nr;
  }
  if (listed && evictable(flags)) {
    flags &= ~(PG_UNEVICTABLE | PG_ACTIVE);
    folios.nr_unevictable -= run.nr;
  }
  run.flags = flags;
}

function add_entry(run: FolioRun): void {
  const flags = run.flags;
  if (evictable(flags)) {
    run.flags = flags | PG_LRU;
    return;
  }
  if (!(flags & PG_UNEVICTABLE && flags & PG_LRU)) folios.nr_unevictable += run.nr;
  run.flags = (flags & ~PG_ACTIVE) | PG_LRU | PG_UNEVICTABLE;
  run.mlock_count = 0;
}

function set_mlocked(key: u64, nr: u64): void {
  const end = key + nr;
  let run = isolate(key, end);
  while (run && run.key < end) {
    if (!(run.flags & PG_MLOCKED)) {
      run.flags |= PG_MLOCKED;
      folios.nr_mlock += run.nr;
    }
    run = run.next;
  }
  rejoin(key, end);
}

function list_of(flags: u32): u64 {
  if (!(flags & PG_LRU)) return LRU_NONE;
  if (flags & PG_UNEVICTABLE) return LRU_UNEVICTABLE;
  return flags & PG_ACTIVE ? LRU_ACTIVE : LRU_INACTIVE;
}

function note(run: FolioRun, flags: u32, count: i32): void {
  if ((run.flags ^ flags) & PG_MLOCKED || run.mlock_count != count)
    emit(EV_MLOCK_PAGE, 0, run.key, run.nr, run.flags & PG_MLOCKED ? 1 : 0, count, run.mlock_count);
  const from = list_of(flags);
  const to = list_of(run.flags);
  if (from != to) emit(EV_LRU, 0, run.key, run.nr, from, to);
}
