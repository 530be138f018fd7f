// The address space of a process before and after a call, cut wherever anything differs.
import { KPF_ACTIVE, KPF_LRU, KPF_MLOCKED, KPF_UNEVICTABLE } from '../../../assembly/abi/kpf';
import {
  NAME_SECRETMEM,
  NAME_VDSO,
  NAME_VVAR,
  NAME_VVAR_VCLOCK,
  PAGE_GUARD,
  PAGE_SWAP,
  PAGE_ZERO,
} from '../../../assembly/abi/layout';
import * as mman from '../../../assembly/abi/mman';
import type { Extent, FileObject, Process, Vma } from '../../core/state';

/** What is at a page. */
export interface Page {
  /** A folio or the zero page is mapped. */
  readonly resident: boolean;
  readonly zero: boolean;
  readonly guard: boolean;
  readonly swapped: boolean;
  readonly mlocked: boolean;
  readonly unevictable: boolean;
  readonly active: boolean;
  /** On a list of the LRU. */
  readonly listed: boolean;
  readonly mlock_count: number;
  readonly mapcount: number;
  readonly folio: bigint;
}

/** A run of pages that are alike, before and after. */
export interface Piece {
  readonly start: bigint;
  readonly end: bigint;
  readonly nr_pages: number;
  readonly was: Vma | null;
  readonly is: Vma | null;
  readonly pageWas: Page;
  readonly pageIs: Page;
  /** It lies behind the end of its file. */
  readonly beyondFile: boolean;
}

const PAGE = 4096n;
const ABSENT: Page = {
  resident: false,
  zero: false,
  guard: false,
  swapped: false,
  mlocked: false,
  unevictable: false,
  active: false,
  listed: false,
  mlock_count: 0,
  mapcount: 0,
  folio: 0n,
};
const NEVER = BigInt(mman.VM_IO) | BigInt(mman.VM_PFNMAP) | BigInt(mman.VM_MIXEDMAP) | BigInt(mman.VM_DONTEXPAND);
const UNLOCKABLE = NEVER | BigInt(mman.VM_HUGETLB) | BigInt(mman.VM_DROPPABLE);
const ACCESS = BigInt(mman.VM_READ | mman.VM_WRITE | mman.VM_EXEC);
const has = (vma: Vma | null, bit: number): boolean => vma !== null && (vma.vm_flags & BigInt(bit)) !== 0n;

/** VM_LOCKED. */
export const isLocked = (vma: Vma | null): boolean => has(vma, mman.VM_LOCKED);
/** VM_LOCKONFAULT. */
export const isOnFault = (vma: Vma | null): boolean => has(vma, mman.VM_LOCKONFAULT);
/** VM_WRITE. */
export const isWritable = (vma: Vma | null): boolean => has(vma, mman.VM_WRITE);
/** VM_SHARED. */
export const isShared = (vma: Vma | null): boolean => has(vma, mman.VM_SHARED);
/** Memory of memfd_secret(). */
export const isSecret = (vma: Vma | null): boolean => vma?.name === NAME_SECRETMEM;
/** Lock calls may change its flags. */
export const isLockable = (vma: Vma | null): boolean =>
  vma !== null && (vma.vm_flags & UNLOCKABLE) === 0n && !isSecret(vma);

/** Why populate cannot bring pages of a piece in, or ''. */
export function denial({ is, pageIs, beyondFile }: Piece): string {
  if (is === null) return 'not mapped';
  if (isSecret(is)) return 'secret memory';
  if ((is.vm_flags & ACCESS) === 0n) return 'PROT_NONE';
  if (has(is, mman.VM_PKEY_EXECUTE_ONLY)) return 'memory that may only be executed';
  if (pageIs.guard) return 'a guard page';
  return beyondFile ? 'a page beyond the end of the file' : '';
}

/** Whether populate passes over the VMA: VM_IO, VM_PFNMAP, lock on fault. */
export const isPassedOver = (vma: Vma | null): boolean =>
  has(vma, mman.VM_IO) || has(vma, mman.VM_PFNMAP) || isOnFault(vma);

