// remap_file_pages(start, size, prot, pgoff, flags): a new MAP_FIXED mapping over a part of a shared one.
//
//   prot not 0; start or offset wraps; not a shared mapping of one file     EINVAL
//   else as mmap(MAP_FIXED | MAP_POPULATE), with MAP_LOCKED if the VMA is VM_LOCKED
//
// Linux: mm/mmap.c:remap_file_pages()
import { EINTR, EINVAL } from '../abi/errno';
import { LOCK_MMAP_READ, LOCK_MMAP_WRITE, WHY_FLAGS, WHY_MAP_TYPE, WHY_NO_WRAP, WHY_VMA_AT } from '../abi/event';
import { MAP_FIXED, MAP_LOCKED, MAP_NONBLOCK, MAP_POPULATE, MAP_SHARED, VM_LOCKED, VM_SHARED } from '../abi/mman';
import { fail, lock_released, lock_taken } from '../event';
import { get_file, put_file } from '../page/object';
import { mmap_write_lock_killable } from './mlock';
import { Mm } from './mm';
import { do_mmap } from './mmap';
import { mm_populate } from './populate';
import { Vma } from './vma';

/** The system call. */
export function remap_file_pages(mm: Mm, given: u64, bytes: u64, prot: u64, pgoff: u64, flags: u32): i64 {
  if (prot) return fail(EINVAL, WHY_FLAGS, prot, 0);
  const start = given & ~4095;
  const size = bytes & ~4095;
  if (start + size <= start) return fail(EINVAL, WHY_NO_WRAP, start, size, start + size);
  if (pgoff + (size >> 12) < pgoff) return fail(EINVAL, WHY_NO_WRAP, pgoff, size >> 12, pgoff + (size >> 12));
  if (!mmap_write_lock_killable(mm)) return -EINTR;
  const result = remap(mm, start, size, pgoff, flags);
  lock_released(LOCK_MMAP_WRITE);
  if (result < 0) return result;
  lock_taken(LOCK_MMAP_READ);
  if (!(flags & MAP_NONBLOCK) || mm.vma_lookup(start)!.vm_flags & VM_LOCKED) mm_populate(mm, start, start + size, true);
  lock_released(LOCK_MMAP_READ);
  return 0;
}

function remap(mm: Mm, start: u64, size: u64, pgoff: u64, flags: u32): i64 {
  const vma = mm.vma_lookup(start);
  if (!vma || !(vma.vm_flags & VM_SHARED)) return fail(EINVAL, WHY_VMA_AT, start, 0, start + size);
  if (!covered(vma, start + size)) return fail(EINVAL, WHY_MAP_TYPE, flags);
  const file = vma.vm_file!;
  let how: u32 = MAP_SHARED | MAP_FIXED | MAP_POPULATE | (flags & MAP_NONBLOCK);
  if (vma.vm_flags & VM_LOCKED) how |= MAP_LOCKED;
  const name = vma.name;
  get_file(file);
  const result = do_mmap(mm, start, size, <u32>(vma.vm_flags & 7), how, file, pgoff, name);
  put_file(file);
  return result;
}

/** VMAs of the same file and flags touch each other up to `end`. */
function covered(vma: Vma, end: u64): bool {
  let at = vma;
  while (at.vm_end < end) {
    const next = at.next;
    if (!next || next.vm_start != at.vm_end) return false;
    if (next.vm_file !== vma.vm_file || next.vm_flags != vma.vm_flags) return false;
    at = next;
  }
  return true;
}
