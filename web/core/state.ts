// The state of the simulated machine as values. Addresses are bigint (bytes); counters and lengths are numbers (pages).

/** One VMA, as /proc/PID/smaps would show it. */
export interface Vma {
  /** Stable over splits (the lower part keeps it), merges and moves. */
  readonly id: number;
  readonly vm_start: bigint;
  readonly vm_end: bigint;
  /** VM_* bits, abi/mman.ts. */
  readonly vm_flags: bigint;
  readonly vm_pgoff: bigint;
  /** NAME_* of abi/layout.ts. */
  readonly name: number;
  /** Object id of the file (memfd, shared anon, SysV segment), 0 for none. Same id: same pages. */
  readonly file: number;
  /** Identity of the anon_vma, 0 for none. */
  readonly anon_vma: number;
  /** Pages present (zero page not counted). */
  readonly rss: number;
  /** Sum of 4096 / mapcount over the present pages, in bytes: smaps' Pss before it is shifted to kB. */
  readonly pss: number;
}

/** A run of pages in the same state, inside one VMA. */
export interface Extent {
  readonly start: bigint;
  readonly nr_pages: number;
  /** PAGE_* of abi/layout.ts; pages in no extent are absent. */
  readonly kind: number;
  /** Word of /proc/kpageflags as bit numbers KPF_*; 0n for swap and guard entries. */
  readonly kpf: bigint;
  /** Meaningful on the unevictable list. */
  readonly mlock_count: number;
  readonly mapcount: number;
  /** Identity of the first folio; the following pages have the following keys. Equal keys: the same page. 0n for the zero page. */
  readonly folio: bigint;
  /** The page-table entry is dirty. */
  readonly dirty: boolean;
}

/** Counters of one mm. Pages, but where said. */
export interface Counters {
  readonly locked_vm: number;
  readonly total_vm: number;
  readonly data_vm: number;
  readonly stack_vm: number;
  readonly exec_vm: number;
  readonly map_count: number;
  readonly rss_anon: number;
  readonly rss_file: number;
  readonly rss_shmem: number;
  readonly swap: number;
  /** VM_LOCKED and VM_LOCKONFAULT bits. */
  readonly def_flags: number;
  /** Soft and hard RLIMIT_MEMLOCK in bytes; 2^64-1 is RLIM_INFINITY. */
  readonly rlimit_memlock: readonly [bigint, bigint];
  /** CAPS_* mask of the effective set. */
  readonly caps: number;
  readonly start_brk: bigint;
  readonly brk: bigint;
}

/** One process after a step. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  /** 'running', 'exited' (status: exit code) or 'killed' (status: signal). */
  readonly life: 'running' | 'exited' | 'killed';
  readonly status: number;
  readonly counters: Counters;
  readonly vmas: readonly Vma[];
  readonly extents: readonly Extent[];
}

/** A file, memfd, shared-anonymous object or SysV segment. */
export interface FileObject {
  readonly id: number;
  readonly name: number;
  readonly size: bigint;
  /** Runs [first page, pages] that are in the page cache. */
  readonly cached: readonly (readonly [number, number])[];
}

/** The whole machine after a step. */
export interface State {
  readonly processes: readonly Process[];
  readonly files: readonly FileObject[];
  /** Pages with PG_mlocked and pages on the unevictable list, machine-wide. */
  readonly nr_mlock: number;
  readonly nr_unevictable: number;
  readonly max_map_count: number;
  readonly swap_free: number;
}

/** What one call did, in order. Operands as abi/event.ts lists them for each kind. */
export interface KernelEvent {
  readonly kind: number;
  readonly status: number;
  readonly a: bigint;
  readonly b: bigint;
  readonly c: bigint;
  readonly d: bigint;
  readonly e: bigint;
  readonly f: bigint;
  readonly g: bigint;
}
