// Writes records straight from the packed state. A record is 2 to 3 kB and little of it changes from call to call, so
// the text of what is as it was one call before is kept.
import { NAME_ANON } from '../../assembly/abi/layout';
import { VM_LOCKED, VM_LOCKONFAULT } from '../../assembly/abi/mman';
import type { Kernel } from '../core/kernel';
import * as packed from '../core/packed';
import type { FileObject } from '../core/state';
import { type Bytes, TextList } from './bytes';
import type { FileRecord, VmaRecord } from './record';
import { pageFields, type RecordView } from './record-pages';
import { Seen } from './seen';
import { backingOf, hex, lettersOf, permsWord, pgoffWord } from './record-words';

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
  readonly #counters = new Seen();
  readonly #vmas = new Seen();
  readonly #extents = new Seen();
  #start_brk = 0;
  #brk = 0;
  #sizes = '';
  #limits = '';
  #texts = new TextList();
  #pages = '';

  constructor(view: RecordView) {
    this.#view = view;
  }

  /** Writes the fields of the process that was packed last. */
  write(words: Uint32Array, out: Bytes): void {
    const { vmas, extents, end } = packed.packedLists(words);
    if (!this.#counters.again(words, packed.COUNTERS, packed.COUNTERS_END)) this.#writeCounters(words);
    this.#writeVmas(words, vmas, extents);
    if (!this.#extents.again(words, extents, end)) this.#pages = pageFields(words, extents, end, this.#view);
    out.text(this.#sizes);
    out.copy(this.#texts.bytes, this.#texts.size);
    out.text(VSYSCALL);
    out.text(this.#pages);
    out.text(this.#limits);
  }

  #writeCounters(words: Uint32Array): void {
    const kB = (at: number): number => 4 * long(words, at);
    const [anon, file, shmem] = [kB(packed.RSS_ANON), kB(packed.RSS_FILE), kB(packed.RSS_SHMEM)];
    const exec = Math.min(kB(packed.EXEC_VM), 4 * this.#view.code_pages);
    this.#sizes =
      `"VmSize":${kB(packed.TOTAL_VM)},"VmLck":${kB(packed.LOCKED_VM)},"VmPin":0,"VmRSS":${anon + file + shmem},` +
      `"RssAnon":${anon},"RssFile":${file},"RssShmem":${shmem},"VmData":${kB(packed.DATA_VM)},` +
      `"VmStk":${kB(packed.STACK_VM)},"VmExe":${exec},"VmSwap":${kB(packed.SWAP)},"vmas":[`;
    const def_flags = words[packed.DEF_FLAGS]!;
    const names = [def_flags & VM_LOCKED ? 'VM_LOCKED' : '', def_flags & VM_LOCKONFAULT ? 'VM_LOCKONFAULT' : ''];
    this.#limits =
      `,"def_flags":"${names.join(' ').trim()}","mm_locked_vm":${long(words, packed.LOCKED_VM)},` +
      `"mm_total_vm":${long(words, packed.TOTAL_VM)},"map_count":${long(words, packed.MAP_COUNT)}`;
    const [start_brk, brk] = [long(words, packed.START_BRK), long(words, packed.BRK)];
    if (start_brk !== this.#start_brk || brk !== this.#brk) this.#forgetVmas(start_brk, brk);
  }

  /** What is [heap] depends on these. */
  #forgetVmas(start_brk: number, brk: number): void {
    this.#start_brk = start_brk;
    this.#brk = brk;
    this.#vmas.length = 0;
    this.#texts = new TextList();
  }

  /** A call changes VMAs that stand side by side: those in front and those behind keep their texts. */
  #writeVmas(words: Uint32Array, from: number, end: number): void {
    const seen = this.#vmas;
    const [front, back] = seen.around(words, from, end, packed.VMA_WORDS, packed.VMA_USED);
    if (front === end - from && front === seen.length) return;
    const made: string[] = [];
    for (let at = from + front; at < end - back; at += packed.VMA_WORDS) made.push(this.#vmaText(words, at));
    this.#texts.replace(front / packed.VMA_WORDS, back / packed.VMA_WORDS, made);
    seen.take(words, from, end);
  }

  #vmaText(words: Uint32Array, at: number): string {
    const [start, vm_end] = [long(words, at + packed.VMA_START), long(words, at + packed.VMA_END)];
    const [flags, name] = [long(words, at + packed.VMA_FLAGS), words[at + packed.VMA_NAME]!];
    const isHeap = name === NAME_ANON && start < this.#brk && vm_end > this.#start_brk;
    const backing = isHeap ? '[heap]' : backingOf(name, this.#view.slotOf(words[at + packed.VMA_FILE]!));
    const Locked = flags & VM_LOCKED ? Math.floor(long(words, at + packed.VMA_PSS) / 1024) : 0;
    return (
      `{"start":"${hex(start)}","end":"${hex(vm_end)}","perms":"${permsWord(flags)}",` +
      `"pgoff":"${pgoffWord(name, long(words, at + packed.VMA_PGOFF))}","backing":"${backing}",` +
      `"flags":"${lettersOf(flags)}","Rss":${4 * long(words, at + packed.VMA_RSS)},"Locked":${Locked}},`
    );
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
  write(processes: readonly Shown[], files: string, out: Bytes): void {
    this.#process(processes[0]!, out);
    if (files !== '') out.text(`,"files":${files}`);
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

  #process(shown: Shown, out: Bytes): void {
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
