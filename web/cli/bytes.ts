const ZERO = '0'.charCodeAt(0);
const LETTER = 'a'.charCodeAt(0) - 10;
const DIGITS = 21;

// Shorter pieces are copied byte by byte: a call of copy() costs as much.
const SHORT = 160;

/** Takes a text piece by piece. */
export interface Sink {
  text(text: string): void;
  /** Takes the bytes [start, end) of another text. */
  copy(from: Buffer, start: number, end: number): void;
}

/** Compares a text that comes piece by piece with a line, and makes no line of it. */
export class Match implements Sink {
  #line: Buffer = Buffer.alloc(0);
  #at = 0;
  #same = true;

  /** Begins anew, with another line. */
  begin(line: Buffer): void {
    this.#line = line;
    this.#at = 0;
    this.#same = true;
  }

  /** True if the pieces were the whole line. */
  get same(): boolean {
    return this.#same && this.#at === this.#line.length;
  }

  text(text: string): void {
    const line = this.#line;
    const at = this.#at;
    for (let i = 0; i < text.length; i++) if (line[at + i] !== text.charCodeAt(i)) this.#same = false;
    this.#at = at + text.length;
  }

  copy(from: Buffer, start: number, end: number): void {
    const to = this.#at + end - start;
    if (to > this.#line.length || this.#line.compare(from, start, end, this.#at, to) !== 0) this.#same = false;
    this.#at = to;
  }
}

/** ASCII text in the making, written as bytes: no string is made of what is only compared and copied. */
export class Bytes implements Sink {
  /** The text is the first `size` bytes. */
  bytes: Buffer = Buffer.allocUnsafe(1 << 12);
  size = 0;

  /** Begins anew. */
  clear(): void {
    this.size = 0;
  }

  text(text: string): void {
    const n = text.length;
    if (this.size + n > this.bytes.length) this.#grow(n);
    const { bytes, size } = this;
    for (let i = 0; i < n; i++) bytes[size + i] = text.charCodeAt(i);
    this.size = size + n;
  }

  /** Writes a number that is exact. */
  number(value: number): void {
    if (value < 0 || value > 0x7fffffff) return this.text(String(value));
    if (this.size + DIGITS > this.bytes.length) this.#grow(DIGITS);
    let nr_digits = 1;
    for (let bound = 10; bound <= value; bound *= 10) nr_digits++;
    const { bytes, size } = this;
    for (let at = size + nr_digits, left = value | 0; at > size;) {
      const next = (left / 10) | 0;
      bytes[--at] = ZERO + left - 10 * next;
      left = next;
    }
    this.size = size + nr_digits;
  }

  /** Writes 0x and the digits of a value that is given as its low and its high word. */
  hex(low: number, high: number): void {
    if (this.size + DIGITS > this.bytes.length) this.#grow(DIGITS);
    const { bytes } = this;
    bytes[this.size++] = ZERO;
    bytes[this.size++] = ZERO + 72; // x
    const nr_digits = high === 0 ? digitsOf(low) : 8 + digitsOf(high);
    for (let shift = 4 * (nr_digits - 1); shift >= 0; shift -= 4) {
      const digit = (shift < 32 ? low >>> shift : high >>> (shift - 32)) & 15;
      bytes[this.size++] = (digit < 10 ? ZERO : LETTER) + digit;
    }
  }

  copy(from: Buffer, start: number, end: number): void {
    const length = end - start;
    if (this.size + length > this.bytes.length) this.#grow(length);
    copyBytes(from, start, end, this.bytes, this.size);
    this.size += length;
  }

  /** The text, good until the next one begins. */
  line(): Buffer {
    return this.bytes.subarray(0, this.size);
  }

  #grow(more: number): void {
    this.bytes = Buffer.concat([this.bytes], 2 * (this.size + more));
  }
}

function copyBytes(from: Buffer, start: number, end: number, to: Buffer, at: number): void {
  if (end - start > SHORT) from.copy(to, at, start, end);
  else for (let i = start; i < end; i++) to[at + i - start] = from[i]!;
}

const digitsOf = (word: number): number => (word === 0 ? 1 : (35 - Math.clz32(word)) >> 2);

/** Texts one after the other, of which a stretch in the middle is replaced again and again. */
export class TextList {
  bytes = Buffer.allocUnsafe(1 << 12);
  /** Where each text ends. */
  #ends: number[] = [];

  get length(): number {
    return this.#ends.length;
  }

  /** Bytes of all texts. */
  get size(): number {
    return this.length === 0 ? 0 : this.#ends[this.length - 1]!;
  }

  /** Puts the texts `made`, which end at `made_ends`, in place of all but the first `front` and the last `back`. */
  replace(front: number, back: number, made: Bytes, made_ends: readonly number[]): void {
    const ends = this.#ends;
    const [size, from] = [this.size, front === 0 ? 0 : ends[front - 1]!];
    const behind = ends.length - back;
    const tail = behind === 0 ? 0 : ends[behind - 1]!;
    const [to, more] = [from + made.size, front + made_ends.length - behind];
    const grown = to - tail + size;
    if (grown > this.bytes.length) this.bytes = Buffer.concat([this.bytes], 2 * grown);
    if (to !== tail) this.bytes.copyWithin(to, tail, size);
    copyBytes(made.bytes, 0, made.size, this.bytes, from);
    this.#moveEnds(behind, back, more, to - tail);
    for (let i = 0; i < made_ends.length; i++) ends[front + i] = from + made_ends[i]!;
  }

  /** Moves `count` ends by `places`, from the side on which none is lost, and adds `bytes` to each. */
  #moveEnds(first: number, count: number, places: number, bytes: number): void {
    const ends = this.#ends;
    for (let i = 0; places > 0 && i < places; i++) ends.push(0);
    for (let k = 0; k < count; k++) {
      const i = first + (places > 0 ? count - 1 - k : k);
      ends[i + places] = ends[i]! + bytes;
    }
    ends.length = first + count + places;
  }
}
