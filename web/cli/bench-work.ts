// What `npm run bench` measures of the core and of the naive baseline. The same module runs in Node and in a page, so it
// uses nothing of either.
import { CAPS_IPC_LOCK } from '../../assembly/abi/cap';
import { IMAGE_EMPTY } from '../../assembly/abi/image';
import { STAT_LOCKED_VM, STAT_MAP_COUNT } from '../../assembly/abi/layout';
import * as mman from '../../assembly/abi/mman';
import * as sys from '../../assembly/abi/sysno';
import { compileCore, instantiate } from '../core/boot';
import { Kernel } from '../core/kernel';
import { NaiveMapping } from './bench-naive';

/** A populated mapping, and calls on it: three numbers each, 1 for mlock2(ONFAULT) or 0 for munlock, page, pages. */
export interface LockWork {
  readonly pages: number;
  /** Every second page has another protection, so that each page is a VMA. */
  readonly split: boolean;
  readonly calls: Uint32Array;
}

/** What a run of the calls took, and where it led: all contenders must agree on the last two. */
export interface Taken {
  readonly ns: number;
  readonly locked_vm: number;
  /** VMAs of the mapping. */
  readonly vmas: number;
}

const PID = 1;
const BASE = 0x2000_0000_0000n;
const RW = BigInt(mman.PROT_READ | mman.PROT_WRITE);
const PRIVATE = mman.MAP_PRIVATE | mman.MAP_ANONYMOUS | mman.MAP_NORESERVE | mman.MAP_FIXED;

/** Makes a list of calls; the same seed makes the same list. */
export function lockWork(pages: number, split: boolean, nr_calls: number, seed = 1): LockWork {
  let state = seed;
  const random = (n: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const calls = new Uint32Array(3 * nr_calls);
  for (let i = 0; i < calls.length; i += 3) {
    const nr = split ? 1 : 1 + random(4);
    calls.set([random(2), random(pages - nr + 1), nr], i);
  }
  return { pages, split, calls };
}

/** The contenders that live in JavaScript. */
export class Contenders {
  readonly #kernel: Kernel;

  constructor(wasm: Uint8Array<ArrayBuffer>) {
    this.#kernel = new Kernel(instantiate(compileCore(wasm)));
  }

  /** The calls as a log, executed by one replay(). The first round of them brings the mapping to its usual state. */
  batch(work: LockWork): Taken {
    const run = this.#start(work);
    run();
    const nr_calls = work.calls.length / 3;
    return this.#timed(nr_calls, () => this.#kernel.replay(0, nr_calls));
  }

  /** Each call through Kernel.syscall(), as the interpreter makes them: with events and a log. */
  calls(work: LockWork): Taken {
    const run = this.#start(work);
    run();
    this.#kernel.loadLog(new Uint8Array());
    return this.#timed(work.calls.length / 3, run);
  }

  /** The sorted array. */
  naive({ pages, split, calls }: LockWork): Taken {
    const mapping = new NaiveMapping(pages, split);
    const run = (): void => {
      for (let i = 0; i < calls.length; i += 3) {
        mapping.lock(calls[i + 1]!, calls[i + 1]! + calls[i + 2]!, calls[i] === 1);
      }
    };
    run();
    const start = performance.now();
    run();
    const ns = ((performance.now() - start) * 1e6) / (calls.length / 3);
    return { ns, locked_vm: mapping.locked_vm, vmas: mapping.pieces.length };
  }

  /** Nanoseconds of mmap, mlock and munmap of `len` bytes, all three: the log of `rounds` times these in one replay(). */
  large(len: bigint, rounds: number): number {
    const kernel = this.#boot();
    for (let i = 0; i < rounds; i++) {
      const results = [
        kernel.syscall(PID, sys.SYS_mmap, BASE, len, RW, BigInt(PRIVATE), -1n),
        kernel.syscall(PID, sys.SYS_mlock, BASE, len),
      ];
      const locked = BigInt(kernel.stat(STAT_LOCKED_VM)) << 12n;
      results.push(kernel.syscall(PID, sys.SYS_munmap, BASE, len));
      if (locked !== len || results.some((result) => result < 0n))
        throw new Error(`mlock of ${len}: ${results.join()}`);
    }
    const start = performance.now();
    kernel.replay(0, kernel.frames);
    return ((performance.now() - start) * 1e6) / rounds;
  }

  #boot(): Kernel {
    const kernel = this.#kernel;
    kernel.reset();
    kernel.syscall(PID, sys.P_start, BigInt(IMAGE_EMPTY));
    kernel.syscall(PID, sys.P_capset, BigInt(CAPS_IPC_LOCK));
    kernel.loadLog(new Uint8Array());
    return kernel;
  }

  /** Makes the mapping and returns a function that makes the calls; only the calls are in the log. */
  #start({ pages, split, calls }: LockWork): () => void {
    const kernel = this.#boot();
    const populate = BigInt(PRIVATE | mman.MAP_POPULATE);
    kernel.syscall(PID, sys.SYS_mmap, BASE, BigInt(pages) << 12n, RW, populate, -1n);
    for (let i = 1; split && i < pages; i += 2) {
      kernel.syscall(PID, sys.SYS_mprotect, BASE + (BigInt(i) << 12n), 4096n, BigInt(mman.PROT_READ));
    }
    kernel.loadLog(new Uint8Array());
    const nr_calls = calls.length / 3;
    const addr = BigUint64Array.from({ length: nr_calls }, (_, i) => BASE + (BigInt(calls[3 * i + 1]!) << 12n));
    const lens = [0n, 4096n, 8192n, 12288n, 16384n];
    return () => {
      for (let i = 0; i < nr_calls; i++) {
        const len = lens[calls[3 * i + 2]!]!;
        if (calls[3 * i]) kernel.syscall(PID, sys.SYS_mlock2, addr[i], len, BigInt(mman.MLOCK_ONFAULT));
        else kernel.syscall(PID, sys.SYS_munlock, addr[i], len);
      }
    };
  }

  #timed(nr_calls: number, run: () => void): Taken {
    const start = performance.now();
    run();
    const ns = ((performance.now() - start) * 1e6) / nr_calls;
    return { ns, locked_vm: this.#kernel.stat(STAT_LOCKED_VM), vmas: this.#kernel.stat(STAT_MAP_COUNT) };
  }
}

// In a page there is nobody to import this.
Object.assign(globalThis, { bench: { Contenders, lockWork } });
