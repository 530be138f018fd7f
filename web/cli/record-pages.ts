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
import { hex, pageFacts, pageWords } from './record-words';

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
  text = '';
  #start = 0;
  #end = -1;
  #value = '';

  add(start: number, nr_pages: number, value: string): void {
    if (start !== this.#end || value !== this.#value) {
      this.close();
      this.#start = start;
      this.#value = value;
    }
    this.#end = start + nr_pages * 4096;
  }

  close(): void {
    if (this.#end < 0) return;
    const comma = this.text === '' ? '' : ',';
    this.text += `${comma}["${hex(this.#start)}",${(this.#end - this.#start) / 4096},${this.#value}]`;
  }
}

/** Writes the fields about the pages of the extents [from, end). */
export function pageFields(words: Uint32Array, from: number, end: number, { harness }: RecordView): string {
  const [pages, counts] = [new Runs(), new Runs()];
  let [mlocked_pages, unevictable_pages] = [0, 0];
  for (let at = from; at < end; at += EXTENT_WORDS) {
    const start = long(words, at + EXTENT_START);
    if (harness.some((range) => start >= range[0] && start < range[1])) continue;
    const nr_pages = long(words, at + EXTENT_PAGES);
    const kpf = long(words, at + EXTENT_KPF);
    const flags = pageWords(words[at + EXTENT_KIND]!, kpf, words[at + EXTENT_MAPCOUNT]!);
    pages.add(start, nr_pages, `"${flags}"`);
    const { lru, mlocked, unevictable } = pageFacts(kpf);
    if (mlocked) mlocked_pages += nr_pages;
    if (!unevictable) continue;
    unevictable_pages += nr_pages;
    if (lru) counts.add(start, nr_pages, String(words[at + EXTENT_MLOCK_COUNT]!));
  }
  pages.close();
  counts.close();
  return (
    `"pages":[${pages.text}],"mlocked_pages":${mlocked_pages},"unevictable_pages":${unevictable_pages},` +
    `"mlock_count":[${counts.text}]`
  );
}
