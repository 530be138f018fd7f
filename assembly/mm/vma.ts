// One mapping of an address space, and the ordered set of them.
import { FolioRun } from '../page/folio';
import { File, get_file, put_file } from '../page/object';

@unmanaged
export class Vma {
  /** Stays with the lower part at a split, with the VMA that survives at a merge. */
  id: u32 = 0;
  /** NAME_* of abi/layout. */
  name: u16 = 0;
  /** False for an anon_vma inherited through fork: such a VMA merges with none. */
  anon_singular: bool = true;
  vm_start: u64 = 0;
  vm_end: u64 = 0;
  vm_flags: u64 = 0;
  vm_pgoff: u64 = 0;
  vm_file: File | null = null;
  /** Identity of the anon_vma, 0 for none. */
  anon_vma: u32 = 0;
  /** A run of folios that may be where its pages are: a hint that folio_near() checks. */
  run: FolioRun | null = null;
  prev: Vma | null = null;
  next: Vma | null = null;
  /** Its node in the tree. */
  node: usize = 0;

  /** Place in Mm.vmas: the number of the first page. */
  tree_key(): u64 {
    return this.vm_start >> 12;
  }

  pages(): u64 {
    return (this.vm_end - this.vm_start) >> 12;
  }

  /** No file and not shared: its pages are anonymous from the start. */
  is_anonymous(): bool {
    return this.vm_file === null;
  }

  /** Page offset of an address. */
  pgoff(addr: u64): u64 {
    return this.vm_pgoff + ((addr - this.vm_start) >> 12);
  }
}

@unmanaged
class VmaPool {
  free: Vma | null = null;
}

const pool: VmaPool = new VmaPool();

/** A VMA that is in no list yet. */
export function new_vma(): Vma {
  const vma = pool.free;
  if (!vma) return new Vma();
  pool.free = vma.next;
  vma.next = null;
  vma.prev = null;
  return vma;
}

/** Gives a VMA that is in no list back, with its hold on the file. */
export function free_vma(vma: Vma): void {
  const file = vma.vm_file;
  vma.vm_file = null;
  vma.next = pool.free;
  pool.free = vma;
  if (file) put_file(file);
}

/** Copies everything but the id and the place in the list. */
export function copy_vma_fields(to: Vma, from: Vma): void {
  to.name = from.name;
  to.vm_start = from.vm_start;
  to.vm_end = from.vm_end;
  to.vm_flags = from.vm_flags;
  to.vm_pgoff = from.vm_pgoff;
  to.vm_file = from.vm_file;
  to.anon_vma = from.anon_vma;
  to.anon_singular = from.anon_singular;
  to.run = from.run;
  const file = to.vm_file;
  if (file) get_file(file);
}
