import type { KernelEvent, State } from '../core/state';

/** What the interpreter needs of a machine: the part of core/kernel.ts's Kernel that calls go through. */
export interface Machine {
  reset(): void;
  readonly frames: number;
  /** Executes one call and logs it; numbers where they are exact. Gives a value or -errno, exact below 2^53. */
  enter(pid: number, nr: number, args: readonly (number | bigint)[]): number;
  out(i: number): bigint;
  stat(i: number): number;
  /** Bytes of the last mincore. */
  vec(length: number): Uint8Array;
  events(): KernelEvent[];
  state(): State;
  vma_flags(pid: number, addr: bigint): bigint;
  page_flags(pid: number, addr: bigint): bigint;
  /** Settles the batches through which pages come to their LRU lists. */
  settle(): void;
}
