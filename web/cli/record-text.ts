// Writes records straight from the packed state. A record is 2 to 3 kB and little of it changes from call to call, so
// the text of what is as it was one call before is kept.
import { NAME_ANON } from '../../assembly/abi/layout';
import { VM_LOCKED, VM_LOCKONFAULT } from '../../assembly/abi/mman';
import type { Kernel } from '../core/kernel';
import * as packed from '../core/packed';
import type { FileObject } from '../core/state';
import { Bytes, type Sink, TextList } from './bytes';
import type { FileRecord, VmaRecord } from './record';
import { PageText, type RecordView } from './record-pages';
import { Seen } from './seen';
import { backingOf, hasOffset, lettersOf, permsWord } from './record-words';

const { long } = packed;

// maps always ends with this line, though no VMA stands behind it.
const VSYSCALL = `${JSON.stringify({
  start: '0xffffffffff600000',
  end: '0xffffffffff601000',
  perms: '--xp',
  pgoff: '0x0',
  backing: '[vsyscall]',
  flags: 'ex',
  Rss: 0,
  Locked: 0,
} satisfies VmaRecord)}],`;

/** Writes the record of one process, call after call. */
class ProcessText {
  readonly #view: RecordView;
  /** What was packed last: counters, `#nr_vmas` VMAs and the extents. */
  readonly #seen = new Seen();
  #nr_vmas = 0;
  #start_brk = 0;
  #brk = 0;
  readonly #sizes = new Bytes();
  readonly #made = new Bytes();
  #texts = new TextList();
  readonly #pages = new Bytes();
  readonly #pageText: PageText;
  readonly #limits = new Bytes();

  constructor(view: RecordView) {
    this.#view = view;
    this.#pageText = new PageText(view);
  }

