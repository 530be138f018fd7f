import {
  EVENTS_BASE,
  FRAME_ARGS,
  FRAME_BASE,
  FRAME_COUNTERS,
  FRAME_NR,
  FRAME_OUT,
  FRAME_PID,
  FRAME_RESULT,
  FRAME_SETTLED,
  FRAME_SIZE,
  HEAP_TOP,
  LOG_BASE,
  PEEK_BASE,
  STATE_END,
} from '../../assembly/abi/layout';
import { decodeEvents, decodeMachine, decodeState, PACKED_FILES } from './decode';
import type { FileObject, KernelEvent, State } from './state';

/** The doors of assembly/index.ts. */
export interface CoreInstance {
  readonly memory: { readonly buffer: ArrayBuffer };
  syscall(): void;
  replay(from: number, n: number): void;
  frames(): number;
  set_frames(n: number): void;
  events(): number;
  peek(pid: number): number;
  peek_all(): number;
  verify(): number;
  vma_flags(pid: number, lo: number, hi: number): void;
  page_flags(pid: number, lo: number, hi: number): void;
  settle(): number;
}

/** A copy of the machine's whole state; give it back to restore(). */
export interface Snapshot {
  readonly bytes: Uint8Array;
  /** Frames in the log when it was taken. */
  readonly frames: number;
}

/** One simulated machine: frames in, results out. */
export class Kernel {
  readonly #core: CoreInstance;
  readonly #bytes: Uint8Array;
  readonly #words: Uint32Array;
  readonly #view: DataView;
  readonly #empty: Uint8Array;
  /** FRAME_SETTLED for the next frame, or 0. */
  #settled = 0;

  /** Takes a fresh instance of the core; its memory never grows, so views stay valid. */
  constructor(core: CoreInstance) {
    this.#core = core;
    const { buffer } = core.memory;
    this.#bytes = new Uint8Array(buffer);
    this.#words = new Uint32Array(buffer);
    this.#view = new DataView(buffer);
    this.#empty = this.#bytes.slice(0, this.top);
  }

  /** Empties the machine and the call log. */
  reset(): void {
    this.#settled = 0;
    this.#bytes.set(this.#empty);
    this.#core.set_frames(0);
  }

  /** Frames executed and logged. */
  get frames(): number {
    return this.#core.frames();
  }

  /** Executes one call of process `pid` and logs it. The result is what the kernel returns: a value or -errno (signed). */
  syscall(pid: number, nr: number, a0 = 0n, a1 = 0n, a2 = 0n, a3 = 0n, a4 = 0n, a5 = 0n): bigint {
    this.enter(pid, nr, [a0, a1, a2, a3, a4, a5]);
    return this.#view.getBigInt64(FRAME_BASE + FRAME_RESULT, true);
  }

  /**
   * As syscall(), without a bigint: the first `nr_args` arguments are pairs of a low and a high word, the others 0. The
   * result is exact below 2^53, which every result of the kernel is.
   */
  call(pid: number, nr: number, args: Uint32Array, nr_args: number): number {
    const words = this.#begin(pid, nr);
    for (let i = 0; i < 12; i++) words[((FRAME_BASE + FRAME_ARGS) >> 2) + i] = i < 2 * nr_args ? args[i]! : 0;
    return this.#run();
  }

  /** As syscall(), with numbers where they are exact; the result is exact as that of call(). */
  enter(pid: number, nr: number, args: readonly (number | bigint)[]): number {
    const words = this.#begin(pid, nr);
    for (let i = 0; i < 6; i++) {
      const arg = i < args.length ? args[i]! : 0;
      const at = (FRAME_BASE + FRAME_ARGS + 8 * i) >> 2;
      if (typeof arg === 'number') {
        words[at] = arg;
        words[at + 1] = Math.floor(arg / 2 ** 32);
      } else this.#view.setBigUint64(at << 2, arg, true);
    }
    return this.#run();
  }

