// What can be seen of one step: the call, its result, its events, and the states around it, cut into pieces in which
// nothing differs. Every clause is judged by these values and by nothing else.
import { CAPS_IPC_LOCK } from '../../../assembly/abi/cap';
import {
  CHECK_FAILED,
  EV_CHECK,
  EV_FIXUP,
  EV_POPULATE,
  EV_RANGE,
  FIXUP_FAILED,
  POPULATE_STOPPED,
  WHY_FLAGS,
  WHY_MAP_COUNT,
  WHY_POPULATE,
  WHY_VMA_AT,
} from '../../../assembly/abi/event';
import * as mman from '../../../assembly/abi/mman';
import type { KernelEvent, Process } from '../../core/state';
import { callName, errnoOf, isTouch, type Call } from '../../run/call';
import { errnoName } from '../../run/constants';
import type { Moment } from '../../run/step';
import { piecesOf, type Piece } from './pieces';

/** An earlier call of a lock family in the same scenario. */
export interface Earlier {
  readonly step: number;
  readonly name: string;
  readonly pid: number;
  readonly flags: number;
  readonly errno: string;
  readonly start: bigint;
  readonly end: bigint;
}

/** The check that a call failed at: which one (WHY_*), the errno it gives, and its numbers. */
export interface Reason {
  readonly why: number;
  readonly errno: string;
  readonly numbers: KernelEvent;
}

const FLAG_ARGUMENT: Readonly<Record<string, number>> = { mlockall: 0, mlock2: 2 };
const PAGE_MASK = ~4095n;
const u64 = (value: bigint): bigint => BigInt.asUintN(64, value);

/** The calls that take a range from (start, len). */
export const RANGED: readonly string[] = ['mlock', 'mlock2', 'munlock', 'madvise'];
/** The five calls. */
export const LOCK_CALLS: readonly string[] = ['mlock', 'mlock2', 'munlock', 'mlockall', 'munlockall'];

/** One step of one run. What is costly to derive is made when it is first asked for. */
export class Observation {
  readonly name: string;
  /** Name of the errno, or '' where the call did not fail. */
  readonly errno: string;
  readonly before: Process;
  /** The calling process afterwards; the same as before where it is gone. */
  readonly after: Process;
  readonly events: readonly KernelEvent[];
  readonly args: readonly bigint[];
  readonly pid: number;
  /** The range after rounding, as the kernel computes it; all of user space for the calls without a range. */
  readonly range: { readonly start: bigint; readonly end: bigint };
  /** The check it failed at, or null. */
  readonly reason: Reason | null;
  /** Up to where VMAs were looked at: the end, the first hole, the VMA that could not be split; the start where none was. */
  readonly reached: bigint;
  #pieces: readonly Piece[] | null = null;
  #touched: readonly Piece[] | null = null;

  constructor(
    /** File of the scenario, or '' for the run of the page. */
    readonly scenario: string,
    readonly moment: Moment,
    readonly call: Call,
    readonly earlier: readonly Earlier[],
    /** The signal that was pending when it began, 0 for none. */
    readonly pending: number,
    /** Another thread held mmap_lock when it began. */
    readonly contended: boolean,
  ) {
    this.name = callName(call.nr);
    this.pid = call.pid;
    this.args = call.args;
    this.events = moment.events;
    this.errno = errnoName(errnoOf(call));
    const find = (list: readonly Process[]): Process | undefined => list.find(({ pid }) => pid === call.pid);
    this.before = find(moment.before.processes) ?? moment.before.processes[0]!;
    this.after = find(moment.after.processes) ?? this.before;
    this.range = this.#rangeOf();
    this.reason = this.#reasonOf();
    this.reached = this.#reachedOf();
  }

  /** What later steps remember of it. */
  asEarlier(): Earlier {
    const { step, name, pid, flags, errno, range } = this;
    return { step, name, pid, flags, errno, ...range };
  }

  get step(): number {
    return this.moment.step;
  }

