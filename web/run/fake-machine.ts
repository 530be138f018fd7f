// A machine without a kernel, for tests of the language: it maps, counts a little and refuses what it is told to.
import { ECHILD, ENOMEM, SIGSEGV } from '../../assembly/abi/errno';
import { OUT_CODE, OUT_FAULT, OUT_RLIM_CUR, OUT_RLIM_MAX, OUT_STATUS, STAT_BRK } from '../../assembly/abi/layout';
import * as sys from '../../assembly/abi/sysno';
import type { KernelEvent, State } from '../core/state';
import type { Machine } from './port';

export interface FakeFrame {
  readonly pid: number;
  readonly nr: number;
  readonly args: readonly bigint[];
  readonly result: bigint;
}

const TOP = 0x7ffff7ff7000n;

/** Remembers every frame; `answer` may give results of its own. */
export class FakeMachine implements Machine {
  readonly log: FakeFrame[] = [];
  readonly #out = new Map<number, bigint>();
  #next = TOP;
  #brk = 0x4f0000n;
  #limits: [bigint, bigint] = [8n << 20n, 8n << 20n];
  #pids = 1;
  #ended: { pid: number; parent: number; status: number }[] = [];
  readonly #parents = new Map<number, number>();

  constructor(
    readonly answer: (pid: number, nr: number, args: readonly bigint[]) => bigint | undefined = () => undefined,
  ) {}

  reset(): void {
    this.log.length = 0;
  }

  get frames(): number {
    return this.log.length;
  }

  enter(pid: number, nr: number, values: readonly (number | bigint)[]): number {
    const args = values.map((value) => BigInt(value));
    const result = this.answer(pid, nr, args) ?? this.#own(pid, nr, args);
    this.log.push({ pid, nr, args, result });
    return Number(result);
  }

  #own(pid: number, nr: number, [a0 = 0n, a1 = 0n, a2 = 0n, a3 = 0n, a4 = 0n]: readonly bigint[]): bigint {
    switch (nr) {
      case sys.SYS_mmap:
        return (this.#next -= (a1 + 4095n) & ~4095n);
      case sys.SYS_mremap:
        return a0;
      case sys.SYS_brk:
        return (this.#brk = a0 === 0n ? this.#brk : a0);
      case sys.SYS_mlock:
        return a1 > 1n << 30n ? BigInt(-ENOMEM) : 0n;
      case sys.SYS_setrlimit:
        this.#limits = [a1, a2];
        return 0n;
      case sys.SYS_prlimit64:
        this.#giveLimits();
        if (a2 !== 0n) this.#limits = [a3, a4];
        return 0n;
      case sys.SYS_getrlimit:
        this.#giveLimits();
        return 0n;
      case sys.P_touch_read:
      case sys.P_touch_write:
      case sys.P_load:
      case sys.P_store:
        return this.#touch(a0);
      case sys.SYS_fork:
        this.#parents.set(++this.#pids, pid);
        return BigInt(this.#pids);
      case sys.SYS_exit:
        this.#ended.push({ pid, parent: this.#parents.get(pid) ?? 0, status: Number(a0) << 8 });
        return 0n;
      case sys.P_die:
        this.#ended.push({ pid, parent: this.#parents.get(pid) ?? 0, status: Number(a0) });
        return 0n;
      case sys.SYS_kill:
        this.#ended.push({ pid: Number(a0), parent: this.#parents.get(Number(a0)) ?? 0, status: Number(a1) });
        return 0n;
      case sys.SYS_wait4:
        return this.#wait(pid);
      default:
        return 0n;
    }
  }

  #touch(address: bigint): bigint {
    if (address >= 0x10000n) return 0n;
    this.#out.set(OUT_CODE, 1n);
    this.#out.set(OUT_FAULT, address);
    return BigInt(SIGSEGV);
  }

  #giveLimits(): void {
    this.#out.set(OUT_RLIM_CUR, this.#limits[0]);
    this.#out.set(OUT_RLIM_MAX, this.#limits[1]);
  }

  #wait(parent: number): bigint {
    const at = this.#ended.findIndex((one) => one.parent === parent);
    if (at === -1) return BigInt(-ECHILD);
    const [child] = this.#ended.splice(at, 1);
    this.#out.set(OUT_STATUS, BigInt(child!.status));
    return BigInt(child!.pid);
  }

  out(i: number): bigint {
    return this.#out.get(i) ?? 0n;
  }

  stat(i: number): number {
    return i === STAT_BRK ? Number(this.#brk) : 0;
  }

  vec(length: number): Uint8Array {
    return Uint8Array.from({ length }, (_, i) => i & 1);
  }

  events(): KernelEvent[] {
    return [];
  }

  state(): State {
    return { processes: [], files: [], nr_mlock: 0, nr_unevictable: 0, max_map_count: 0, swap_free: 0 };
  }

  vma_flags(): bigint {
    return 0n;
  }

  settle(): void {}

  page_flags(): bigint {
    return 0n;
  }
}
