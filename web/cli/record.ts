// The record of a state: one JSON object with what /proc shows of a process, kB and hex strings as recorded from a
// real kernel. replay and `scenario --json` write it, compare reads it.
import {
  NAME_ANON,
  NAME_DATA,
  NAME_FILE,
  NAME_LD,
  NAME_LIBC,
  NAME_MEMFD,
  NAME_RELRO,
  NAME_RODATA,
  NAME_SECRETMEM,
  NAME_SHARED_ANON,
  NAME_STACK,
  NAME_SYSV,
  NAME_TEXT,
  NAME_VDSO,
  NAME_VVAR,
  NAME_VVAR_VCLOCK,
  PAGE_GUARD,
  PAGE_SWAP,
  PAGE_ZERO,
} from '../../assembly/abi/layout';
import { KPF_ANON, KPF_LRU, KPF_MLOCKED, KPF_SWAPBACKED, KPF_UNEVICTABLE } from '../../assembly/abi/kpf';
import { VM_LOCKED, VM_LOCKONFAULT } from '../../assembly/abi/mman';
import type { Extent, FileObject, Process, Vma } from '../core/state';
import { permsOf, vmFlagLetters } from '../run/flags';

/** A VMA as smaps shows it; Rss and Locked in kB, pgoff in bytes. */
export interface VmaRecord {
  readonly start: string;
  readonly end: string;
  readonly perms: string;
  readonly pgoff: string;
  readonly backing: string;
  readonly flags: string;
  readonly Rss: number;
  readonly Locked: number;
}

/** The state of one process. */
export interface StateRecord {
  readonly [kB: `Vm${string}` | `Rss${string}`]: number;
  readonly vmas: readonly VmaRecord[];
  readonly pages: readonly (readonly [start: string, pages: number, flags: string])[];
  readonly mlocked_pages: number;
  readonly unevictable_pages: number;
  readonly mlock_count: readonly (readonly [start: string, pages: number, count: number])[];
  readonly def_flags: string;
  readonly mm_locked_vm: number;
  readonly mm_total_vm: number;
  readonly map_count: number;
}

/** An open file: the runs [first page, pages] that the page cache holds. */
export interface FileRecord {
  readonly slot: number;
  readonly size: number;
  readonly pages: readonly (readonly [number, number])[];
}

/** What a record leaves out or names by its own numbers. */
export interface RecordView {
  /** VMAs of the recorder itself: their pages are not listed. */
  readonly harness: readonly (readonly [start: bigint, end: bigint])[];
  /** Number of a file in the record. */
  readonly slotOf: (file: number) => number;
  /** Pages of program code: VmExe is at most this. */
  readonly code_pages: number;
}

const BACKING: Readonly<Record<number, string>> = {
  [NAME_TEXT]: '[text]',
  [NAME_RODATA]: '[rodata]',
  [NAME_RELRO]: '[relro]',
  [NAME_DATA]: '[data]',
  [NAME_STACK]: '[stack]',
  [NAME_VVAR]: '[vvar]',
  [NAME_VVAR_VCLOCK]: '[vvar_vclock]',
  [NAME_VDSO]: '[vdso]',
  [NAME_LIBC]: '[libc]',
  [NAME_LD]: '[ld]',
  [NAME_SHARED_ANON]: 'shared-anon',
  [NAME_SECRETMEM]: 'secretmem',
};
const NUMBERED: Readonly<Record<number, string>> = { [NAME_MEMFD]: 'memfd', [NAME_FILE]: 'file', [NAME_SYSV]: 'sysv' };

// An offset is one into a file; these have none.
const NO_FILE = new Set([NAME_ANON, NAME_STACK, NAME_VVAR, NAME_VVAR_VCLOCK, NAME_VDSO]);

// maps always ends with this line, though no VMA stands behind it.
const VSYSCALL: VmaRecord = {
  start: '0xffffffffff600000',
  end: '0xffffffffff601000',
  perms: '--xp',
  pgoff: '0x0',
  backing: '[vsyscall]',
  flags: 'ex',
  Rss: 0,
  Locked: 0,
};

const hex = (value: bigint): string => `0x${value.toString(16)}`;
const bit = (word: bigint, number: number): boolean => ((word >> BigInt(number)) & 1n) === 1n;

