// Sums over the pages of a VMA. Linux: fs/proc/task_mmu.c:smaps_account(), __show_smap()
import { KPF_ANON, KPF_DIRTY, KPF_SWAPBACKED } from '../../../assembly/abi/kpf';
import { PAGE_ANON, PAGE_FILE, PAGE_SWAP } from '../../../assembly/abi/layout';
import { VM_LOCKED } from '../../../assembly/abi/mman';
import type { Extent, Process, Vma } from '../../core/state';
import { has } from '../flags';

/** Sums of one VMA or of a process; all in bytes, shares not yet rounded. */
export interface Sums {
  readonly rss: number;
  readonly pss: number;
  readonly pss_dirty: number;
  readonly pss_anon: number;
  readonly pss_file: number;
  readonly pss_shmem: number;
  readonly shared_clean: number;
  readonly shared_dirty: number;
  readonly private_clean: number;
  readonly private_dirty: number;
  readonly anonymous: number;
  readonly lazyfree: number;
  readonly swap: number;
  readonly swap_pss: number;
  readonly locked: number;
}

export const NOTHING: Sums = {
  rss: 0,
  pss: 0,
  pss_dirty: 0,
  pss_anon: 0,
  pss_file: 0,
  pss_shmem: 0,
  shared_clean: 0,
  shared_dirty: 0,
  private_clean: 0,
  private_dirty: 0,
  anonymous: 0,
  lazyfree: 0,
  swap: 0,
  swap_pss: 0,
  locked: 0,
};

/** Adds two sums. */
export function add(a: Sums, b: Sums): Sums {
  const keys = Object.keys(NOTHING) as (keyof Sums)[];
  return Object.fromEntries(keys.map((key) => [key, a[key] + b[key]])) as unknown as Sums;
}

/** Adds up a number over items. */
export const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0);

/** A number of kB as /proc prints it: right aligned in 8 columns. */
export const kb = (value: number): string => `${Math.floor(value)}`.padStart(8);

/** Sums for each VMA of a process, in order. */
export function sumsOf({ vmas, extents }: Process): Sums[] {
  let e = 0;
  return vmas.map((vma) => {
    let total = NOTHING;
    while (e < extents.length && extents[e]!.start < vma.vm_start) e++;
    for (; e < extents.length && extents[e]!.start < vma.vm_end; e++) total = add(total, account(vma, extents[e]!));
    return total;
  });
}

function account(vma: Vma, { kind, kpf, nr_pages, mapcount, dirty }: Extent): Sums {
  const bytes = nr_pages * 4096;
  // Each page's share is rounded down to 1/4096 of a byte: Linux shifts by PSS_SHIFT before it divides.
  const share = (nr_pages * Math.floor((4096 * 4096) / Math.max(1, mapcount))) / 4096;
  if (kind === PAGE_SWAP) return { ...NOTHING, swap: bytes, swap_pss: share };
  if (kind !== PAGE_ANON && kind !== PAGE_FILE) return NOTHING;
  const bit = (n: number): boolean => ((kpf >> BigInt(n)) & 1n) === 1n;
  const isDirty = dirty || bit(KPF_DIRTY);
  const anon = bit(KPF_ANON);
  const shared = mapcount >= 2;
  return {
    ...NOTHING,
    rss: bytes,
    pss: share,
    pss_dirty: isDirty ? share : 0,
    pss_anon: anon ? share : 0,
    pss_shmem: !anon && bit(KPF_SWAPBACKED) ? share : 0,
    pss_file: !anon && !bit(KPF_SWAPBACKED) ? share : 0,
    shared_clean: shared && !isDirty ? bytes : 0,
    shared_dirty: shared && isDirty ? bytes : 0,
    private_clean: !shared && !isDirty ? bytes : 0,
    private_dirty: !shared && isDirty ? bytes : 0,
    anonymous: anon ? bytes : 0,
    lazyfree: anon && !bit(KPF_SWAPBACKED) && !isDirty ? bytes : 0,
    locked: has(vma.vm_flags, VM_LOCKED) ? share : 0,
  };
}

const row = (name: string, bytes: number): string => `${`${name}:`.padEnd(16)}${kb(bytes / 1024)} kB\n`;

function body(sums: Sums, rollup: boolean): string {
  return [
    row('Rss', sums.rss),
    row('Pss', sums.pss),
    row('Pss_Dirty', sums.pss_dirty),
    ...(rollup
      ? [row('Pss_Anon', sums.pss_anon), row('Pss_File', sums.pss_file), row('Pss_Shmem', sums.pss_shmem)]
      : []),
    row('Shared_Clean', sums.shared_clean),
    row('Shared_Dirty', sums.shared_dirty),
    row('Private_Clean', sums.private_clean),
    row('Private_Dirty', sums.private_dirty),
    row('Referenced', sums.rss), // Differs: a page that nobody touched since it came in counts too
    row('Anonymous', sums.anonymous),
    row('KSM', 0),
    row('LazyFree', sums.lazyfree),
    row('AnonHugePages', 0),
    row('ShmemPmdMapped', 0),
    row('FilePmdMapped', 0),
    row('Shared_Hugetlb', 0),
    `Private_Hugetlb: ${'0'.padStart(7)} kB\n`,
    row('Swap', sums.swap),
    row('SwapPss', sums.swap_pss),
    row('Locked', sums.locked),
  ].join('');
}

/** The lines between the maps line and VmFlags. */
export function smapsLines({ vm_start, vm_end }: Pick<Vma, 'vm_start' | 'vm_end'>, sums: Sums, pkey: number): string {
  const size = row('Size', Number(vm_end - vm_start)) + row('KernelPageSize', 4096) + row('MMUPageSize', 4096);
  return `${size}${body(sums, false)}THPeligible:    ${kb(0)}\nProtectionKey:  ${kb(pkey)}\n`;
}

/** The lines of smaps_rollup. */
export const rollupLines = (sums: Sums): string => body(sums, true);
