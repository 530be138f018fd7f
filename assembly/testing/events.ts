// The events of a call in one line each: what it asked, took, let go and changed.
import * as event from '../abi/event';
import type { KernelEvent } from '../../web/core/state';
import type { Machine } from './machine';
import { errnoOf } from './machine';

const named = (prefix: string): Map<number, string> =>
  new Map(
    Object.entries(event)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [value as number, name.slice(prefix.length)]),
  );
const WHY = named('WHY_');
const COUNTER = named('COUNTER_');
const LOCKS = new Map([
  [event.LOCK_MMAP_WRITE, 'mmap_lock write'],
  [event.LOCK_MMAP_READ, 'mmap_lock read'],
  [event.LOCK_LRU, 'lru_lock'],
]);

/** A failed check: its name, its numbers and its errno. */
export interface Failed {
  readonly why: string;
  readonly numbers: readonly bigint[];
  readonly errno: string;
}

/** The failed checks of the last call. */
export function failures(m: Machine): Failed[] {
  return m.events
    .filter(({ kind, status }) => kind === event.EV_CHECK && status === event.CHECK_FAILED)
    .map(({ a, b, c, d, e, f }) => ({
      why: WHY.get(Number(a)) ?? `WHY ${a}`,
      numbers: [b, c, d, e],
      errno: errnoOf(-f) ?? String(f),
    }));
}

/** Checks and locks of the last call in order: "+FLAGS", "-FITS_LIMIT ENOMEM", "take mmap_lock write". */
export function steps(m: Machine): string[] {
  return m.events.flatMap((one) => {
    if (one.kind === event.EV_LOCK)
      return [`${one.status === event.TAKEN ? 'take' : 'release'} ${LOCKS.get(Number(one.a)) ?? one.a}`];
    if (one.kind !== event.EV_CHECK) return [];
    const why = WHY.get(Number(one.a)) ?? `WHY ${one.a}`;
    return [one.status === event.CHECK_PASSED ? `+${why}` : `-${why} ${errnoOf(-one.f) ?? one.f}`];
  });
}

/** Counters that the last call changed: { LOCKED_VM: [0, 2] }. */
export function changes(m: Machine): Record<string, [number, number]> {
  const changed = m.events.filter(({ kind }) => kind === event.EV_COUNTER);
  return Object.fromEntries(
    changed.map(({ a, b, c }) => [COUNTER.get(Number(a)) ?? String(a), [Number(b), Number(c)] as [number, number]]),
  );
}

/** Events of one kind. */
export const ofKind = (m: Machine, kind: number): KernelEvent[] => m.events.filter((one) => one.kind === kind);
