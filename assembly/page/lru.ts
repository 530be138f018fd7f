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
  PG_REFERENCED,
  PG_SWAPBACKED,
  PG_UNEVICTABLE,
  folio_free,
  folios,
  first_run,
  folio_near,
  restate,
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
  /** Something waits in a batch or is held. */
  pending: bool = false;
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

/**
 * As mlock_folio() or munlock_folio() with a drain before and after it: for a walk that meets each page once. `hint`: a
 * run that may be the one of these pages; returns such a hint for the next time.
 */
export function mlock_drained(key: u64, nr: u64, locked: bool, hint: FolioRun | null): FolioRun | null {
  const end = key + nr;
  const preset = locked ? PG_MLOCKED : 0;
  let run = folio_near(hint, key);
  if (run && run.key >= end) run = null;
  while (run) {
    const flags = run.flags | preset;
    const count = run.mlock_count;
    const state = locked ? lock_entry(flags, count) : unlock_entry(flags, count);
    run = change(run, key, end, flags, <u32>state, <i32>(state >> 32));
  }
  folios.changes++;
  return folios.restated;
}

/** lru_add_drain(). */
export function drain_local(): void {
  if (lru.pending) drain_all();
}

function drain_all(): void {
  lru.pending = false;
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
  lru.pending = true;
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
  lru.pending = true;
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

/** What one batch entry does to the pages of [key, key + nr). */
function process(key: u64, nr: u64, op: i32): void {
  const end = key + nr;
  let run = first_run(key, end);
  while (run) {
    const count = run.mlock_count;
    const flags = run.flags;
    let state: u64;
    switch (op) {
      case LOCK:
        state = lock_entry(flags, count);
        break;
      case NEW:
        state = new_entry(flags, count);
        break;
      case UNLOCK:
        state = unlock_entry(flags, count);
        break;
      case ADD:
        state = add_entry(flags, count);
        break;
      default:
        state = lazyfree_entry(flags, count);
    }
    run = change(run, key, end, flags, <u32>state, <i32>(state >> 32));
  }
  folios.changes++;
}

/** Gives the pages of [key, end) in `run` their new state, counts them, and tells it; `before`: the flags to tell from. */
function change(run: FolioRun, key: u64, end: u64, before: u32, flags: u32, count: i32): FolioRun | null {
  const old = run.flags;
  const from = max(key, run.key);
  const nr = min(end, run.key + run.nr) - from;
  if ((old ^ flags) & PG_MLOCKED) folios.nr_mlock += flags & PG_MLOCKED ? nr : 0 - nr;
  const was = is_unevictable(old);
  if (was != is_unevictable(flags)) folios.nr_unevictable += was ? 0 - nr : nr;
  if (events_wanted()) note(from, nr, before, run.mlock_count, flags, count);
  return restate(run, key, end, flags, count, run.mapcount);
}

/** Flags and mlock_count as one value. */
function pack(flags: u32, count: i32): u64 {
  return ((<u64>count) << 32) | flags;
}

function is_unevictable(flags: u32): bool {
  return (flags & (PG_LRU | PG_UNEVICTABLE)) == (PG_LRU | PG_UNEVICTABLE);
}

function evictable(flags: u32): bool {
  return !(flags & (PG_MLOCKED | PG_NEVER_EVICTABLE));
}

function lock_entry(flags: u32, count: i32): u64 {
  if (!(flags & PG_LRU)) return pack(flags, count);
  if (evictable(flags)) return pack(flags & ~PG_UNEVICTABLE, count);
  if (flags & PG_UNEVICTABLE) return pack(flags, flags & PG_MLOCKED ? count + 1 : count);
  return pack((flags & ~PG_ACTIVE) | PG_UNEVICTABLE, flags & PG_MLOCKED ? 1 : 0);
}

function new_entry(flags: u32, count: i32): u64 {
  if (evictable(flags)) return pack(flags | PG_LRU, count);
  return pack(flags | PG_LRU | PG_UNEVICTABLE, flags & PG_MLOCKED ? 1 : 0);
}

function unlock_entry(flags: u32, count: i32): u64 {
  const listed = is_unevictable(flags);
  let left = count;
  if (listed && count > 0) {
    left--;
    if (left > 0) return pack(flags, left);
  }
  const unlocked = flags & ~PG_MLOCKED;
  return pack(listed && evictable(unlocked) ? unlocked & ~(PG_UNEVICTABLE | PG_ACTIVE) : unlocked, left);
}

function add_entry(flags: u32, count: i32): u64 {
  if (evictable(flags)) return pack((flags & ~PG_UNEVICTABLE) | PG_LRU, count);
  return pack((flags & ~PG_ACTIVE) | PG_LRU | PG_UNEVICTABLE, 0);
}

function lazyfree_entry(flags: u32, count: i32): u64 {
  const moves = flags & PG_LRU && !(flags & PG_UNEVICTABLE);
  return pack(moves ? flags & ~(PG_SWAPBACKED | PG_ACTIVE | PG_REFERENCED) : flags, count);
}

function set_mlocked(key: u64, nr: u64): void {
  const end = key + nr;
  let run = first_run(key, end);
  while (run) run = change(run, key, end, run.flags | PG_MLOCKED, run.flags | PG_MLOCKED, run.mlock_count);
}

function list_of(flags: u32): u64 {
  if (!(flags & PG_LRU)) return LRU_NONE;
  if (flags & PG_UNEVICTABLE) return LRU_UNEVICTABLE;
  return flags & PG_ACTIVE ? LRU_ACTIVE : LRU_INACTIVE;
}

function note(key: u64, nr: u64, flags: u32, count: i32, now: u32, now_count: i32): void {
  if ((now ^ flags) & PG_MLOCKED || now_count != count)
    emit(EV_MLOCK_PAGE, 0, key, nr, now & PG_MLOCKED ? 1 : 0, count, now_count);
  const from = list_of(flags);
  const to = list_of(now);
  if (from != to) emit(EV_LRU, 0, key, nr, from, to);
}