function memo<K, V>(make: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) known.set(key, (value = make(key)));
    return value;
  };
}
const lettersOf = memo((flags: bigint) => vmFlagLetters(flags).join(' '));
const perms = memo(permsOf);
const presentWords = memo((kpf: bigint) => {
  const anon = bit(kpf, KPF_ANON);
  const words = ['present', anon ? 'anon' : 'file'];
  if (bit(kpf, KPF_LRU)) words.push('lru');
  if (bit(kpf, KPF_MLOCKED)) words.push('mlocked');
  if (bit(kpf, KPF_UNEVICTABLE)) words.push('unevictable');
  if (anon && !bit(kpf, KPF_SWAPBACKED)) words.push('lazyfree');
  return words.join(' ');
});

function pageWords({ kind, kpf, mapcount }: Extent): string {
  if (kind === PAGE_SWAP) return 'swap';
  if (kind === PAGE_GUARD) return 'guard';
  if (kind === PAGE_ZERO) return 'present zero';
  const words = presentWords(kpf);
  return mapcount === 1 ? words : `${words} map=${mapcount}`;
}

function backingOf(vma: Vma, { counters }: Process, slotOf: RecordView['slotOf']): string {
  if (vma.name === NAME_ANON) return vma.vm_start < counters.brk && vma.vm_end > counters.start_brk ? '[heap]' : 'anon';
  const numbered = NUMBERED[vma.name];
  return numbered ? `${numbered}:${slotOf(vma.file)}` : (BACKING[vma.name] ?? 'anon');
}

function vmaRecord(vma: Vma, process: Process, slotOf: RecordView['slotOf']): VmaRecord {
  return {
    start: hex(vma.vm_start),
    end: hex(vma.vm_end),
    perms: perms(vma.vm_flags),
    pgoff: NO_FILE.has(vma.name) ? '0x0' : hex(vma.vm_pgoff << 12n),
    backing: backingOf(vma, process, slotOf),
    flags: lettersOf(vma.vm_flags),
    Rss: 4 * vma.rss,
    Locked: vma.vm_flags & BigInt(VM_LOCKED) ? Math.floor(vma.pss / 1024) : 0,
  };
}

/** Adds a run to a list, or to its last run if it goes on there with the same value. */
class Runs<T extends string | number> {
  readonly list: [start: string, pages: number, value: T][] = [];
  #end = -1n;

  add(start: bigint, nr_pages: number, value: T): void {
    const last = this.list.at(-1);
    if (last && start === this.#end && last[2] === value) last[1] += nr_pages;
    else this.list.push([hex(start), nr_pages, value]);
    this.#end = start + BigInt(nr_pages) * 4096n;
  }
}

function pageFields({ extents }: Process, { harness }: RecordView) {
  const pages = new Runs<string>();
  const counts = new Runs<number>();
  let mlocked_pages = 0;
  let unevictable_pages = 0;
  for (const extent of extents) {
    const { start, nr_pages, kpf } = extent;
    if (harness.some(([from, to]) => start >= from && start < to)) continue;
    pages.add(start, nr_pages, pageWords(extent));
    if (bit(kpf, KPF_MLOCKED)) mlocked_pages += nr_pages;
    if (!bit(kpf, KPF_UNEVICTABLE)) continue;
    unevictable_pages += nr_pages;
    if (bit(kpf, KPF_LRU)) counts.add(start, nr_pages, extent.mlock_count);
  }
  return { pages: pages.list, mlocked_pages, unevictable_pages, mlock_count: counts.list };
}

/** Makes the record of one process. */
export function stateRecord(process: Process, view: RecordView): StateRecord {
  const { counters: c, vmas } = process;
  const def_flags: string[] = [];
  if (c.def_flags & VM_LOCKED) def_flags.push('VM_LOCKED');
  if (c.def_flags & VM_LOCKONFAULT) def_flags.push('VM_LOCKONFAULT');
  return {
    VmSize: 4 * c.total_vm,
    VmLck: 4 * c.locked_vm,
    VmPin: 0,
    VmRSS: 4 * (c.rss_anon + c.rss_file + c.rss_shmem),
    RssAnon: 4 * c.rss_anon,
    RssFile: 4 * c.rss_file,
    RssShmem: 4 * c.rss_shmem,
    VmData: 4 * c.data_vm,
    VmStk: 4 * c.stack_vm,
    VmExe: 4 * Math.min(c.exec_vm, view.code_pages),
    VmSwap: 4 * c.swap,
    vmas: [...vmas.map((vma) => vmaRecord(vma, process, view.slotOf)), VSYSCALL],
    ...pageFields(process, view),
    def_flags: def_flags.join(' '),
    mm_locked_vm: c.locked_vm,
    mm_total_vm: c.total_vm,
    map_count: c.map_count,
  };
}

/** Makes the record of a file that is open as `slot`. */
export function fileRecord(slot: number, file: FileObject): FileRecord {
  return { slot, size: Number(file.size), pages: file.cached };
}
