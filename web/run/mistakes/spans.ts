/** Ranges [start, end), each with what is known of it, in no order. */
export class Spans<T> {
  // Numbers of their own, not in objects: a run of 10,000 calls looks at each of them for each call.
  readonly #start: Float64Array;
  readonly #end: Float64Array;
  readonly #of: T[] = [];

  constructor(readonly most: number) {
    this.#start = new Float64Array(most);
    this.#end = new Float64Array(most);
  }

  get length(): number {
    return this.#of.length;
  }

  start(i: number): number {
    return this.#start[i]!;
  }

  end(i: number): number {
    return this.#end[i]!;
  }

  of(i: number): T {
    return this.#of[i]!;
  }

  /** The last one before `i` that shares a byte with [start, end), or -1. */
  meeting(start: number, end: number, i = this.#of.length): number {
    const starts = this.#start;
    const ends = this.#end;
    for (i--; i >= 0; i--) if (starts[i]! < end && start < ends[i]!) break;
    return i;
  }

  /** Adds a range behind all others; not if there are `most`. */
  add(start: number, end: number, of: T): void {
    const i = this.#of.length;
    if (i === this.most) return;
    this.set(i, start, end);
    this.#of.push(of);
  }

  set(i: number, start: number, end: number): void {
    this.#start[i] = start;
    this.#end[i] = end;
  }

  /** Takes one out; the last one has its place then. */
  delete(i: number): void {
    const last = this.#of.pop()!;
    const end = this.#of.length;
    if (i === end) return;
    this.#of[i] = last;
    this.set(i, this.#start[end]!, this.#end[end]!);
  }

  clear(): void {
    this.#of.length = 0;
  }
}
