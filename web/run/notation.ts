// States from drawings, for tests: parse('|LL|R|..|') is a process whose drawing is that text.
import * as kpf from '../../assembly/abi/kpf';
import * as layout from '../../assembly/abi/layout';
import { VM_LOCKED, VM_LOCKONFAULT } from '../../assembly/abi/mman';
import type { Counters, Extent, Process, State, Vma } from '../core/state';
import { PAGE } from './address';

/** Where drawings begin: the first mmap(NULL) of the static image with 16 pages. */
export const BASE = 0x7ffff7fe7000n;
/** rd wr mr mw me ac: private anonymous memory, readable and writable. */
export const RW = 0x100073n;
const NO_ACCESS = 0x70n;

const bits = (...numbers: number[]): bigint => numbers.reduce((word, bit) => word | (1n << BigInt(bit)), 0n);
const FRESH = bits(kpf.KPF_UPTODATE, kpf.KPF_MMAP, kpf.KPF_ANON, kpf.KPF_SWAPBACKED, kpf.KPF_LRU);
const PINNED = FRESH | bits(kpf.KPF_MLOCKED, kpf.KPF_UNEVICTABLE);

/** Address of a page of the drawing. */
export const at = (page: number): bigint => BASE + BigInt(page) * PAGE;

const counters: Counters = {
  locked_vm: 0,
  total_vm: 0,
  data_vm: 0,
  stack_vm: 0,
  exec_vm: 0,
  map_count: 0,
  rss_anon: 0,
  rss_file: 0,
  rss_shmem: 0,
  swap: 0,
  def_flags: 0,
  rlimit_memlock: [65536n, 0x800000n],
  caps: 0,
  start_brk: 0x4d2000n,
  brk: 0x4d2000n,
};

function flagsOf(letter: string): bigint {
  const lower = letter.toLowerCase();
  if (lower === 'n') return NO_ACCESS;
  if (lower === 'l') return RW | BigInt(VM_LOCKED);
  return lower === 'o' ? RW | BigInt(VM_LOCKED | VM_LOCKONFAULT) : RW;
}

function extentOf(letter: string, start: bigint, nr_pages: number): Extent | null {
  const page = { start, nr_pages, mlock_count: 0, mapcount: 1, folio: start / PAGE, dirty: true };
  if (letter === 'Z')
    return { ...page, kind: layout.PAGE_ZERO, kpf: bits(kpf.KPF_ZERO_PAGE), mapcount: 0, folio: 0n, dirty: false };
  if (letter === 'S') return { ...page, kind: layout.PAGE_SWAP, kpf: 0n, folio: 0n, dirty: false };
  if (letter === 'G') return { ...page, kind: layout.PAGE_GUARD, kpf: 0n, folio: 0n, dirty: false };
  if (letter !== letter.toUpperCase()) return null;
  const locked = letter === 'L' || letter === 'O';
  return { ...page, kind: layout.PAGE_ANON, kpf: locked ? PINNED : FRESH, mlock_count: locked ? 1 : 0 };
}

/**
 * Makes a process from a drawing. A VMA's flags come from its first letter that is not Z, S or G; ids go up from
 * `first_id`. `vma` and `more` change what the drawing cannot say.
 */
export function parse(drawing: string, more: Partial<Counters> = {}, vma: Partial<Vma> = {}, first_id = 1): Process {
  const vmas: Vma[] = [];
  const extents: Extent[] = [];
  let page = 0;
  for (const part of drawing.split('|')) {
    const start = at(page);
    const runs = [...part.matchAll(/([a-zA-Z.])(?:×(\d+)|\1*)/g)].map(([text, letter, n]) => {
      return [letter!, n === undefined ? text.length : Number(n)] as const;
    });
    for (const [letter, nr_pages] of runs) {
      const extent = letter === '.' ? null : extentOf(letter, at(page), nr_pages);
      if (extent) extents.push(extent);
      page += nr_pages;
    }
    const letter = runs.find(([l]) => !'ZSG.'.includes(l))?.[0] ?? 'r';
    if (runs.length === 0 || runs[0]![0] === '.') continue;
    vmas.push({
      id: first_id + vmas.length,
      vm_start: start,
      vm_end: at(page),
      vm_flags: flagsOf(letter),
      vm_pgoff: start / PAGE,
      name: layout.NAME_ANON,
      file: 0,
      anon_vma: 0,
      rss: 0,
      pss: 0,
      ...vma,
    });
  }
  const sizeOf = (list: readonly Vma[]): number =>
    list.reduce((sum, { vm_start, vm_end }) => sum + Number((vm_end - vm_start) / PAGE), 0);
  const count = (kind: number): number =>
    extents.filter((extent) => extent.kind === kind).reduce((sum, { nr_pages }) => sum + nr_pages, 0);
  const own: Counters = {
    ...counters,
    locked_vm: sizeOf(vmas.filter(({ vm_flags }) => vm_flags & BigInt(VM_LOCKED))),
    total_vm: sizeOf(vmas),
    map_count: vmas.length,
    rss_anon: count(layout.PAGE_ANON),
    swap: count(layout.PAGE_SWAP),
    ...more,
  };
  return { pid: 1, parent: 0, life: 'running', status: 0, counters: own, vmas, extents };
}

/** Makes a machine of processes. */
export function machine(...processes: Process[]): State {
  return { processes, files: [], nr_mlock: 0, nr_unevictable: 0, max_map_count: 65530, swap_free: 0 };
}
