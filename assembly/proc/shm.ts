// SysV shared memory, as far as locking goes: shmget, shmat, shmdt, shmctl(SHM_LOCK, SHM_UNLOCK, IPC_RMID).
//
// SHM_LOCK:
//   id unknown                               EINVAL
//   limit 0, no CAP_IPC_LOCK                 EPERM
//   over the user's own account              ENOMEM   counted apart from locked_vm
//   locked already                           0        not counted again
//   else                                     0        nothing is faulted in, no VM_LOCKED, no PG_mlocked
//
// Linux: ipc/shm.c, mm/mlock.c:user_shm_lock()
import { EEXIST, EINVAL, ENOENT, ENOMEM, EPERM } from '../abi/errno';
import {
  LOCK_MMAP_READ,
  LOCK_MMAP_WRITE,
  WHY_ALIGNED,
  WHY_FLAGS,
  WHY_LEN,
  WHY_MAY_LOCK,
  WHY_NOREPLACE,
  WHY_NO_WRAP,
  WHY_SHM_ID,
  WHY_SHM_LIMIT,
} from '../abi/event';
import { NAME_SYSV } from '../abi/layout';
import { MAP_FIXED, MAP_SHARED, PROT_EXEC, PROT_READ, PROT_WRITE, VM_LOCKED } from '../abi/mman';
import { RLIMIT_MEMLOCK } from '../abi/rlimit';
import { fail, lock_released, lock_taken, pass } from '../event';
import { Mm } from '../mm/mm';
import { mmap_write_lock_killable, round_up } from '../mm/mlock';
import { do_mmap } from '../mm/mmap';
import { do_munmap } from '../mm/munmap';
import { mm_populate } from '../mm/populate';
import { File, FileObject, mark_never_evictable, open_again, open_object, put_file } from '../page/object';

const IPC_CREAT: u32 = 0x200;
const IPC_EXCL: u32 = 0x400;
const IPC_RMID: u32 = 0;
const IPC_INFO: u32 = 3;
const SHM_LOCK: u32 = 11;
const SHM_UNLOCK: u32 = 12;
const SHM_STAT: u32 = 13;
const SHM_STAT_ANY: u32 = 15;
const SHM_RDONLY: u32 = 0x1000;
const SHM_RND: u32 = 0x2000;
const SHM_REMAP: u32 = 0x4000;
const SHM_EXEC: u32 = 0x8000;

@unmanaged
class Segment {
  id: i32 = 0;
  key: u64 = 0;
  /** Bytes, as asked for. */
  size: u64 = 0;
  locked: bool = false;
  /** After IPC_RMID only what is attached holds the object. */
  removed: bool = false;
  object: FileObject = new FileObject();
  /** Held until IPC_RMID. */
  file: File | null = null;

  pages(): u64 {
    return round_up(this.size) >> 12;
  }
  next: Segment | null = null;
}

@unmanaged
class Segments {
  head: Segment | null = null;
  last_id: i32 = -1;
  /** Pages that SHM_LOCK has counted for the user. */
  locked_shm: u64 = 0;
}

const segments: Segments = new Segments();

/** The segment with this id, or null; forgets those that IPC_RMID and the last shmdt have ended. */
function find(id: i32): Segment | null {
  bury();
  let segment = segments.head;
  while (segment && segment.id != id) segment = segment.next;
  return segment;
}

// Linux: ipc/shm.c:shm_destroy(): only then SHM_LOCK's account is given back
function bury(): void {
  let before: Segment | null = null;
  let segment = segments.head;
  while (segment) {
    const next = segment.next;
    if (segment.removed && segment.object.refs == 0) {
      if (segment.locked) segments.locked_shm -= segment.pages();
      if (before) before.next = next;
      else segments.head = next;
    } else before = segment;
    segment = next;
  }
}

/** shmget(key, size, flags): key 0 is IPC_PRIVATE. */
export function shmget(key: u64, size: u64, flags: u32): i64 {
  if (key) {
    let known = segments.head;
    while (known && (known.key != key || known.removed)) known = known.next;
    if (known && (flags & (IPC_CREAT | IPC_EXCL)) == (IPC_CREAT | IPC_EXCL)) return fail(EEXIST, WHY_SHM_ID, key);
    if (known) return size > known.size ? fail(EINVAL, WHY_LEN, size) : <i64>known.id;
    if (!(flags & IPC_CREAT)) return fail(ENOENT, WHY_SHM_ID, key);
  }
  if (size == 0 || round_up(size) == 0) return fail(EINVAL, WHY_LEN, size);
  const segment = new Segment();
  segment.id = ++segments.last_id;
  segment.key = key;
  segment.size = size;
  const file = open_object(NAME_SYSV, round_up(size));
  segment.file = file;
  segment.object = file.object;
  segment.next = segments.head;
  segments.head = segment;
  return segment.id;
}

