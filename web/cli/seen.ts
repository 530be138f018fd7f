/** A copy of the words that were written last, to tell what changed since. */
export class Seen {
  length = 0;
  #words = new Uint32Array(0);

  /** True when the words [from, end) are those seen last. */
  is(words: Uint32Array, from: number, end: number): boolean {
    return end - from === this.length && this.same(words, from, 0, this.length);
  }

  /** True when the `n` words at `from` are those at `at` of the copy. */
  same(words: Uint32Array, from: number, at: number, n: number): boolean {
    const seen = this.#words;
    for (let i = 0; i < n; i++) if (words[from + i] !== seen[at + i]) return false;
    return true;
  }

  /** From now on the words [from, end) are those seen last. */
  take(words: Uint32Array, from: number, end: number): void {
    this.length = end - from;
    if (this.#words.length < this.length) this.#words = new Uint32Array(2 * this.length);
    const seen = this.#words;
    for (let i = 0; i < this.length; i++) seen[i] = words[from + i]!;
  }
}
