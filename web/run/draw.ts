// The drawing: one character a page, `|` at VMA borders, `.` unmapped. Upper case resident, lower case not:
//   R r plain    L l locked    O o lock-on-fault    N n no access
//   Z zero page  S swapped     G guard
// A run of more than LONGEST pages is one letter and its length: r×4096.
import * as layout from '../../assembly/abi/layout';
import { VM_EXEC, VM_LOCKED, VM_LOCKONFAULT, VM_READ, VM_WRITE } from '../../assembly/abi/mman';
import type { Extent, Process, State, Vma } from '../core/state';
import { namesAt, PAGE, pagesIn } from './address';
import { isHeap } from './labels';
import type { Named } from './model';

/** Pages that are drawn one by one; a longer run is compressed. */
export const LONGEST = 40;
/** Areas of the scenario that are at most so many pages apart are drawn as one, the gap in dots. */
const NEAR = 64n * PAGE;
/** Characters of a drawing in the log. */
const MAX_DRAWING = 2000;

/** The letter of a page of `vma`: of an extent's pages, or of an absent one. */
export function letterOf(vma: Vma, extent: Extent | null): string {
  if (extent?.kind === layout.PAGE_ZERO) return 'Z';
  if (extent?.kind === layout.PAGE_SWAP) return 'S';
  if (extent?.kind === layout.PAGE_GUARD) return 'G';
  const letter = lockLetter(vma.vm_flags);
  return extent ? letter.toUpperCase() : letter;
}

function lockLetter(flags: bigint): string {
  if ((flags & BigInt(VM_READ | VM_WRITE | VM_EXEC)) === 0n) return 'n';
  if ((flags & BigInt(VM_LOCKED)) === 0n) return 'r';
  return flags & BigInt(VM_LOCKONFAULT) ? 'o' : 'l';
}

/** Finds the first of sorted ranges that ends above `address`. */
export function firstAbove<T>(ranges: readonly T[], end: (range: T) => bigint, address: bigint): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (end(ranges[middle]!) > address) high = middle;
    else low = middle + 1;
  }
  return low;
}

const endOf = (extent: Extent): bigint => extent.start + BigInt(extent.nr_pages) * PAGE;
const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** Letters with their lengths; equal neighbours join, so that a compressed run has one number. */
class Pen {
  readonly #done: string[] = [];
  /** Characters that stand already. */
  size = 0;
  #letter = '';
  #length = 0;

  /** Draws pages of one letter. */
  run(letter: string, nr_pages: number): void {
    if (letter !== this.#letter) this.#flush();
    this.#letter = letter;
    this.#length += nr_pages;
  }

  border(): void {
    this.#flush();
    if (this.#done.at(-1) !== '|') this.#done.push('|');
  }

  #flush(): void {
    const long = this.#length > LONGEST;
    const text = long ? `${this.#letter}×${this.#length}` : this.#letter.repeat(this.#length);
    if (text !== '') this.#done.push(text);
    this.size += text.length;
    this.#letter = '';
    this.#length = 0;
  }

  text(): string {
    this.#flush();
    return this.#done.join('');
  }
}

/**
 * Draws the pages of [from, to): "|LL|R|..|". A border is drawn where a VMA begins or ends inside or at the edge. Ends
 * after the VMA that brings more than `most` characters.
 */
export function draw(process: Process, from: bigint, to: bigint, most = Infinity): string {
  const pen = new Pen();
  let at = from;
  let e = firstAbove(process.extents, endOf, from);
  for (let v = firstAbove(process.vmas, (vma) => vma.vm_end, from); v < process.vmas.length; v++) {
    const vma = process.vmas[v]!;
    if (vma.vm_start >= to) break;
    if (pen.size > most) return pen.text();
    if (vma.vm_start > at) pen.run('.', pagesIn(at, vma.vm_start));
    if (vma.vm_start >= from) pen.border();
    at = max(at, vma.vm_start);
    const end = min(vma.vm_end, to);
    for (; at < end; e++) {
      const extent = process.extents[e];
      if (!extent || extent.start >= end) break;
      if (extent.start > at) pen.run(letterOf(vma, null), pagesIn(at, extent.start));
      const stop = min(endOf(extent), end);
      pen.run(letterOf(vma, extent), pagesIn(max(at, extent.start), stop));
      at = stop;
      if (stop < endOf(extent)) break;
    }
    if (at < end) pen.run(letterOf(vma, null), pagesIn(at, end));
    at = end;
    if (vma.vm_end <= to) pen.border();
  }
  if (at < to) pen.run('.', pagesIn(at, to));
  return pen.text();
}

/** NAME_* of what the scenario did not make itself. */
export const FOREIGN: readonly number[] = [
  layout.NAME_TEXT,
  layout.NAME_RODATA,
  layout.NAME_RELRO,
  layout.NAME_DATA,
  layout.NAME_STACK,
  layout.NAME_VVAR,
  layout.NAME_VVAR_VCLOCK,
  layout.NAME_VDSO,
  layout.NAME_LIBC,
  layout.NAME_LD,
];

/** True for a VMA that the scenario did not make itself: program, stack, heap, vdso. */
export function isForeign(process: Process, vma: Vma): boolean {
  return FOREIGN.includes(vma.name) || isHeap(process, vma);
}

/** The areas that the scenario works in: its named mappings, with the gaps between near ones and what touches them. */
export function areasOf(process: Process, names: readonly Named[], step: number): (readonly [bigint, bigint])[] {
  const named = namesAt(names, step).filter(({ start, end }) => start < end);
  const areas: [bigint, bigint][] = [];
  const add = (start: bigint, end: bigint): void => {
    const last = areas.at(-1);
    if (last && start <= last[1] + NEAR) last[1] = max(last[1], end);
    else areas.push([start, end]);
  };
  named.sort((a, b) => (a.start < b.start ? -1 : 1)).forEach(({ start, end }) => add(start, end));
  return areas.map(([start, end]) => touching(process, start, end));
}

function touching(process: Process, start: bigint, end: bigint): readonly [bigint, bigint] {
  const { vmas } = process;
  let i = firstAbove(vmas, (vma) => vma.vm_end, end - PAGE);
  for (; i < vmas.length && vmas[i]!.vm_start <= end && !isForeign(process, vmas[i]!); i++)
    end = max(end, vmas[i]!.vm_end);
  i = firstAbove(vmas, (vma) => vma.vm_end, start - 1n);
  for (; i >= 0 && i < vmas.length; i--) {
    const vma = vmas[i]!;
    if (vma.vm_start > start) continue;
    if (vma.vm_end < start || isForeign(process, vma)) break;
    start = min(start, vma.vm_start);
  }
  return [start, end];
}

/** Draws what the scenario works on, of process `pid` (the first one without it). Distant areas are parted by " … ". */
export function drawingOf(state: State, names: readonly Named[], step: number, pid?: number): string {
  const process = state.processes.find((p) => pid === undefined || p.pid === pid);
  if (!process || process.life !== 'running') return '';
  const text = areasOf(process, names, step)
    .map(([start, end]) => draw(process, start, end, MAX_DRAWING))
    .join(' … ');
  return text.length > MAX_DRAWING ? `${text.slice(0, MAX_DRAWING)}…` : text;
}