  #begin(pid: number, nr: number): Uint32Array {
    const words = this.#words;
    words[(FRAME_BASE + FRAME_NR) >> 2] = nr;
    words[(FRAME_BASE + FRAME_PID) >> 2] = pid | this.#settled;
    this.#settled = 0;
    return words;
  }

  #run(): number {
    this.#core.syscall();
    const at = (FRAME_BASE + FRAME_RESULT) >> 2;
    return this.#words[at]! + (this.#words[at + 1]! | 0) * 2 ** 32;
  }

  /** The residency bytes that the last mincore() left, one for each of `length` pages. */
  vec(length: number): Uint8Array {
    return this.#bytes.slice(PEEK_BASE, PEEK_BASE + length);
  }

  /** Output word `i` (OUT_* of abi/layout.ts) of the last call. */
  out(i: number): bigint {
    return this.#view.getBigUint64(FRAME_BASE + FRAME_OUT + 8 * i, true);
  }

  /** Counter `i` (STAT_*) of the calling process after the last call; exact below 2^53. */
  stat(i: number): number {
    const at = (FRAME_BASE + FRAME_COUNTERS + 8 * i) >> 2;
    return this.#words[at]! + this.#words[at + 1]! * 2 ** 32;
  }

  /** Events of the last call (or of the last call of replay()). */
  events(): KernelEvent[] {
    return decodeEvents(this.#view, EVENTS_BASE, this.#core.events());
  }

  /** The whole state as values. Walks all processes: use it for a step that is looked at, not for each step. */
  state(): State {
    return decodeState({
      view: this.#view,
      peek: (pid) => this.#core.peek(pid),
      peek_all: () => this.#core.peek_all(),
    });
  }

  /** Packs process `pid` for packed.ts and returns the words, good until the next call; null for no such process. */
  pack(pid: number): Uint32Array | null {
    return this.#core.peek(pid) === 0 ? null : this.#words;
  }

  /** The files alone, without the processes. */
  files(): readonly FileObject[] {
    this.#core.peek_all();
    return decodeMachine(this.#view).files;
  }

  /** The words of all files, packed: equal words, equal files. Good until the next call. */
  packFiles(): Uint32Array {
    const end = PEEK_BASE + this.#core.peek_all();
    return this.#words.subarray((PEEK_BASE + PACKED_FILES) >> 2, end >> 2);
  }

  /** Number of the first invariant that does not hold (assembly/verify.ts), 0 when all hold. */
  verify(): number {
    return this.#core.verify();
  }

  /** VM_* bits of the VMA at an address of process `pid`, 0n where nothing is mapped. */
  vma_flags(pid: number, addr: bigint): bigint {
    this.#core.vma_flags(pid, Number(addr & 0xffff_ffffn), Number((addr >> 32n) & 0xffff_ffffn));
    return this.#view.getBigUint64(PEEK_BASE, true);
  }

  /** Settles the per-CPU batches, which only `#pragma batches on` leaves; a replay does so at the same place. */
  settle(): void {
    if (this.#core.settle()) this.#settled = FRAME_SETTLED;
  }

  /** Word of /proc/kpageflags of the page at an address of process `pid`, 0n where none is present. */
  page_flags(pid: number, addr: bigint): bigint {
    this.#core.page_flags(pid, Number(addr & 0xffff_ffffn), Number((addr >> 32n) & 0xffff_ffffn));
    return this.#view.getBigUint64(PEEK_BASE, true);
  }

  /** A copy of [0, top) and the length of the log. */
  snapshot(): Snapshot {
    return { bytes: this.#bytes.slice(0, this.#view.getUint32(HEAP_TOP, true)), frames: this.frames };
  }

  /** Puts the state of `snapshot` back; the log keeps all its frames. */
  restore(snapshot: Snapshot): void {
    this.#bytes.set(snapshot.bytes);
  }

  /** Executes `n` logged frames again from frame `from` on; the last one leaves its events and counters. */
  replay(from: number, n: number): void {
    this.#core.replay(from, n);
  }

  /** A copy of the logged frames: FRAME_SIZE bytes each. */
  log(): Uint8Array {
    return this.#bytes.slice(LOG_BASE, LOG_BASE + FRAME_SIZE * this.frames);
  }

  /** Logged frame `i`, from 0: what the registers held. */
  frame(i: number): { nr: number; pid: number; args: bigint[]; result: bigint } {
    const view = this.#view;
    const at = LOG_BASE + FRAME_SIZE * i;
    return {
      nr: view.getUint32(at + FRAME_NR, true),
      pid: view.getUint32(at + FRAME_PID, true) & ~FRAME_SETTLED,
      args: Array.from({ length: 6 }, (_, k) => view.getBigUint64(at + FRAME_ARGS + 8 * k, true)),
      result: view.getBigInt64(at + FRAME_RESULT, true),
    };
  }

  /** Puts a call log in place of the machine's own. */
  loadLog(log: Uint8Array): void {
    this.#bytes.set(log, LOG_BASE);
    this.#core.set_frames(log.byteLength / FRAME_SIZE);
  }

  /** Bytes of state in use, of STATE_END. */
  get top(): number {
    return this.#view.getUint32(HEAP_TOP, true);
  }

  /** Bytes of state that a machine may use. */
  static readonly limit = STATE_END;
}