/** shmat(id, addr, flags): the address or -errno. */
export function shmat(mm: Mm, id: i32, given: u64, flags: u32): i64 {
  const segment = find(id);
  if (!segment) return fail(EINVAL, WHY_SHM_ID, id);
  let addr = given;
  if (addr & 4095) {
    if (!(flags & SHM_RND)) return fail(EINVAL, WHY_ALIGNED, addr);
    addr &= ~4095;
  }
  if (!addr && flags & SHM_REMAP) return fail(EINVAL, WHY_FLAGS, flags);
  const len = round_up(segment.size);
  if (addr + len < addr) return fail(EINVAL, WHY_NO_WRAP, addr, len, addr + len);
  const lock = mmap_write_lock_killable(mm);
  if (!lock) return -4;
  if (addr && !(flags & SHM_REMAP)) {
    const vma = mm.find_vma(addr);
    if (vma && vma.vm_start < addr + len) {
      lock_released(LOCK_MMAP_WRITE);
      return fail(EINVAL, WHY_NOREPLACE, addr, vma.vm_start);
    }
  }
  const description = open_again(segment.object);
  description.writable = !(flags & SHM_RDONLY);
  let prot: u32 = flags & SHM_RDONLY ? PROT_READ : PROT_READ | PROT_WRITE;
  if (flags & SHM_EXEC) prot |= PROT_EXEC;
  const result = do_mmap(mm, addr, len, prot, addr ? MAP_SHARED | MAP_FIXED : MAP_SHARED, description, 0, NAME_SYSV);
  put_file(description);
  lock_released(LOCK_MMAP_WRITE);
  if (result >= 0 && mm.def_flags & VM_LOCKED) {
    lock_taken(LOCK_MMAP_READ);
    mm_populate(mm, result, <u64>result + len, true);
    lock_released(LOCK_MMAP_READ);
  }
  return result;
}

/** shmdt(addr): unmaps all pieces of the segment attached there. */
export function shmdt(mm: Mm, addr: u64): i64 {
  if (addr & 4095) return fail(EINVAL, WHY_ALIGNED, addr);
  if (!mmap_write_lock_killable(mm)) return -4;
  const result = detach(mm, addr);
  lock_released(LOCK_MMAP_WRITE);
  return result;
}

function detach(mm: Mm, addr: u64): i64 {
  let vma = mm.find_vma(addr);
  while (vma && !(vma.name == NAME_SYSV && vma.vm_start - (vma.vm_pgoff << 12) == addr)) vma = vma.next;
  if (!vma) return fail(EINVAL, WHY_SHM_ID, addr);
  const file = vma.vm_file;
  const limit = addr + round_up(file!.object.size);
  let at = vma.vm_start;
  while (at < limit) {
    const piece = mm.find_vma(at);
    if (!piece || piece.vm_start >= limit) break;
    at = piece.vm_end;
    if (piece.vm_file === file) do_munmap(mm, piece.vm_start, piece.vm_end - piece.vm_start);
  }
  return 0;
}

/** True for commands of Linux that only report or set what locking does not ask for. */
export function shmctl_unknown(command: u32): bool {
  return (command > IPC_RMID && command <= IPC_INFO) || (command >= SHM_STAT && command <= SHM_STAT_ANY);
}

/** shmctl(id, SHM_LOCK | SHM_UNLOCK | IPC_RMID). */
export function shmctl(mm: Mm, id: i32, command: u32): i64 {
  const segment = find(id);
  if (!segment) return fail(EINVAL, WHY_SHM_ID, id);
  pass(WHY_SHM_ID, id, 0, 0, 0, EINVAL);
  const pages = segment.pages();
  if (command == IPC_RMID) {
    if (!segment.removed) put_file(segment.file!);
    segment.removed = true;
    mm.changed = true;
    return 0;
  }
  if (command == SHM_UNLOCK) {
    if (!segment.locked) return 0;
    segment.locked = false;
    segments.locked_shm -= pages;
    mark_never_evictable(segment.object, false);
    mm.changed = true;
    return 0;
  }
  if (command != SHM_LOCK) return fail(EINVAL, WHY_FLAGS, command);
  const capable = mm.limits.ipc_lock();
  const limit = mm.limits.cur[RLIMIT_MEMLOCK];
  if (limit == 0 && !capable) return fail(EPERM, WHY_MAY_LOCK, limit, 0);
  pass(WHY_MAY_LOCK, limit, capable ? 1 : 0, 0, 0, EPERM);
  if (segment.locked) return 0;
  if (segments.locked_shm + pages > limit >> 12 && !capable)
    return fail(ENOMEM, WHY_SHM_LIMIT, pages, segments.locked_shm, limit >> 12);
  pass(WHY_SHM_LIMIT, pages, segments.locked_shm, limit >> 12, 0, ENOMEM);
  segments.locked_shm += pages;
  segment.locked = true;
  mark_never_evictable(segment.object, true);
  mm.changed = true;
  return 0;
}
