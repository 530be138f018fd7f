// mincore(start, len): which pages are in memory, one byte a page. VM_LOCKED is not reported.
//
//   start unaligned       EINVAL
//   beyond user space     ENOMEM
//   an unmapped part      ENOMEM
//
// Linux: mm/mincore.c
import { EINVAL, ENOMEM, EOUT_OF_MEMORY } from '../abi/errno';
import { EV_RANGE, LOCK_MMAP_READ, WHY_ALIGNED, WHY_SIM_MEMORY, WHY_TASK_SIZE, WHY_VMA_AT } from '../abi/event';
import { PAGE_GUARD, PAGE_SWAP, PEEK_BASE, PEEK_END } from '../abi/layout';
import { TASK_SIZE } from '../abi/mman';
import { emit, fail, lock_released, lock_taken, pass } from '../event';
import { PG_FALLOCATED } from '../page/folio';
import { cached_at } from '../page/object';
import { Mm } from './mm';
import { Vma } from './vma';

/** The system call; the bytes are left at PEEK_BASE. */
export function mincore(mm: Mm, start: u64, len: u64): i64 {
  if (start & 4095) return fail(EINVAL, WHY_ALIGNED, start);
  pass(WHY_ALIGNED, start, 0, 0, 0, EINVAL);
  if (start > <u64>TASK_SIZE || len > <u64>TASK_SIZE - start) return fail(ENOMEM, WHY_TASK_SIZE, start, len);
  pass(WHY_TASK_SIZE, start, len, 0, 0, ENOMEM);
  const pages = (len + 4095) >> 12;
  const end = start + (pages << 12);
  emit(EV_RANGE, 0, start, end, start, len);
  lock_taken(LOCK_MMAP_READ);
  let at = start;
  let result: i64 = 0;
  while (at < end) {
    const vma = mm.vma_lookup(at);
    if (!vma) {
      const next = mm.find_vma(at);
      result = fail(ENOMEM, WHY_VMA_AT, at, next ? next.vm_start : 0, end);
      break;
    }
    const stop = min(end, vma.vm_end);
    if ((stop - start) >> 12 > <u64>(PEEK_END - PEEK_BASE)) {
      result = fail(EOUT_OF_MEMORY, WHY_SIM_MEMORY, pages, PEEK_END - PEEK_BASE);
      break;
    }
    report(mm, vma, at, stop, <usize>PEEK_BASE + <usize>((at - start) >> 12));
    at = stop;
  }
  lock_released(LOCK_MMAP_READ);
  return result;
}

/** Private anonymous: present, zero page included. Files: in the page cache, mapped or not. */
function report(mm: Mm, vma: Vma, start: u64, end: u64, to: usize): void {
  const first = start >> 12;
  const last = end >> 12;
  memory.fill(to, 0, <usize>(last - first));
  const file = vma.vm_file;
  if (file) {
    const object = file.object;
    const from = vma.pgoff(start);
    const until = from + (last - first);
    let run = cached_at(object, from, until);
    while (run && run.key < object.key(0) + until) {
      const low = max(run.key, object.key(from)) - object.key(from);
      const high = min(run.key + run.nr, object.key(0) + until) - object.key(from);
      if (!(run.flags & PG_FALLOCATED)) memory.fill(to + <usize>low, 1, <usize>(high - low));
      run = run.next;
    }
  }
  let extent = mm.page_table.at(first);
  while (extent && extent.vpn < last) {
    const low = max(extent.vpn, first) - first;
    const high = min(extent.end(), last) - first;
    memory.fill(to + <usize>low, extent.kind == PAGE_SWAP || extent.kind == PAGE_GUARD ? 0 : 1, <usize>(high - low));
    extent = extent.next;
  }
}