  get failed(): boolean {
    return this.errno !== '';
  }

  /** It is an access to memory, not a system call. */
  get isTouch(): boolean {
    return isTouch(this.call.nr);
  }

  /** The 32 bits of flags of mlockall and mlock2; of other calls those of the last mlockall() of the process that succeeded. */
  get flags(): number {
    const at = FLAG_ARGUMENT[this.name];
    if (at !== undefined) return Number(BigInt.asIntN(32, this.args[at] ?? 0n));
    const last = this.earlier.findLast((one) => one.name === 'mlockall' && one.errno === '' && one.pid === this.pid);
    return LOCK_CALLS.includes(this.name) ? 0 : (last?.flags ?? 0);
  }

  get capable(): boolean {
    return (this.before.counters.caps & CAPS_IPC_LOCK) !== 0;
  }

  /** Soft RLIMIT_MEMLOCK in bytes. */
  get limit(): bigint {
    return this.before.counters.rlimit_memlock[0];
  }

  #rangeOf(): { readonly start: bigint; readonly end: bigint } {
    if (!RANGED.includes(this.name)) return { start: 0n, end: BigInt(mman.TASK_SIZE) };
    const told = this.events.find(({ kind }) => kind === EV_RANGE);
    if (told) return { start: told.a, end: told.b };
    const [start, len] = [this.args[0] ?? 0n, this.args[1] ?? 0n];
    const from = start & PAGE_MASK;
    return { start: from, end: u64(from + (u64(len + (start & 4095n) + 4095n) & PAGE_MASK)) };
  }

  #reasonOf(): Reason | null {
    const failing = this.events.findLast(({ kind, status }) => kind === EV_CHECK && status === CHECK_FAILED);
    if (!failing || !this.failed) return null;
    return { why: Number(failing.a), errno: this.errno, numbers: failing };
  }

  #reachedOf(): bigint {
    const { start, end } = this.range;
    const { reason } = this;
    if (!reason || reason.why === WHY_POPULATE) return end < start ? start : end;
    if (reason.why === WHY_VMA_AT) return reason.numbers.b;
    if (reason.why !== WHY_MAP_COUNT) return start;
    return this.events.find(({ kind, status }) => kind === EV_FIXUP && status === FIXUP_FAILED)?.a ?? start;
  }

  /** Where bringing in stopped first: an address, or null. */
  get stopped(): bigint | null {
    return this.events.find(({ kind, status }) => kind === EV_POPULATE && status === POPULATE_STOPPED)?.c ?? null;
  }

  /** Pieces of the address space of the calling process in which VMA and pages are alike, before and after. */
  get pieces(): readonly Piece[] {
    this.#pieces ??= piecesOf(
      this.before,
      this.after.life === 'running' ? this.after : this.before,
      this.moment.before.files,
      [this.range.start, this.range.end, this.reached],
    );
    return this.#pieces;
  }

  /** The pieces that the call looked at. */
  get touched(): readonly Piece[] {
    const { start } = this.range;
    const { reached } = this;
    this.#touched ??= this.pieces.filter((piece) => piece.start >= start && piece.end <= reached);
    return this.#touched;
  }

  /** The pieces of its range. */
  get inRange(): readonly Piece[] {
    const { start, end } = this.range;
    return this.pieces.filter((piece) => piece.start >= start && piece.end <= end);
  }

  /** The valid bits of flags that a failed or passed check of flags names, or null. */
  get validFlags(): bigint | null {
    return this.events.find(({ kind, a }) => kind === EV_CHECK && Number(a) === WHY_FLAGS)?.c ?? null;
  }

  delta(key: 'locked_vm' | 'total_vm' | 'map_count'): number {
    return this.after.counters[key] - this.before.counters[key];
  }

  /** Whether an event of this kind, and with this status, was told. */
  saw(kind: number, status: number | null = null): boolean {
    return this.events.some((event) => event.kind === kind && (status === null || event.status === status));
  }
}