/** What makes a piece unlike others, for naming an exception; 'memory' where nothing does. */
export function sortOf(piece: Piece): string {
  const vma = piece.was ?? piece.is;
  if (vma === null) return 'a hole';
  if (isSecret(vma)) return 'secret memory';
  if (vma.name === NAME_VVAR || vma.name === NAME_VVAR_VCLOCK) return '[vvar]';
  if (vma.name === NAME_VDSO) return '[vdso]';
  if (has(vma, mman.VM_HUGETLB)) return 'hugetlb memory';
  if (has(vma, mman.VM_DROPPABLE)) return 'droppable memory';
  const denied = denial(piece);
  if (denied !== '' && denied !== 'not mapped') return denied;
  if (piece.pageIs.zero) return 'the zero page';
  if (piece.pageWas.mlocked && !isLocked(piece.was)) return 'a page left PG_mlocked in a VMA without VM_LOCKED';
  if (piece.pageWas.mlock_count > 1) return 'a page that another VMA locks';
  if (piece.pageWas.unevictable && !piece.pageIs.mlocked && piece.pageIs.unevictable)
    return 'a file that is locked as a whole';
  if (isOnFault(vma)) return 'memory locked on fault';
  if (!piece.pageWas.resident) return isLocked(vma) ? 'locked memory without a page' : 'absent pages';
  if (piece.pageWas.mapcount > 1) return 'a page that several VMAs map';
  return 'memory';
}

/** Cuts the address space at every border of a VMA, of a run of pages, of a file, and at `cuts`. In order. */
export function piecesOf(
  before: Process,
  after: Process,
  files: readonly FileObject[],
  cuts: readonly bigint[],
): Piece[] {
  const borders = new Set<bigint>(cuts);
  for (const { vmas, extents } of [before, after]) {
    for (const vma of vmas) {
      borders.add(vma.vm_start).add(vma.vm_end);
      const eof = endOfFile(vma, files);
      if (eof !== null && eof > vma.vm_start && eof < vma.vm_end) borders.add(eof);
    }
    for (const { start, nr_pages } of extents) borders.add(start).add(start + BigInt(nr_pages) * PAGE);
  }
  const at = [...borders].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const vmaWas = walker(
    before.vmas,
    ({ vm_start }) => vm_start,
    ({ vm_end }) => vm_end,
  );
  const vmaIs = walker(
    after.vmas,
    ({ vm_start }) => vm_start,
    ({ vm_end }) => vm_end,
  );
  const startOf = ({ start }: Extent): bigint => start;
  const endOf = ({ start, nr_pages }: Extent): bigint => start + BigInt(nr_pages) * PAGE;
  const pageWas = walker(before.extents, startOf, endOf);
  const pageIs = walker(after.extents, startOf, endOf);
  const pieces: Piece[] = [];
  for (let i = 0; i + 1 < at.length; i++) {
    const start = at[i]!;
    const end = at[i + 1]!;
    const was = vmaWas(start);
    const is = vmaIs(start);
    if (was === null && is === null) continue;
    const eof = endOfFile((was ?? is)!, files);
    pieces.push({
      start,
      end,
      nr_pages: Number((end - start) / PAGE),
      was,
      is,
      pageWas: pageOf(pageWas(start), start),
      pageIs: pageOf(pageIs(start), start),
      beyondFile: eof !== null && start >= eof,
    });
  }
  return pieces;
}

/** Gives the item that covers an address; the addresses asked for must rise. */
function walker<T>(
  items: readonly T[],
  startOf: (item: T) => bigint,
  endOf: (item: T) => bigint,
): (address: bigint) => T | null {
  let i = 0;
  return (address) => {
    while (i < items.length && endOf(items[i]!) <= address) i++;
    const item = items[i];
    return item !== undefined && startOf(item) <= address ? item : null;
  };
}

function endOfFile(vma: Vma, files: readonly FileObject[]): bigint | null {
  if (vma.file === 0 || isSecret(vma)) return null;
  const file = files.find(({ id }) => id === vma.file);
  if (!file) return null;
  return vma.vm_start + ((file.size + PAGE - 1n) / PAGE - vma.vm_pgoff) * PAGE;
}

function pageOf(extent: Extent | null, at: bigint): Page {
  if (extent === null) return ABSENT;
  const bit = (number: number): boolean => ((extent.kpf >> BigInt(number)) & 1n) === 1n;
  const { kind } = extent;
  return {
    resident: kind !== PAGE_SWAP && kind !== PAGE_GUARD,
    zero: kind === PAGE_ZERO,
    guard: kind === PAGE_GUARD,
    swapped: kind === PAGE_SWAP,
    mlocked: bit(KPF_MLOCKED),
    unevictable: bit(KPF_UNEVICTABLE),
    active: bit(KPF_ACTIVE),
    listed: bit(KPF_LRU),
    mlock_count: extent.mlock_count,
    mapcount: extent.mapcount,
    folio: extent.folio === 0n ? 0n : extent.folio + (at - extent.start) / PAGE,
  };
}
