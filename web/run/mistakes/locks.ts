// The ranges of bytes that a process asked to lock: what the kernel forgets, because it locks whole pages.
import type { Place } from '../model';

const PAGE = 4096;
/** Ranges that are remembered. */
const MOST = 64;

/** A range that was locked by one call. */
interface Lock {
  readonly start: number;
  readonly end: number;
  readonly place: Place;
}

/** Pages that a munlock left locked. */
interface Rest {
  readonly start: number;
  readonly end: number;
  readonly place: Place;
  readonly of: Place;
}

// Not `at % PAGE`: beyond 2^31 that is a call into the C library.
const down = (at: number): number => Math.floor(at / PAGE) * PAGE;
const up = (at: number): number => down(at + PAGE - 1);
const meet = (a: { start: number; end: number }, start: number, end: number): boolean => a.start < end && start < a.end;

/** Remembers the locks of one process. Addresses are numbers: a range that could be locked lies below 2^47. */
export class Locks {
  #locks: Lock[] = [];
  #rests: Rest[] = [];

  /** Adds a range of bytes. Gives an earlier lock of other bytes in one of its pages, or null. */
  add(start: number, end: number, place: Place): Lock | null {
    const low = down(start);
    const high = up(end);
    this.#forgetRests(low, high);
    const isPart = start !== low || end !== high;
    let other: Lock | null = null;
    let isOld = false;
    for (const one of this.#locks) {
      if (!meet(one, low, high)) continue;
      if (isPart && !meet(one, start, end)) other ??= one;
      isOld ||= start <= one.start && one.end <= end;
    }
    if (isOld) this.#locks = this.#locks.filter((one) => one.start < start || end < one.end);
    if (this.#locks.length < MOST) this.#locks.push({ start, end, place });
    return other;
  }

  /** Takes out what a munlock of a range of bytes unlocks. Gives a lock of other bytes that goes with it, or null. */
  remove(start: number, end: number, place: Place): Lock | null {
    const low = down(start);
    const high = up(end);
    const met = this.unmap(low, high);
    const own = met.find((one) => down(one.start) === low && high < up(one.end));
    if (own && this.#rests.length < MOST) this.#rests.push({ start: high, end: up(own.end), place, of: own.place });
    return met.find((one) => !meet(one, start, end)) ?? null;
  }

  /** The range is not locked any more, whole pages of it. Gives the locks that it met, as they were. */
  unmap(start: number, end: number): readonly Lock[] {
    this.#forgetRests(start, end);
    const low = down(start);
    const high = up(end);
    const kept: Lock[] = [];
    const met: Lock[] = [];
    for (const one of this.#locks) {
      if (!meet(one, low, high)) kept.push(one);
      else {
        met.push(one);
        if (one.start < low) kept.push({ start: one.start, end: low, place: one.place });
        if (high < one.end) kept.push({ start: high, end: one.end, place: one.place });
      }
    }
    this.#locks = kept.length > MOST ? kept.slice(0, MOST) : kept;
    return met;
  }

  #forgetRests(start: number, end: number): void {
    if (this.#rests.some((rest) => meet(rest, start, end)))
      this.#rests = this.#rests.filter((rest) => !meet(rest, start, end));
  }

  clear(): void {
    this.#locks = [];
    this.#rests = [];
  }

  /** Pages that stayed locked because a munlock was shorter than its mlock. */
  left(): readonly { readonly place: Place; readonly of: Place; readonly pages: number }[] {
    return this.#rests.map(({ start, end, place, of }) => ({ place, of, pages: (end - start) / PAGE }));
  }
}
