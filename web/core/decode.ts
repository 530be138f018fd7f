import { EVENT_SIZE, PEEK_BASE, PEEK_EXTENT, PEEK_HEADER, PEEK_VMA } from '../../assembly/abi/layout';
import { packedList } from './packed-list';
import type { Counters, FileObject, KernelEvent, Process, State } from './state';

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

/** The whole state (layout: assembly/peek.ts). VMAs and extents stay packed until they are looked at. */
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
  const base = PEEK_BASE + PEEK_HEADER;
  const [vmas, extents] = [base + word(4) * PEEK_VMA, base + word(4) * PEEK_VMA + word(5) * PEEK_EXTENT];
  const bytes = view.buffer as ArrayBuffer;
  return {
    ...head,
    counters: decodeCounters(view),
    vmas: packedList('vmas', bytes.slice(base, vmas)),
    extents: packedList('extents', bytes.slice(vmas, extents)),
  };
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
