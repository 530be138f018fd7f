import type { Value } from '../lang/arith';
import type { Program, Site } from '../lang/code';
import { ERRNO_OFFSET } from '../lang/check-base';
import { Heap } from './heap';
import { OwnMemory } from './memory';

/** What a function goes back to. */
export interface Frame {
  readonly pc: number;
  /** Offset of the caller's variables. */
  readonly base: number;
  /** End of the caller's variables. */
  readonly top: number;
  readonly loop: number;
  readonly iteration: number;
}

/** Functions that may be open at once. */
export const MAX_CALLS = 2_000;

/** Everything that a running process of the scenario is, apart from its simulated memory: fork copies it. */
export class Process {
  pc = 0;
  stack: Value[] = [];
  frames: Frame[] = [];
  /** Variables of the function at hand: [base, top) of own memory. */
  base = 0;
  top = 0;
  /** Loop and iteration that the function at hand was called in. */
  loop = 0;
  iteration = 0;
  /** CAPS_* in effect. */
  caps = 0;
  /** glibc's idea of the end of the heap; 0n: not asked yet. */
  brk = 0n;
  heap = new Heap();
  /** 'paused': waits for ever; 'replaced': execve has ended its text. */
  life: 'running' | 'paused' | 'replaced' | 'ended' = 'running';
  /** A value came from simulated memory. */
  loaded = false;
  /** Where it is, for whatever ends it. */
  site: Site;
  readonly children: Process[] = [];
  reaped = false;

  constructor(
    readonly pid: number,
    readonly program: Program,
    readonly memory: OwnMemory,
  ) {
    const aligned = (program.data.length + 15) & ~15;
    this.base = aligned;
    this.top = aligned;
    this.site = { ...program.end, loop: 0, counter: 0 };
  }

  set errno(value: number) {
    this.memory.write(ERRNO_OFFSET, 'i32', value);
  }

  get errno(): number {
    return Number(this.memory.read(ERRNO_OFFSET, 'i32'));
  }

  /** Makes the child of a fork: the same place, the same variables, another pid. */
  fork(pid: number): Process {
    const child = new Process(pid, this.program, this.memory.clone());
    const { pc, base, top, loop, iteration, caps, brk, site, loaded } = this;
    Object.assign(child, { pc, base, top, loop, iteration, caps, brk, site, loaded });
    child.stack = [...this.stack];
    child.frames = [...this.frames];
    child.heap = this.heap.clone();
    this.children.push(child);
    return child;
  }

  /** The loop that a site is in, the function's own or the one that it was called in. */
  loopAt(site: Site): { loop: number; iteration: number } {
    if (site.loop === 0) return { loop: this.loop, iteration: this.iteration };
    return { loop: site.loop, iteration: Number(this.memory.read(this.base + site.counter, 'i32')) };
  }
}
