import { EVENT_SIZE, PEEK_BASE, PEEK_EXTENT, PEEK_HEADER, PEEK_VMA } from '../../assembly/abi/layout';
import type { Counters, Extent, FileObject, KernelEvent, Process, State, Vma } from './state';

/** Where the number of files and the files begin in what peek_all() packed. */
export const PACKED_FILES = 32;

const FIRST = 0xffffffff;
const LIVES = ['running', 'exited', 'killed'] as const;

/** What decode needs of the machine: packs the process `pid` (or the machine) at PEEK_BASE. */
export interface Peeker {
  readonly view: DataView;
  peek(pid: number): number;
  peek_all(): number;
}

/** The packed events of one call as values. */
export function decodeEvents(view: DataView, base: number, count: number): KernelEvent[] {
  const events: KernelEvent[] = [];
  for (let i = 0; i < count; i++) {
    const at = base + i * EVENT_SIZE;
    events.push({
      kind: view.getUint32(at, true),
      status: view.getUint32(at + 4, true),
      a: view.getBigUint64(at + 8, true),
      b: view.getBigUint64(at + 16, true),
      c: view.getBigUint64(at + 24, true),
      d: view.getBigUint64(at + 32, true),
      e: view.getBigUint64(at + 40, true),
      f: view.getBigUint64(at + 48, true),
      g: view.getBigUint64(at + 56, true),
    });
  }
  return events;
}

/** The whole state as values (layout: assembly/peek.ts). */
export function decodeState(core: Peeker): State {
  const processes: Process[] = [];
  for (let pid = FIRST, more = true; more;) {
    if (core.peek(pid) === 0) break;
    processes.push(decodeProcess(core.view));
    const next = core.view.getUint32(PEEK_BASE + 24, true);
    more = next !== 0;
    pid = next - 1;
  }
  core.peek_all();
  return { processes, ...decodeMachine(core.view) };
}

function decodeProcess(view: DataView): Process {
  const word = (i: number): number => view.getUint32(PEEK_BASE + 4 * i, true);
  const life = LIVES[word(2)] ?? 'running';
  const head = { pid: word(0), parent: word(1), life, status: word(3) };
  if (life !== 'running') return { ...head, counters: decodeCounters(view), vmas: [], extents: [] };
  const vmas: Vma[] = [];
  let at = PEEK_BASE + PEEK_HEADER;
  for (let i = 0; i < word(4); i++, at += PEEK_VMA) vmas.push(decodeVma(view, at));
  const extents: Extent[] = [];
  for (let i = 0; i < word(5); i++, at += PEEK_EXTENT) extents.push(decodeExtent(view, at));
  return { ...head, counters: decodeCounters(view), vmas, extents };
}

function decodeCounters(view: DataView): Counters {
  const long = (i: number): bigint => view.getBigUint64(PEEK_BASE + 32 + 8 * i, true);
  const pages = (i: number): number => Number(long(i));
  return {
    locked_vm: pages(0),
    total_vm: pages(1),
    data_vm: pages(2),
    stack_vm: pages(3),
    exec_vm: pages(4),
    map_count: pages(5),
    rss_anon: pages(6),
    rss_file: pages(7),
    rss_shmem: pages(8),
    swap: pages(9),
    def_flags: pages(10),
    rlimit_memlock: [long(11), long(12)],
    caps: pages(13),
    start_brk: long(14),
    brk: long(15),
  };
}

function decodeVma(view: DataView, at: number): Vma {
  return {
    id: view.getUint32(at + 48, true),
    vm_start: view.getBigUint64(at, true),
    vm_end: view.getBigUint64(at + 8, true),
    vm_flags: view.getBigUint64(at + 16, true),
    vm_pgoff: view.getBigUint64(at + 24, true),
    name: view.getUint32(at + 52, true),
    file: view.getUint32(at + 56, true),
    anon_vma: view.getUint32(at + 60, true),
    rss: Number(view.getBigUint64(at + 40, true)),
    pss: Number(view.getBigUint64(at + 32, true)),
  };
}

function decodeExtent(view: DataView, at: number): Extent {
  return {
    start: view.getBigUint64(at, true),
    nr_pages: Number(view.getBigUint64(at + 8, true)),
    kind: view.getUint32(at + 32, true),
    kpf: view.getBigUint64(at + 16, true),
    mlock_count: view.getUint32(at + 40, true),
    mapcount: view.getUint32(at + 36, true),
    folio: view.getBigUint64(at + 24, true),
    dirty: view.getUint32(at + 44, true) !== 0,
  };
}

/** What peek_all() packed. */
export function decodeMachine(view: DataView): Omit<State, 'processes'> {
  const long = (at: number): number => Number(view.getBigUint64(at, true));
  const files: FileObject[] = [];
  let at = PEEK_BASE + PACKED_FILES + 8;
  for (let i = long(PEEK_BASE + PACKED_FILES); i > 0; i--) {
    const runs = long(at + 8);
    const head = {
      id: view.getUint32(at, true),
      name: view.getUint32(at + 4, true),
      size: view.getBigUint64(at + 16, true),
    };
    at += 24;
    const cached: [number, number][] = [];
    for (let k = 0; k < runs; k++, at += 16) cached.push([long(at), long(at + 8)]);
    files.push({ ...head, cached });
  }
  return {
    files,
    nr_mlock: long(PEEK_BASE),
    nr_unevictable: long(PEEK_BASE + 8),
    max_map_count: long(PEEK_BASE + 16),
    swap_free: long(PEEK_BASE + 24),
  };
}
