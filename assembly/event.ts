// What the last call did, as records of numbers (abi/event lists them). No prose: web/run/explain makes sentences.
import {
  CONTROL_BASE,
  CONTROL_DROPPED,
  CONTROL_EVENTS,
  CONTROL_WANTED,
  EVENTS_BASE,
  EVENTS_MAX,
  EVENT_SIZE,
  PEEK_BASE,
} from './abi/layout';
import { CHECK_FAILED, CHECK_PASSED, EV_CHECK, EV_COUNTER, EV_LOCK, EV_MORE, RELEASED, TAKEN } from './abi/event';

/** Forgets the events of the call before. When not `wanted` (replay), nothing is written until the next call. */
export function begin_events(wanted: bool): void {
  store<u32>(CONTROL_BASE, 0, CONTROL_EVENTS);
  store<u32>(CONTROL_BASE, 0, CONTROL_DROPPED);
  store<u32>(CONTROL_BASE, wanted ? 1 : 0, CONTROL_WANTED);
}

/** True when somebody will read the events. */
export function events_wanted(): bool {
  return load<u32>(CONTROL_BASE, CONTROL_WANTED) != 0;
}

export function events_written(): u32 {
  return load<u32>(CONTROL_BASE, CONTROL_EVENTS);
}

/** Kept free for what must not be missed: the failed check, the counters, EV_MORE. */
const RESERVED: u32 = 16;

/** Writes one event; when the buffer is full they are only counted. */
export function emit(
  kind: u32,
  status: u32,
  a: u64,
  b: u64 = 0,
  c: u64 = 0,
  d: u64 = 0,
  e: u64 = 0,
  f: u64 = 0,
  g: u64 = 0,
): void {
  if (!events_wanted()) return;
  const n = events_written();
  if (n >= <u32>EVENTS_MAX - (must_tell(kind, status) ? 0 : RESERVED)) {
    store<u32>(CONTROL_BASE, load<u32>(CONTROL_BASE, CONTROL_DROPPED) + 1, CONTROL_DROPPED);
    return;
  }
  const at: usize = <usize>EVENTS_BASE + <usize>n * <usize>EVENT_SIZE;
  assert(at < <usize>PEEK_BASE, 'events end before the packed state');
  store<u32>(at, kind);
  store<u32>(at, status, 4);
  store<u64>(at, a, 8);
  store<u64>(at, b, 16);
  store<u64>(at, c, 24);
  store<u64>(at, d, 32);
  store<u64>(at, e, 40);
  store<u64>(at, f, 48);
  store<u64>(at, g, 56);
  store<u32>(CONTROL_BASE, n + 1, CONTROL_EVENTS);
}

function must_tell(kind: u32, status: u32): bool {
  return kind == EV_COUNTER || kind == EV_MORE || (kind == EV_CHECK && status == CHECK_FAILED);
}

/** Says at the end of a call how many of its events found no room. */
export function end_events(): void {
  const dropped = load<u32>(CONTROL_BASE, CONTROL_DROPPED);
  if (dropped) emit(EV_MORE, 0, dropped);
}

/** A check that held. */
export function pass(why: u32, b: u64 = 0, c: u64 = 0, d: u64 = 0, e: u64 = 0, errno: u64 = 0, g: u64 = 0): void {
  if (events_wanted()) emit_check(CHECK_PASSED, why, b, c, d, e, errno, g);
}

/** A check that did not hold; returns -errno for the caller to hand on. */
export function fail(errno: i32, why: u32, b: u64 = 0, c: u64 = 0, d: u64 = 0, e: u64 = 0, g: u64 = 0): i64 {
  if (events_wanted()) emit_check(CHECK_FAILED, why, b, c, d, e, errno, g);
  return -errno;
}

export function lock_taken(lock: u32): void {
  if (events_wanted()) emit_lock(TAKEN, lock);
}

export function lock_released(lock: u32): void {
  if (events_wanted()) emit_lock(RELEASED, lock);
}

// Out of line, so that what a replay meets without anybody reading events is one load and one branch.
function emit_check(status: u32, why: u32, b: u64, c: u64, d: u64, e: u64, errno: u64, g: u64): void {
  assert(why != 0, 'a check has a name');
  emit(EV_CHECK, status, why, b, c, d, e, errno, g);
}

function emit_lock(status: u32, lock: u32): void {
  assert(lock != 0, 'a lock has a name');
  emit(EV_LOCK, status, lock);
}
