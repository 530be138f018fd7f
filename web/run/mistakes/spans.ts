/** Ranges [start, end), each with what is known of it, in no order: the columns of a table with `of.length` rows. */
export class Spans<T> {
  // Numbers of their own, not in objects: a run of 10,000 calls looks at each of them for each call.
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly of: T[] = [];

  constructor(readonly most: number) {
    this.start = new Float64Array(most);
    this.end = new Float64Array(most);
  }

  /** The last one before `i` that shares a byte with [from, to), or -1. */
  meeting(from: number, to: number, i = this.of.length): number {
    const { start, end } = this;
    for (i--; i >= 0; i--) if (start[i]! < to && from < end[i]!) break;
    return i;
  }

  /** Adds a range behind all others; not if there are `most`. */
  add(start: number, end: number, of: T): void {
    const i = this.of.length;
    if (i === this.most) return;
    this.start[i] = start;
    this.end[i] = end;
    this.of.push(of);
  }

  /** Takes one out; the last one has its place then. */
  delete(i: number): void {
    const last = this.of.length - 1;
    this.start[i] = this.start[last]!;
    this.end[i] = this.end[last]!;
    this.of[i] = this.of[last]!;
    this.of.pop();
  }

  clear(): void {
    this.of.length = 0;
  }
}
