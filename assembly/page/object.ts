// Files: what a mapping is of. A FileObject is an inode with its page cache (the folios whose key starts with its id);
// a File is an open file description, which is what VMAs compare when they merge.
import { NAME_FILE, NAME_LD, NAME_LIBC, NAME_RELRO, NAME_RODATA, NAME_SECRETMEM, NAME_VDSO } from '../abi/layout';
import { EV_FILE, FILE_CREATED } from '../abi/event';
import { emit } from '../event';
import {
  FolioRun,
  KEY_SHIFT,
  PG_ACTIVE,
  PG_DIRTY,
  PG_FALLOCATED,
  PG_LRU,
  PG_MLOCKED,
  PG_NEVER_EVICTABLE,
  PG_SWAPBACKED,
  PG_UNEVICTABLE,
  folio_add,
  folio_at,
  folio_flags,
  folio_free,
  first_run,
  folios,
  rejoin,
  restate,
} from './folio';
import { drain_local, lru_add } from './lru';

@unmanaged
export class FileObject {
  id: u32 = 0;
  /** NAME_* of abi/layout. */
  name: u32 = 0;
  /** False for regular files, whose pages count in RssFile. */
  shmem: bool = true;
  /** Pages are never on a normal list: SHM_LOCK, memfd_secret. */
  never_evictable: bool = false;
  /** Bytes. */
  size: u64 = 0;
  /** Open descriptions of it, VMAs included in theirs. */
  refs: i32 = 0;
  next: FileObject | null = null;

  /** Key of the page at offset `pgoff`. */
  key(pgoff: u64): u64 {
    return ((<u64>this.id) << KEY_SHIFT) | pgoff;
  }

  /** Pages up to the end of the file. */
  pages(): u64 {
    return (this.size + 4095) >> 12;
  }
}

@unmanaged
export class File {
  object: FileObject = new FileObject();
  readable: bool = true;
  writable: bool = true;
  /** Descriptors and VMAs that hold it. */
  refs: i32 = 0;
  next: File | null = null;

  /** It lies on a mount without execution: secretmem's. */
  noexec(): bool {
    return this.object.name == NAME_SECRETMEM;
  }
}

@unmanaged
class Objects {
  /** All living objects, newest first. */
  head: FileObject | null = null;
  last_id: u32 = 0;
  free: File | null = null;
}

const objects: Objects = new Objects();

/** The newest living object; follow `next`. */
export function first_object(): FileObject | null {
  return objects.head;
}

/** Makes an object with one open description of it, which the caller holds. */
export function open_object(name: u32, size: u64): File {
  const object = new FileObject();
  object.id = ++objects.last_id;
  object.name = name;
  object.size = size;
  object.shmem =
    name != NAME_SECRETMEM &&
    name != NAME_FILE &&
    name != NAME_RODATA &&
    name != NAME_RELRO &&
    name != NAME_LIBC &&
    name != NAME_LD &&
    name != NAME_VDSO;
  object.never_evictable = name == NAME_SECRETMEM;
  object.next = objects.head;
  objects.head = object;
  emit(EV_FILE, FILE_CREATED, object.id, 0, size);
  return open_again(object);
}

/** A further open description of an object. */
export function open_again(object: FileObject): File {
  let file = objects.free;
  if (file) objects.free = file.next;
  else file = new File();
  file.object = object;
  file.readable = true;
  file.writable = true;
  file.refs = 1;
  object.refs++;
  return file;
}

export function get_file(file: File): void {
  file.refs++;
}

/** Lets go of a description; the last one takes the page cache with it. */
export function put_file(file: File): void {
  if (--file.refs > 0) return;
  const object = file.object;
  file.next = objects.free;
  objects.free = file;
  if (--object.refs > 0) return;
  drop_cache(object, 0, (<u64>1) << KEY_SHIFT);
  forget(object);
}

function forget(object: FileObject): void {
  if (objects.head == object) {
    objects.head = object.next;
    return;
  }
  let at = objects.head;
  while (at && at.next != object) at = at.next;
  if (at) at.next = object.next;
}

/** The first cached run of [pgoff, end), or null. Its key may begin below pgoff. */
export function cached_at(object: FileObject, pgoff: u64, end: u64): FolioRun | null {
  const run = folio_at(object.key(pgoff));
  return run && run.key < object.key(0) + end ? run : null;
}

/** Allocates page-cache pages [pgoff, pgoff + nr); none may be cached yet. Their addition to a list is batched. */
// Linux: mm/shmem.c:shmem_get_folio_gfp()
export function allocate_cache(object: FileObject, pgoff: u64, nr: u64): void {
  const key = object.key(pgoff);
  let flags: u32 = object.shmem ? PG_SWAPBACKED : 0;
  if (object.never_evictable) flags |= PG_NEVER_EVICTABLE;
  folio_add(key, nr, flags, 0);
  rejoin(key, key + nr);
}

/** allocate_cache() with the batched addition to a list. */
export function allocate_cache_on_lru(object: FileObject, pgoff: u64, nr: u64): void {
  allocate_cache(object, pgoff, nr);
  lru_add(object.key(pgoff), nr);
}

/** Allocates what is not cached of [pgoff, end); all pages of the range are dirty then. */
// Linux: mm/shmem.c:shmem_fallocate()
export function fallocate_cache(object: FileObject, pgoff: u64, end: u64): void {
  let at = pgoff;
  while (at < end) {
    const run = cached_at(object, at, end);
    const key = object.key(at);
    const cached = run !== null && run.key <= key;
    const next = run ? (cached ? run.key + run.nr : run.key) - object.key(0) : end;
    const nr = min(next, end) - at;
    if (!cached) {
      allocate_cache(object, at, nr);
      folio_flags(key, key + nr, PG_FALLOCATED, 0);
      lru_add(key, nr);
    }
    folio_flags(key, key + nr, PG_DIRTY, 0);
    at += nr;
  }
}

/** Frees cached pages [pgoff, end) that no page table maps any more. Drains when a page went. */
export function drop_cache(object: FileObject, pgoff: u64, end: u64): void {
  const run = cached_at(object, pgoff, end);
  if (!run) return;
  drain_local();
  folio_free(object.key(0) + pgoff, object.key(0) + end, true);
}

/** A page that may be evicted again leaves the unevictable list at once, unless it is PG_mlocked. */
// Linux: mm/vmscan.c:check_move_unevictable_folios()
function rescued(flags: u32): u32 {
  const evictable = flags & ~PG_NEVER_EVICTABLE;
  if (flags & PG_MLOCKED || !(flags & PG_UNEVICTABLE)) return evictable;
  return evictable & ~(PG_UNEVICTABLE | PG_ACTIVE);
}

/** Sets or clears PG_NEVER_EVICTABLE on all cached pages: SHM_LOCK and SHM_UNLOCK. */
export function mark_never_evictable(object: FileObject, on: bool): void {
  object.never_evictable = on;
  const key = object.key(0);
  const end = key + ((<u64>1) << KEY_SHIFT);
  let run = first_run(key, end);
  while (run) {
    const flags = on ? run.flags | PG_NEVER_EVICTABLE : rescued(run.flags);
    if (run.flags & PG_LRU && (run.flags ^ flags) & PG_UNEVICTABLE) folios.nr_unevictable -= run.nr;
    run = restate(run, key, end, flags, run.mlock_count, run.mapcount);
  }
}
