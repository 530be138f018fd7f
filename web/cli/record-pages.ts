// The part of a record that tells of pages: runs of pages with the same flags, straight from the packed extents.
import {
  EXTENT_KIND,
  EXTENT_KPF,
  EXTENT_MAPCOUNT,
  EXTENT_MLOCK_COUNT,
  EXTENT_PAGES,
  EXTENT_START,
  EXTENT_WORDS,
  long,
} from '../core/packed';
import { Bytes } from './bytes';
import { pageFacts, pageWords } from './record-words';

/** What a record leaves out or names by its own numbers. */
export interface RecordView {
  /** VMAs of the recorder itself: their pages are not listed. */
  readonly harness: readonly (readonly [start: number, end: number])[];
  /** Number of a file in the record. */
  readonly slotOf: (file: number) => number;
  /** Pages of program code: VmExe is at most this. */
  readonly code_pages: number;
}

/** Writes runs as [start, pages, value]: a run that goes on with the same value is one run. */
class Runs {
  #out = new Bytes();
  #comma = false;
  #start = 0;
  #end = -1;
  #words = '';
  #number = 0;

  /** Begins anew, at the end of `out`. */
  begin(out: Bytes): void {
    this.#out = out;
    this.#comma = false;
    this.#end = -1;
  }

  /** The value is words and a number: of pages the flags and how often they are mapped, or '' and the count alone. */
  add(start: number, nr_pages: number, words: string, number: number): void {
    if (start !== this.#end || number !== this.#number || words !== this.#words) {
      this.close();
      this.#start = start;
      this.#words = words;
      this.#number = number;
    }
    this.#end = start + nr_pages * 4096;
  }

  close(): void {
    if (this.#end < 0) return;
    const out = this.#out;
    out.text(this.#comma ? ',["' : '["');
    this.#comma = true;
    out.hex(this.#start >>> 0, Math.floor(this.#start / 2 ** 32));
    out.text('",');
    out.number((this.#end - this.#start) / 4096);
    if (this.#words === '') {
      out.text(',');
      out.number(this.#number);
    } else {
      out.text(',"');
      out.text(this.#words);
      if (this.#number !== 1) {
        out.text(' map=');
        out.number(this.#number);
      }
      out.text('"');
    }
    out.text(']');
  }
}

/** Writes the fields about pages. */
export class PageText {
  /** Starts and ends. */
  readonly #harness: Float64Array;
  readonly #pages = new Runs();
  readonly #counts = new Runs();
  readonly #countText = new Bytes();

  constructor({ harness }: RecordView) {
    this.#harness = Float64Array.from(harness.flat());
  }

  /** Writes those of the extents [from, end). */
  write(words: Uint32Array, from: number, end: number, out: Bytes): void {
    const pages = this.#pages;
    const counts = this.#counts;
    out.text('"pages":[');
    pages.begin(out);
    this.#countText.clear();
    counts.begin(this.#countText);
    let mlocked_pages = 0;
    let unevictable_pages = 0;
    for (let at = from; at < end; at += EXTENT_WORDS) {
      const start = long(words, at + EXTENT_START);
      if (this.#isHarness(start)) continue;
      const nr_pages = long(words, at + EXTENT_PAGES);
      const facts = pageFacts(long(words, at + EXTENT_KPF));
      const kind_words = pageWords(words[at + EXTENT_KIND]!);
      if (kind_words === '') pages.add(start, nr_pages, facts.words, words[at + EXTENT_MAPCOUNT]!);
      else pages.add(start, nr_pages, kind_words, 1);
      if (facts.mlocked) mlocked_pages += nr_pages;
      if (!facts.unevictable) continue;
      unevictable_pages += nr_pages;
      if (facts.lru) counts.add(start, nr_pages, '', words[at + EXTENT_MLOCK_COUNT]!);
    }
    pages.close();
    counts.close();
    out.text('],"mlocked_pages":');
    out.number(mlocked_pages);
    out.text(',"unevictable_pages":');
    out.number(unevictable_pages);
    out.text(',"mlock_count":[');
    out.copy(this.#countText.bytes, 0, this.#countText.size);
    out.text(']');
  }

  #isHarness(addr: number): boolean {
    const ranges = this.#harness;
    for (let i = 0; i < ranges.length; i += 2) if (addr >= ranges[i]! && addr < ranges[i + 1]!) return true;
    return false;
  }
}
