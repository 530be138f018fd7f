// The simplest thing that could work, for `npm run bench`: VMAs in a sorted array, one byte for each page. It knows one
// mapping and two calls, makes no events, checks no limit.

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly prot: number;
  readonly locked: boolean;
}

/** One mapping whose pages are all there. */
export class NaiveMapping {
  pieces: Piece[];
  locked_vm = 0;
  readonly #mlocked: Uint8Array;

  /** `split`: every second page has another protection. */
  constructor(pages: number, split: boolean) {
    this.#mlocked = new Uint8Array(pages);
    this.pieces = Array.from({ length: split ? pages : 1 }, (_, i) => {
      return { start: i, end: split ? i + 1 : pages, prot: split ? i & 1 : 0, locked: false };
    });
  }

  /** mlock2(MLOCK_ONFAULT) or munlock of [start, end). */
  lock(start: number, end: number, locked: boolean): void {
    const { pieces } = this;
    let i = this.#find(start);
    for (let at = start; at < end; i++) {
      const piece = pieces[i]!;
      const to = Math.min(piece.end, end);
      if (piece.locked !== locked) {
        const parts = [{ ...piece, start: at, end: to, locked }];
        if (piece.start < at) parts.unshift({ ...piece, end: at });
        if (to < piece.end) parts.push({ ...piece, start: to });
        pieces.splice(i, 1, ...parts);
        i += parts.length - 1;
        this.locked_vm += locked ? to - at : at - to;
        this.#mlocked.fill(locked ? 1 : 0, at, to);
      }
      at = to;
    }
    this.#merge(Math.max(0, this.#find(start) - 1), end);
  }

  #merge(from: number, end: number): void {
    const { pieces } = this;
    for (let i = from; i + 1 < pieces.length && pieces[i]!.start <= end;) {
      const [left, right] = [pieces[i]!, pieces[i + 1]!];
      if (left.locked !== right.locked || left.prot !== right.prot) i++;
      else pieces.splice(i, 2, { ...left, end: right.end });
    }
  }

  #find(page: number): number {
    let low = 0;
    let high = this.pieces.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.pieces[middle]!.end > page) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
