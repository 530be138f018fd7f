// The advices that change flags of VMAs. Locks and pages stay as they are.
//
//   NORMAL -sr -rr, RANDOM +rr -sr, SEQUENTIAL +sr -rr      0
//   DONTFORK +dc, DOFORK -dc                                0
//   DONTDUMP +dd, DODUMP -dd                                0; DODUMP of special or droppable EINVAL
//   WIPEONFORK +wf                                          0; shared or file EINVAL
//   KEEPONFORK -wf                                          0; droppable EINVAL
//   MERGEABLE +mg, UNMERGEABLE -mg                          0; no effect on shared, special, droppable
//   HUGEPAGE +hg -nh, NOHUGEPAGE +nh -hg                    0
//
// Linux: mm/madvise.c:madvise_vma_behavior(), mm/ksm.c:ksm_madvise()
import { EAGAIN, EINVAL } from '../abi/errno';
import { EV_VMA_FLAGS, WHY_ADVICE_VMA } from '../abi/event';
import {
  MADV_DODUMP,
  MADV_DOFORK,
  MADV_DONTDUMP,
  MADV_DONTFORK,
  MADV_HUGEPAGE,
  MADV_KEEPONFORK,
  MADV_MERGEABLE,
  MADV_NOHUGEPAGE,
  MADV_NORMAL,
  MADV_RANDOM,
  MADV_SEQUENTIAL,
  MADV_UNMERGEABLE,
  MADV_WIPEONFORK,
  VM_DONTCOPY,
  VM_DONTDUMP,
  VM_DROPPABLE,
  VM_HUGEPAGE,
  VM_HUGETLB,
  VM_IO,
  VM_MAYBE_GUARD,
  VM_MAYSHARE,
  VM_MERGEABLE,
  VM_NOHUGEPAGE,
  VM_RAND_READ,
  VM_SEQ_READ,
  VM_SHARED,
  VM_WIPEONFORK,
} from '../abi/mman';
import { emit, fail, pass } from '../event';
import { modify_vma } from './merge';
import { Mm } from './mm';
import { Vma } from './vma';
import { VM_SPECIAL } from './vm-flags';

/** Applies a flag advice to the piece [start, end) of one VMA. */
export function advise_flags(mm: Mm, vma: Vma, start: u64, end: u64, advice: i32): i64 {
  const old = vma.vm_flags;
  if (refused(vma, advice)) return fail(EINVAL, WHY_ADVICE_VMA, old, advice, vma.vm_start);
  pass(WHY_ADVICE_VMA, old, advice, vma.vm_start, 0, EINVAL);
  const vm_flags = advised(old, advice);
  if (vm_flags == old) return 0;
  const piece = modify_vma(mm, vma, start, end, vm_flags);
  if (!piece) return -EAGAIN;
  piece.vm_flags = vm_flags | (piece.vm_flags & VM_MAYBE_GUARD);
  mm.changed = true;
  emit(EV_VMA_FLAGS, 0, piece.id, start, end, old, vm_flags);
  return 0;
}

function refused(vma: Vma, advice: i32): bool {
  const vm_flags = vma.vm_flags;
  switch (advice) {
    case MADV_DOFORK:
      return (vm_flags & VM_IO) != 0;
    case MADV_DODUMP:
      return (vm_flags & (VM_SPECIAL | VM_DROPPABLE)) != 0;
    case MADV_WIPEONFORK:
      return vma.vm_file !== null || (vm_flags & VM_SHARED) != 0;
    case MADV_KEEPONFORK:
      return (vm_flags & VM_DROPPABLE) != 0;
    default:
      return false;
  }
}

function advised(old: u64, advice: i32): u64 {
  switch (advice) {
    case MADV_NORMAL:
      return old & ~(<u64>(VM_RAND_READ | VM_SEQ_READ));
    case MADV_RANDOM:
      return (old & ~(<u64>VM_SEQ_READ)) | VM_RAND_READ;
    case MADV_SEQUENTIAL:
      return (old & ~(<u64>VM_RAND_READ)) | VM_SEQ_READ;
    case MADV_DONTFORK:
      return old | VM_DONTCOPY;
    case MADV_DOFORK:
      return old & ~(<u64>VM_DONTCOPY);
    case MADV_DONTDUMP:
      return old | VM_DONTDUMP;
    case MADV_DODUMP:
      return old & ~(<u64>VM_DONTDUMP);
    case MADV_WIPEONFORK:
      return old | VM_WIPEONFORK;
    case MADV_KEEPONFORK:
      return old & ~(<u64>VM_WIPEONFORK);
    case MADV_MERGEABLE:
      return old & (VM_SPECIAL | VM_SHARED | VM_MAYSHARE | VM_HUGETLB | VM_DROPPABLE) ? old : old | VM_MERGEABLE;
    case MADV_UNMERGEABLE:
      return old & ~(<u64>VM_MERGEABLE);
    case MADV_HUGEPAGE:
      return (old & ~(<u64>VM_NOHUGEPAGE)) | VM_HUGEPAGE;
    case MADV_NOHUGEPAGE:
      return (old & ~(<u64>VM_HUGEPAGE)) | VM_NOHUGEPAGE;
    default:
      return old;
  }
}
