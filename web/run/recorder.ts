import {
  STAT_ASKED,
  STAT_CAPS,
  STAT_CHANGED,
  STAT_LOCKED_VM,
  STAT_MAP_COUNT,
  STAT_MEMLOCK,
  STAT_RSS_ANON,
  STAT_RSS_FILE,
  STAT_RSS_SHMEM,
  STAT_TOTAL_VM,
} from '../../assembly/abi/layout';
import type { Place, Steps } from './model';
import type { Machine } from './port';

const words = ({ buffer, byteOffset, length }: BigInt64Array): Int32Array =>
  new Int32Array(buffer, byteOffset, 2 * length);

type Columns = { -readonly [K in keyof Omit<Steps, 'length'>]: Steps[K] };

const INFINITE = 2 ** 63;

/** Writes steps into columns. */
export class Recorder {
  /** Parts that are full. */
  readonly #full: Columns[] = [];
  #part = columns(256);
  /** The results of the part at hand in words: no bigint has to be made of a step's. */
  #results = words(this.#part.result);
  /** Steps in the part at hand. */
  #at = 0;
  #length = 0;

  constructor(readonly machine: Machine) {}

  get length(): number {
    return this.#length;
  }

  /** Adds the step that the machine has just made. What the interpreter does not know of it, the machine is asked. */
  add(
    { from, to, line, column }: Place,
    pid: number,
    nr: number,
    result: number,
    errno: number,
    signal: number,
    loop: number,
    iteration: number,
  ): void {
    if (this.#at === this.#part.from.length) this.#extend();
    this.#length++;
    const at = this.#at++;
    const c = this.#part;
    const { machine } = this;
    const limit = machine.stat(STAT_MEMLOCK);
    c.from[at] = from;
    c.to[at] = to;
    c.line[at] = line;
    c.column[at] = column;
    c.nr[at] = nr;
    c.pid[at] = pid;
    this.#results[2 * at] = result;
    this.#results[2 * at + 1] = Math.floor(result / 2 ** 32);
    c.errno[at] = errno;
    c.signal[at] = signal;
    c.loop[at] = loop;
    c.iteration[at] = iteration;
    c.locked_vm[at] = machine.stat(STAT_LOCKED_VM);
    c.total_vm[at] = machine.stat(STAT_TOTAL_VM);
    c.rss[at] = machine.stat(STAT_RSS_ANON) + machine.stat(STAT_RSS_FILE) + machine.stat(STAT_RSS_SHMEM);
    c.map_count[at] = machine.stat(STAT_MAP_COUNT);
    c.limit[at] = limit >= INFINITE ? Infinity : Math.floor(limit / 4096);
    c.caps[at] = machine.stat(STAT_CAPS);
    c.asked[at] = machine.stat(STAT_ASKED);
    c.not_atomic[at] = errno !== 0 && machine.stat(STAT_CHANGED) !== 0 ? 1 : 0;
  }

  /** The columns of all steps. */
  steps(): Steps {
    const length = this.#length;
    const all = columns(length);
    let at = 0;
    for (const part of [...this.#full, this.#part]) {
      const count = Math.min(part.from.length, length - at);
      for (const [name, column] of Object.entries(all)) {
        // Both sides are the same column, so the same kind of array.
        (column as Uint32Array).set((part[name as keyof Columns] as Uint32Array).subarray(0, count), at);
      }
      at += count;
    }
    return { length, ...all };
  }

  /** Begins a part that is as long as all before. */
  #extend(): void {
    this.#full.push(this.#part);
    this.#part = columns(this.#length);
    this.#results = words(this.#part.result);
    this.#at = 0;
  }
}

// Each has a buffer of its own: who keeps one column of an old run does not keep all of it.
function columns(size: number): Columns {
  return {
    result: new BigInt64Array(size),
    locked_vm: new Float64Array(size),
    total_vm: new Float64Array(size),
    rss: new Float64Array(size),
    map_count: new Float64Array(size),
    limit: new Float64Array(size),
    asked: new Float64Array(size),
    from: new Uint32Array(size),
    to: new Uint32Array(size),
    line: new Uint32Array(size),
    column: new Uint32Array(size),
    loop: new Uint32Array(size),
    iteration: new Uint32Array(size),
    nr: new Uint16Array(size),
    pid: new Uint16Array(size),
    errno: new Uint16Array(size),
    signal: new Uint8Array(size),
    caps: new Uint8Array(size),
    not_atomic: new Uint8Array(size),
  };
}
