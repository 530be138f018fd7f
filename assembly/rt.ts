// The runtime: a heap that only grows, whose end (top) stands in linear memory. So the machine's whole state is
// [0, top), and putting a snapshot back also puts the heap back. Records that are no longer used go to free lists of
// their own kind (vma.ts, extent.ts, folio.ts, tree.ts).
import { HEAP_TOP, STATE_END } from './abi/layout';

export function __alloc(size: usize): usize {
  let top = load<usize>(HEAP_TOP);
  if (top == 0) top = __heap_base;
  // A VMA fills a cache line, so it begins at one.
  const align: usize = size & 63 ? 15 : 63;
  const block = (top + align) & ~align;
  assert(block + size <= <usize>STATE_END, 'syscall() checks for room before each call');
  store<usize>(HEAP_TOP, block + size);
  return block;
}

/** A managed block (StaticArray, string): its size and class stand before it, its bytes are zero. */
export function __new(size: usize, id: u32): usize {
  const block = __alloc(size + 16) + 16;
  store<u32>(block - 8, id);
  store<u32>(block - 4, <u32>size);
  memory.fill(block, 0, size);
  return block;
}

export function __realloc(block: usize, size: usize): usize {
  return unreachable();
}

export function __renew(block: usize, size: usize): usize {
  return unreachable();
}

export function __free(block: usize): void {}

export function __link(parent: usize, child: usize, expectMultiple: bool): void {}

export function __pin(block: usize): usize {
  return block;
}

export function __unpin(block: usize): void {}

export function __collect(): void {}
