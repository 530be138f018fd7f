/** A copy of the words that were written last, to tell what changed since. */
export class Seen {
  length = 0;
  #words = new Uint32Array(0);

  /** True when the words [from, end) are those seen last; from now on they are. */
  again(words: Uint32Array, from: number, end: number): boolean {
    const same = end - from === this.length && this.same(words, from, 0, this.length);
    if (!same) this.take(words, from, end);
    return same;
  }

  same(words: Uint32Array, from: number, at: number, n: number): boolean {
    const seen = this.#words;
    for (let i = 0; i < n; i++) if (words[from + i] !== seen[at + i]) return false;
    return true;
  }

  /** How many words of a list are as they were, from its front and then from its back: whole items of `n` words, of which `used` count. */
  around(
    words: Uint32Array,
    from: number,
    end: number,
    n: number,
    used: number,
  ): readonly [front: number, back: number] {
    const most = Math.min(end - from, this.length);
    let front = 0;
    while (front < most && this.same(words, from + front, front, used)) front += n;
    let back = 0;
    while (back < most - front && this.same(words, end - back - n, this.length - back - n, used)) back += n;
    return [front, back];
  }

  take(words: Uint32Array, from: number, end: number): void {
    this.length = end - from;
    if (this.#words.length < this.length) this.#words = new Uint32Array(2 * this.length);
    this.#words.set(words.subarray(from, end));
  }
}
