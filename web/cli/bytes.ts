/** A line of ASCII in the making. Bytes are copied where text would be joined, so that kept pieces cost little. */
export class Bytes {
  #bytes = Buffer.alloc(1 << 14);
  #length = 0;
  #text = '';

  /** Begins a new line. */
  clear(): void {
    this.#length = 0;
    this.#text = '';
  }

  text(text: string): void {
    this.#text += text;
  }

  copy(from: Buffer, length: number): void {
    this.#flush(length);
    from.copy(this.#bytes, this.#length, 0, length);
    this.#length += length;
  }

  /** The line, good until the next one begins. */
  line(): Buffer {
    this.#flush(0);
    return this.#bytes.subarray(0, this.#length);
  }

  #flush(more: number): void {
    const end = this.#length + this.#text.length;
    if (end + more > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes], 2 * (end + more));
    this.#bytes.write(this.#text, this.#length, 'latin1');
    this.#length = end;
    this.#text = '';
  }
}

/** Texts one after the other, of which a stretch in the middle is replaced again and again. */
export class TextList {
  bytes = Buffer.alloc(1 << 12);
  /** Where each text ends. */
  #ends: number[] = [];

  get length(): number {
    return this.#ends.length;
  }

  /** Bytes of all texts. */
  get size(): number {
    return this.#ends.at(-1) ?? 0;
  }

  /** Puts `made` in place of all but the first `front` and the last `back` texts. */
  replace(front: number, back: number, made: readonly string[]): void {
    const ends = this.#ends;
    const [size, from] = [this.size, front === 0 ? 0 : ends[front - 1]!];
    const behind = ends.length - back;
    const tail = behind === 0 ? 0 : ends[behind - 1]!;
    const kept = ends.slice(behind);
    ends.length = front;
    let to = from;
    for (const text of made) ends.push((to += text.length));
    for (const end of kept) ends.push(end - tail + to);
    if (this.size > this.bytes.length) this.bytes = Buffer.concat([this.bytes], 2 * this.size);
    this.bytes.copyWithin(to, tail, size);
    this.bytes.write(made.join(''), from, 'latin1');
  }
}
