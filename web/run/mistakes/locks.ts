// The ranges of bytes that a process asked to lock: what the kernel forgets, because it locks whole pages.
import type { Place } from '../model';
import { Spans } from './spans';

const PAGE = 4096;
/** Ranges that are remembered. */
const MOST = 64;

/** Of pages that a munlock left locked: the munlock, and the lock. */
interface Rest {
  readonly place: Place;
  readonly of: Place;
}

// Not `at % PAGE`: beyond 2^31 that is a call into the C library.
const down = (at: number): number => Math.floor(at / PAGE) * PAGE;
const up = (at: number): number => down(at + PAGE - 1);

const first = (one: Place | null, other: Place): Place => (one && one.from < other.from ? one : other);

/** Remembers the locks of one process. Addresses are numbers: a range that could be locked lies below 2^47. */
export class Locks {
  /** What each call locked, or what is left of it. */
  readonly #locks = new Spans<Place>(MOST);
  readonly #rests = new Spans<Rest>(MOST);

  /** Adds a range of bytes. Gives where other bytes in one of its pages were locked, or null. */
  add(start: number, end: number, place: Place): Place | null {
    const locks = this.#locks;
    const low = down(start);
    const high = up(end);
    const isPart = start !== low || end !== high;
    let other: Place | null = null;
    this.#forgetRests(low, high);
    for (let i = locks.meeting(low, high); i >= 0; i = locks.meeting(low, high, i)) {
      const isApart = locks.end[i]! <= start || end <= locks.start[i]!;
      if (isPart && isApart) other = first(other, locks.of[i]!);
      if (start <= locks.start[i]! && locks.end[i]! <= end) locks.delete(i);
    }
    locks.add(start, end, place);
    return other;
  }

  /** Takes out what a munlock of a range of bytes unlocks. Gives where other bytes that go with it were locked, or null. */
  remove(start: number, end: number, place: Place): Place | null {
    const locks = this.#locks;
    const low = down(start);
    const high = up(end);
    let other: Place | null = null;
    let rest: Place | null = null; // where what goes on behind the munlock was locked: up to `last`
    let last = high;
    this.#forgetRests(low, high);
    for (let i = locks.meeting(low, high); i >= 0; i = locks.meeting(low, high, i)) {
      const of = locks.of[i]!;
      const top = up(locks.end[i]!);
      if (down(locks.start[i]!) === low && last < top) [rest, last] = [of, top];
      if (locks.end[i]! <= start || end <= locks.start[i]!) other = first(other, of);
      this.#cut(i, low, high);
    }
    if (rest) this.#rests.add(high, last, { place, of: rest });
    return other;
  }

  /** The range is not locked any more, whole pages of it. */
  unmap(start: number, end: number): void {
    const low = down(start);
    const high = up(end);
    this.#forgetRests(low, high);
    for (let i = this.#locks.meeting(low, high); i >= 0; i = this.#locks.meeting(low, high, i)) this.#cut(i, low, high);
  }

  /** Takes pages out of a lock. */
  #cut(i: number, low: number, high: number): void {
    const locks = this.#locks;
    const start = locks.start[i]!;
    const end = locks.end[i]!;
    if (start >= low && end <= high) return locks.delete(i);
    if (start < low && high < end) locks.add(high, end, locks.of[i]!);
    if (start < low) locks.end[i] = low;
    else locks.start[i] = high;
  }

  #forgetRests(low: number, high: number): void {
    const rests = this.#rests;
    for (let i = rests.meeting(low, high); i >= 0; i = rests.meeting(low, high, i)) rests.delete(i);
  }

  clear(): void {
    this.#locks.clear();
    this.#rests.clear();
  }

  /** Pages that stayed locked because a munlock was shorter than its mlock. */
  left(): readonly { readonly place: Place; readonly of: Place; readonly pages: number }[] {
    const rests = this.#rests;
    const left = rests.of.map((rest, i) => ({ ...rest, pages: (rests.end[i]! - rests.start[i]!) / PAGE }));
    return left.sort((a, b) => a.place.from - b.place.from);
  }
}
