// The anon_vma of a VMA, as far as it decides about merges: an identity, and whether it came through fork.
import { VM_MAYBE_GUARD } from '../abi/mman';
import { Mm, sysctl } from './mm';
import { Vma } from './vma';
import { VM_ACCESS } from './vm-flags';

/** Gives the VMA an anon_vma if it has none: the one of a neighbour that could be merged but for its access rights, or a new one. */
// Linux: mm/rmap.c:__anon_vma_prepare(), mm/vma.c:find_mergeable_anon_vma()
export function anon_vma_prepare(mm: Mm, vma: Vma): void {
  if (vma.anon_vma != 0) return;
  const next = vma.next;
  const prev = vma.prev;
  if (next && shareable(vma, next, next)) vma.anon_vma = next.anon_vma;
  else if (prev && shareable(prev, vma, prev)) vma.anon_vma = prev.anon_vma;
  else vma.anon_vma = sysctl.next_anon_vma++;
  vma.anon_singular = true;
  mm.changed = true;
}

function shareable(left: Vma, right: Vma, owner: Vma): bool {
  return (
    owner.anon_vma != 0 &&
    owner.anon_singular &&
    left.vm_end == right.vm_start &&
    left.vm_file === right.vm_file &&
    !((left.vm_flags ^ right.vm_flags) & ~(VM_ACCESS | (<u64>VM_MAYBE_GUARD))) &&
    right.vm_pgoff == left.vm_pgoff + left.pages()
  );
}
