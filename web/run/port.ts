import type { KernelEvent, State } from '../core/state';

/** What the interpreter needs of a machine: the part of core/kernel.ts's Kernel that calls go through. */
export interface Machine {
  reset(): void;
  readonly frames: number;
  enter(pid: number, nr: number, args: readonly (number | bigint)[]): number;
  out(i: number): bigint;
  stat(i: number): number;
  /** Bytes of the last mincore. */
  vec(length: number): Uint8Array;
  events(): KernelEvent[];
  state(): State;
  vma_flags(pid: number, addr: bigint): bigint;
  page_flags(pid: number, addr: bigint): bigint;
}