  /** Writes the fields of the process that was packed last. */
  write(words: Uint32Array, out: Sink): void {
    const { vmas, extents, end } = packed.packedLists(words);
    // After two calls of five nothing at all has changed.
    if (!this.#seen.is(words, packed.COUNTERS, end)) {
      this.#learn(words, vmas, extents, end);
      this.#seen.take(words, packed.COUNTERS, end);
      this.#nr_vmas = (extents - vmas) / packed.VMA_WORDS;
    }
    out.copy(this.#sizes.bytes, 0, this.#sizes.size);
    out.copy(this.#texts.bytes, 0, this.#texts.size);
    out.copy(this.#pages.bytes, 0, this.#pages.size);
    out.copy(this.#limits.bytes, 0, this.#limits.size);
  }

  #learn(words: Uint32Array, vmas: number, extents: number, end: number): void {
    const seen = this.#seen;
    const nr_counters = packed.COUNTERS_END - packed.COUNTERS;
    const fresh = seen.length === 0;
    if (fresh || !seen.same(words, packed.COUNTERS, 0, nr_counters)) this.#writeCounters(words);
    this.#writeVmas(words, vmas, extents);
    const seen_extents = vmas - packed.COUNTERS + this.#nr_vmas * packed.VMA_WORDS;
    const length = end - extents;
    if (!fresh && length === seen.length - seen_extents && seen.same(words, extents, seen_extents, length)) return;
    this.#pages.clear();
    this.#pages.text(VSYSCALL);
    this.#pageText.write(words, extents, end, this.#pages);
  }

  #writeCounters(words: Uint32Array): void {
    const sizes = this.#sizes;
    const limits = this.#limits;
    const kB = (name: string, value: number): void => {
      sizes.text(name);
      sizes.number(value);
    };
    const of = (at: number): number => 4 * long(words, at);
    const anon = of(packed.RSS_ANON);
    const file = of(packed.RSS_FILE);
    const shmem = of(packed.RSS_SHMEM);
    sizes.clear();
    kB('"VmSize":', of(packed.TOTAL_VM));
    kB(',"VmLck":', of(packed.LOCKED_VM));
    kB(',"VmPin":0,"VmRSS":', anon + file + shmem);
    kB(',"RssAnon":', anon);
    kB(',"RssFile":', file);
    kB(',"RssShmem":', shmem);
    kB(',"VmData":', of(packed.DATA_VM));
    kB(',"VmStk":', of(packed.STACK_VM));
    kB(',"VmExe":', Math.min(of(packed.EXEC_VM), 4 * this.#view.code_pages));
    kB(',"VmSwap":', of(packed.SWAP));
    sizes.text(',"vmas":[');
    const def_flags = words[packed.DEF_FLAGS]!;
    limits.clear();
    limits.text(',"def_flags":"');
    if (def_flags & VM_LOCKED) limits.text('VM_LOCKED');
    if (def_flags & VM_LOCKONFAULT) limits.text(def_flags & VM_LOCKED ? ' VM_LOCKONFAULT' : 'VM_LOCKONFAULT');
    limits.text('","mm_locked_vm":');
    limits.number(long(words, packed.LOCKED_VM));
    limits.text(',"mm_total_vm":');
    limits.number(long(words, packed.TOTAL_VM));
    limits.text(',"map_count":');
    limits.number(long(words, packed.MAP_COUNT));
    const start_brk = long(words, packed.START_BRK);
    const brk = long(words, packed.BRK);
    if (start_brk !== this.#start_brk || brk !== this.#brk) this.#forgetVmas(start_brk, brk);
  }

  /** What is [heap] depends on these. */
  #forgetVmas(start_brk: number, brk: number): void {
    this.#start_brk = start_brk;
    this.#brk = brk;
    this.#texts = new TextList();
  }

  /** A call changes VMAs that stand side by side: those in front and those behind keep their texts. */
  #writeVmas(words: Uint32Array, from: number, end: number): void {
    const seen = this.#seen;
    const first = from - packed.COUNTERS;
    const nr_vmas = (end - from) / packed.VMA_WORDS;
    const nr_texts = this.#texts.length;
    const same = (i: number, k: number): boolean =>
      seen.same(words, from + i * packed.VMA_WORDS, first + k * packed.VMA_WORDS, packed.VMA_USED);
    const most = Math.min(nr_vmas, nr_texts);
    let front = 0;
    while (front < most && same(front, front)) front++;
    if (front === nr_vmas && front === nr_texts) return;
    let back = 0;
    while (back < most - front && same(nr_vmas - 1 - back, nr_texts - 1 - back)) back++;
    const made = this.#made;
    const ends: number[] = [];
    made.clear();
    for (let i = front; i < nr_vmas - back; i++) {
      this.#writeVma(words, from + i * packed.VMA_WORDS, made);
      ends.push(made.size);
    }
    this.#texts.replace(front, back, made, ends);
  }

  #writeVma(words: Uint32Array, at: number, out: Bytes): void {
    const flags = long(words, at + packed.VMA_FLAGS);
    const name = words[at + packed.VMA_NAME]!;
    out.text('{"start":"');
    out.hex(words[at + packed.VMA_START]!, words[at + packed.VMA_START + 1]!);
    out.text('","end":"');
    out.hex(words[at + packed.VMA_END]!, words[at + packed.VMA_END + 1]!);
    out.text('","perms":"');
    out.text(permsWord(flags));
    out.text('","pgoff":"');
    const pgoff = hasOffset(name) ? 4096 * long(words, at + packed.VMA_PGOFF) : 0;
    out.hex(pgoff >>> 0, Math.floor(pgoff / 2 ** 32));
    out.text('","backing":"');
    out.text(this.#isHeap(words, at) ? '[heap]' : backingOf(name, this.#view.slotOf(words[at + packed.VMA_FILE]!)));
    out.text('","flags":"');
    out.text(lettersOf(flags));
    out.text('","Rss":');
    out.number(4 * long(words, at + packed.VMA_RSS));
    out.text(',"Locked":');
    out.number(flags & VM_LOCKED ? Math.floor(long(words, at + packed.VMA_PSS) / 1024) : 0);
    out.text('},');
  }

  #isHeap(words: Uint32Array, at: number): boolean {
    if (words[at + packed.VMA_NAME] !== NAME_ANON) return false;
    return long(words, at + packed.VMA_START) < this.#brk && long(words, at + packed.VMA_END) > this.#start_brk;
  }
}

/** What stands for a process: the state of this pid, that it has ended, or nothing. */
export type Shown = number | 'dead' | 'left out';

/** Writes the states of a machine's processes and files. */
export class RecordText {
  readonly #kernel: Kernel;
  readonly #view: RecordView;
  readonly #processes = new Map<number, ProcessText>();

  constructor(kernel: Kernel, view: RecordView) {
    this.#kernel = kernel;
    this.#view = view;
  }

  /** Writes the fields of all processes and files as they stand between the braces of an object. */
  write(processes: readonly Shown[], files: string, out: Sink): void {
    this.#process(processes[0]!, out);
    if (files !== '') {
      out.text(',"files":');
      out.text(files);
    }
    let open = ',"procs":{';
    for (let i = 1; i < processes.length; i++) {
      const shown = processes[i]!;
      if (shown === 'left out') continue;
      out.text(`${open}"${i}":{`);
      this.#process(shown, out);
      open = '},';
    }
    if (open === '},') out.text('}}');
  }

  #process(shown: Shown, out: Sink): void {
    const words = typeof shown === 'number' ? this.#kernel.pack(shown) : null;
    if (!words) {
      out.text('"dead":true');
      return;
    }
    let text = this.#processes.get(shown as number);
    if (!text) this.#processes.set(shown as number, (text = new ProcessText(this.#view)));
    text.write(words, out);
  }
}

/** Writes the files that are open, each as its slot; '' for none. */
export function filesText(open: readonly (readonly [slot: number, file: FileObject])[]): string {
  const files = open.map(([slot, { size, cached }]): FileRecord => ({ slot, size: Number(size), pages: cached }));
  return files.length === 0 ? '' : JSON.stringify(files);
}
