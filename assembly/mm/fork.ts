// Copying an address space.
//
//   VMAs         1:1, never re-merged; without VM_LOCKED and VM_LOCKONFAULT; VM_DONTCOPY ones stay behind
//   anon_vma     each VMA that had one gets its own, not singular: it will merge with none but its own parts
//   pages        copied where there is an anon_vma or a guard: anonymous ones become shared; else absent
//   wipeonfork   starts empty, without anon_vma
//   locked_vm, def_flags   0
//
// Linux: kernel/fork.c, mm/mmap.c:dup_mmap(), mm/memory.c:copy_page_range()
import { PAGE_ANON, PAGE_SWAP } from '../abi/layout';
import { VM_DONTCOPY, VM_MAYBE_GUARD, VM_SHARED, VM_WIPEONFORK } from '../abi/mman';
import { maps_folio } from '../page/extent';
import { PG_EXCLUSIVE, folio_flags, folio_map } from '../page/folio';
import { Mm, new_mm, sysctl } from './mm';
import { Vma, copy_vma_fields } from './vma';
import { VM_LOCKED_MASK } from './vm-flags';
import { rss_add } from './zap';

/** A copy of the address space for a child. */
export function dup_mm(parent: Mm): Mm {
  const mm = new_mm();
  mm.limits.copy(parent.limits);
  mm.start_brk = parent.start_brk;
  mm.brk = parent.brk;
  mm.mmap_base = parent.mmap_base;
  let vma = parent.head;
  while (vma) {
    if (!(vma.vm_flags & VM_DONTCOPY)) dup_vma(mm, parent, vma);
    vma = vma.next;
  }
  return mm;
}

function dup_vma(mm: Mm, parent: Mm, vma: Vma): void {
  const copy = mm.new_vma();
  copy_vma_fields(copy, vma);
  copy.vm_flags &= ~VM_LOCKED_MASK;
  const wiped = (vma.vm_flags & VM_WIPEONFORK) != 0;
  if (wiped) {
    copy.anon_vma = 0;
    copy.anon_singular = true;
  } else if (copy.anon_vma) {
    copy.anon_vma = sysctl.next_anon_vma++;
    copy.anon_singular = false;
  }
  mm.link(copy);
  mm.account(copy.vm_flags, copy.pages());
  if (!wiped && (vma.anon_vma || vma.vm_flags & VM_MAYBE_GUARD)) copy_page_range(mm, parent, vma);
}

function copy_page_range(mm: Mm, parent: Mm, vma: Vma): void {
  const first = vma.vm_start >> 12;
  const last = vma.vm_end >> 12;
  let extent = parent.page_table.isolate(first, last);
  while (extent && extent.vpn < last) {
    const kind = extent.kind;
    const end = extent.key + extent.nr;
    const dirty = extent.dirty && !(vma.vm_flags & VM_SHARED);
    if (kind == PAGE_SWAP) {
      mm.swap += extent.nr;
      mm.page_table.set(extent.vpn, extent.nr, kind, extent.key, false);
    } else {
      mm.page_table.set(extent.vpn, extent.nr, kind, extent.key, dirty);
      if (maps_folio(kind)) {
        folio_map(extent.key, end, 1);
        rss_add(mm, kind, extent.key, extent.nr);
      }
      if (kind == PAGE_ANON) folio_flags(extent.key, end, 0, PG_EXCLUSIVE);
    }
    extent = extent.next;
  }
  parent.page_table.rejoin(first, last);
}
