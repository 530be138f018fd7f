import type { Kernel, Snapshot } from '../core/kernel';
import type { State } from '../core/state';
import type { Call } from './call';
import type { Moment } from './step';

/** Bytes of snapshots that one run keeps. */
export const SNAPSHOT_BUDGET = 64 << 20;
/** Steps between snapshots while there is room: replaying a hundred steps takes about as long as copying a state. */
const FIRST_SPACING = 256;

/**
 * The states of a run, none of them kept: some snapshots, and the log that leads from one to the next. Give `after` to
 * run(); the kernel belongs to this timeline until the next run on it.
 */
export class Timeline {
  #snapshots: { readonly step: number; readonly snapshot: Snapshot }[] = [];
  #spacing = FIRST_SPACING;
  #bytes = 0;
  /** Frames before step 1. */
  #boot = 0;
  #length = 0;
  /** The step that the kernel stands at. */
  #at = 0;

  constructor(
    readonly kernel: Kernel,
    readonly budget = SNAPSHOT_BUDGET,
  ) {}

  /** Steps that can be looked at. */
  get length(): number {
    return this.#length;
  }

  /** Takes note of a step of the run under way; 0 begins a new run. */
  readonly after = (step: number): void => {
    if (step === 0) {
      this.#snapshots = [];
      this.#spacing = FIRST_SPACING;
      this.#bytes = 0;
      this.#boot = this.kernel.frames;
    }
    this.#length = step;
    this.#at = step;
    if (step % this.#spacing === 0) this.#take(step);
  };

  #take(step: number): void {
    const snapshot = this.kernel.snapshot();
    this.#snapshots.push({ step, snapshot });
    this.#bytes += snapshot.bytes.byteLength;
    while (this.#bytes > this.budget && this.#snapshots.length > 1) {
      this.#spacing *= 2;
      const kept = this.#snapshots.filter((one) => one.step % this.#spacing === 0);
      this.#snapshots = kept;
      this.#bytes = kept.reduce((sum, one) => sum + one.snapshot.bytes.byteLength, 0);
    }
  }

  /**
   * Puts the kernel where it was after step `step`. Its events(), out() and counters speak of that step, but for step
   * 0, which is no call.
   */
  seek(step: number): void {
    // The step itself is always replayed, never restored: a snapshot has no events.
    const last = Math.max(0, step - 1);
    const from = this.#snapshots.findLast((one) => one.step <= last)!; // step 0 is always there
    if (this.#at < from.step || this.#at > last) {
      this.kernel.restore(from.snapshot);
      this.#at = from.step;
    }
    this.kernel.replay(this.#boot + this.#at, step - this.#at);
    this.#at = step;
  }

  /** The whole state after a step. */
  stateAt(step: number): State {
    this.seek(step);
    return this.kernel.state();
  }

  /** The call of a step: what its registers held. null for step 0. */
  call(step: number): Call | null {
    if (step === 0) return null;
    return this.kernel.frame(this.#boot + step - 1);
  }

  /**
   * Everything about one step that the page shows: viewOf() makes words of it. `against` names another step, earlier
   * or later, whose state the step's is compared with.
   */
  moment(step: number, against: number | null = null): Moment {
    const other = against === null ? null : { step: against, state: this.stateAt(against) };
    const before = this.stateAt(Math.max(0, step - 1));
    if (step === 0) return { step, call: null, events: [], before, after: before, other };
    this.seek(step);
    return { step, call: this.call(step), events: this.kernel.events(), before, after: this.kernel.state(), other };
  }
}
