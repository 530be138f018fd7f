// Where mmap() puts a mapping that may go anywhere.
//
//   mmap_base
//      |<- highest gap that fits, its top end used; below a stack a gap ends 256 pages early
//
// Linux: mm/mmap.c:generic_get_unmapped_area_topdown(), mm/vma.c:unmapped_area_topdown(),
//        mm/huge_memory.c:thp_get_unmapped_area_vmflags()
import { STACK_GUARD_GAP, TASK_SIZE, VM_GROWSDOWN } from '../abi/mman';
import { Mm } from './mm';
import { Vma } from './vma';

export const MMAP_MIN_ADDR: u64 = 65536;
const PMD_SIZE: u64 = 0x200000;
export const NO_GAP: u64 = 0xffffffffffffffff;

/** Rounds a hint down to a page and up to the lowest address that may be mapped; 0 is no hint. */
// Linux: mm/mmap.c:round_hint_to_min()
export function round_hint(addr: u64): u64 {
  const hint = addr & ~4095;
  return hint != 0 && hint < MMAP_MIN_ADDR ? MMAP_MIN_ADDR : hint;
}

/** Address for len bytes (whole pages), or NO_GAP. `thp`: private anonymous memory aligns multiples of 2 MiB. */
export function get_unmapped_area(mm: Mm, hint: u64, len: u64, thp: bool): u64 {
  if (len > <u64>TASK_SIZE) return NO_GAP;
  if (hint && hint <= <u64>TASK_SIZE - len && is_free(mm, hint, len)) return hint;
  if (thp && !hint && len % PMD_SIZE == 0) {
    const found = search(mm, len + PMD_SIZE);
    if (found != NO_GAP) {
      const aligned = (found + PMD_SIZE - 1) & ~(PMD_SIZE - 1);
      return aligned == found ? found + PMD_SIZE : aligned;
    }
  }
  return search(mm, len);
}

function is_free(mm: Mm, addr: u64, len: u64): bool {
  const vma = mm.find_vma(addr);
  return !vma || addr + len <= gap_end(vma);
}

/** Where the gap below a VMA ends. */
// Linux: include/linux/mm.h:vm_start_gap()
export function gap_end(vma: Vma): u64 {
  if (!(vma.vm_flags & VM_GROWSDOWN)) return vma.vm_start;
  const guard = (<u64>STACK_GUARD_GAP) << 12;
  return vma.vm_start > guard ? vma.vm_start - guard : 0;
}

/** Top down below mmap_base, then bottom up from a third of the address space. */
function search(mm: Mm, len: u64): u64 {
  const found = topdown(mm, len);
  return found != NO_GAP ? found : bottomup(mm, len, (<u64>TASK_SIZE / 3) & ~4095);
}

// gap_hint remembers that every gap between it and mmap_base is at most gap_largest bytes: mappings that stack
// downwards are found without walking over those above.
function topdown(mm: Mm, len: u64): u64 {
  let top = mm.mmap_base;
  let largest: u64 = 0;
  if (mm.gap_hint && len > mm.gap_largest) {
    top = mm.gap_hint;
    largest = mm.gap_largest;
  }
  let vma: Vma | null = mm.vma_before(top);
  if (vma && vma.vm_end > top) {
    top = gap_end(vma);
    vma = vma.prev;
  } else {
    const above = vma ? vma.next : mm.head;
    if (above) top = min(top, gap_end(above));
  }
  while (true) {
    const bottom = vma ? vma.vm_end : MMAP_MIN_ADDR;
    if (top > bottom) {
      const gap = top - bottom;
      if (gap >= len) {
        mm.gap_hint = top;
        mm.gap_largest = largest;
        return top - len;
      }
      largest = max(largest, gap);
    }
    if (!vma) return NO_GAP;
    top = gap_end(vma);
    vma = vma.prev;
  }
}

/** Called when [start, end) becomes free: what topdown() remembers may be wrong above the hint. */
export function gap_freed(mm: Mm, end: u64): void {
  if (end > mm.gap_hint) mm.gap_hint = 0;
}

function bottomup(mm: Mm, len: u64, from: u64): u64 {
  let at = from;
  let vma = mm.find_vma(at);
  while (true) {
    const end = vma ? gap_end(vma) : <u64>TASK_SIZE;
    if (end > at && end - at >= len) return at;
    if (!vma) return NO_GAP;
    at = max(at, vma.vm_end);
    vma = vma.next;
  }
}
