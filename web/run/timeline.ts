import { FRAME_ARGS, FRAME_NR, FRAME_PID, FRAME_RESULT, FRAME_SIZE } from '../../assembly/abi/layout';
import type { Kernel, Snapshot } from '../core/kernel';
import type { State } from '../core/state';
import type { Call } from './call';
import type { Moment } from './step';

/** Bytes of snapshots that one run keeps. */
export const SNAPSHOT_BUDGET = 64 << 20;
/** Steps between snapshots while there is room: replaying them is faster than copying a state. */
const FIRST_SPACING = 64;

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
  #log: DataView | null = null;

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
      this.#log = null;
    }
    this.#length = step;
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
    this.kernel.restore(from.snapshot);
    if (step > from.step) this.kernel.replay(this.#boot + from.step, step - from.step);
  }

  /** The whole state after a step. */
  stateAt(step: number): State {
    this.seek(step);
    return this.kernel.state();
  }

  /** The call of a step: what its registers held. null for step 0. */
  call(step: number): Call | null {
    if (step === 0) return null;
    this.#log ??= new DataView(this.kernel.log().buffer);
    const at = (this.#boot + step - 1) * FRAME_SIZE;
    const log = this.#log;
    return {
      nr: log.getUint32(at + FRAME_NR, true),
      pid: log.getUint32(at + FRAME_PID, true),
      args: Array.from({ length: 6 }, (_, i) => log.getBigUint64(at + FRAME_ARGS + 8 * i, true)),
      result: log.getBigInt64(at + FRAME_RESULT, true),
    };
  }

  /**
   * Everything about one step that the page shows: viewOf() makes words of it. `against` names another step, earlier
   * or later, whose state the step's is compared with.
   */
  moment(step: number, against: number | null = null): Moment {
    const other = against === null ? null : { step: against, state: this.stateAt(against) };
    const before = this.stateAt(Math.max(0, step - 1));
    if (step === 0) return { step, call: null, events: [], before, after: before, other };
    this.kernel.replay(this.#boot + step - 1, 1);
    return { step, call: this.call(step), events: this.kernel.events(), before, after: this.kernel.state(), other };
  }
}
