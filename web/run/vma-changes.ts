// The VMAs that a step changed, as columns: one call can change 65,530 of them, and columns are posted as they are, while
// as many objects would take a fifth of a second.
import type { VmaChange, VmaChanges } from './model';

/** What can become of a VMA; VmaChanges.what is an index in it. */
const KINDS: readonly VmaChange['what'][] = ['new', 'split', 'merged', 'flags', 'moved', 'resized'];

/** Puts changes, which stand in the order of their addresses, into columns. */
export const packChanges = (list: readonly VmaChange[]): VmaChanges => ({
  length: list.length,
  id: Uint32Array.from(list, ({ id }) => id),
  vm_start: BigInt64Array.from(list, ({ vm_start }) => vm_start),
  vm_end: BigInt64Array.from(list, ({ vm_end }) => vm_end),
  added: BigInt64Array.from(list, ({ added }) => added),
  removed: BigInt64Array.from(list, ({ removed }) => removed),
  what: Uint8Array.from(list, ({ what }) => KINDS.indexOf(what)),
});

/** The change in row `i`. */
export const changeIn = ({ id, vm_start, vm_end, added, removed, what }: VmaChanges, i: number): VmaChange => ({
  id: id[i]!,
  vm_start: vm_start[i]!,
  vm_end: vm_end[i]!,
  added: added[i]!,
  removed: removed[i]!,
  what: KINDS[what[i]!]!,
});

/** Finds the change of the VMA that begins at an address; null if it did not change. */
export function changeAt(changes: VmaChanges, vm_start: bigint): VmaChange | null {
  let low = 0;
  let high = changes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (changes.vm_start[middle]! < vm_start) low = middle + 1;
    else high = middle;
  }
  return changes.vm_start[low] === vm_start ? changeIn(changes, low) : null;
}

/** All changes as values. */
export const changeList = (changes: VmaChanges): VmaChange[] =>
  Array.from({ length: changes.length }, (_, i) => changeIn(changes, i));
