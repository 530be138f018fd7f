// Descriptors of in-memory files: memfd_create, memfd_secret, open, close, ftruncate, fallocate.
import { EBADF, EFBIG, EINVAL, EMFILE, EOPNOTSUPP } from '../abi/errno';
import { EV_FILE, FILE_CLOSED, WHY_FD, WHY_FILE_ACCESS, WHY_FILE_SIZE, WHY_FLAGS } from '../abi/event';
import { NAME_FILE, NAME_MEMFD, NAME_SECRETMEM } from '../abi/layout';
import { emit, fail, pass } from '../event';
import { Mm } from '../mm/mm';
import { punch_hole, truncate } from '../mm/truncate';
import { File, fallocate_cache, open_object, put_file } from '../page/object';
import { FDS, Task } from './task';

const FIRST_FD: i32 = 3;
const ACCESS_MODE: u32 = 3;
const WRITE_ONLY: u32 = 1;
const KEEP_SIZE: u32 = 1;
const PUNCH_HOLE: u32 = 2;
/** File offsets stay below 2^44 pages. */
const MAX_SIZE: u64 = (<u64>1) << 56;

/** The open file behind a descriptor, or null. */
export function file_of(task: Task, fd: i32): File | null {
  return fd >= 0 && fd < FDS ? task.fds[fd] : null;
}

function install(task: Task, file: File): i64 {
  for (let fd = FIRST_FD; fd < FDS; fd++) {
    if (task.fds[fd]) continue;
    task.fds[fd] = file;
    task.mm!.changed = true;
    return fd;
  }
  put_file(file);
  return fail(EMFILE, WHY_FD, FDS);
}

/** memfd_create(): flags MFD_CLOEXEC 1 and MFD_ALLOW_SEALING 2 are without effect here. */
export function memfd_create(task: Task, flags: u32): i64 {
  if (flags & ~3) return fail(EINVAL, WHY_FLAGS, flags, 3);
  pass(WHY_FLAGS, flags, 3, 0, 0, EINVAL);
  return install(task, open_object(NAME_MEMFD, 0));
}

/** memfd_secret(). */
export function memfd_secret(task: Task, flags: u32): i64 {
  if (flags & ~0x80000) return fail(EINVAL, WHY_FLAGS, flags, 0x80000);
  return install(task, open_object(NAME_SECRETMEM, 0));
}

/** open(): an in-memory file of its own; O_RDONLY, O_WRONLY, O_RDWR decide its rights. */
export function open_file(task: Task, flags: u32): i64 {
  const file = open_object(NAME_FILE, 0);
  file.object.shmem = true;
  const mode = flags & ACCESS_MODE;
  file.readable = mode != WRITE_ONLY;
  file.writable = mode != 0;
  return install(task, file);
}

export function close(task: Task, fd: i32): i64 {
  const file = file_of(task, fd);
  if (!file) return fail(EBADF, WHY_FD, fd);
  pass(WHY_FD, fd, 0, 0, 0, EBADF);
  task.fds[fd] = null;
  task.mm!.changed = true;
  emit(EV_FILE, FILE_CLOSED, file.object.id);
  put_file(file);
  return 0;
}

/** ftruncate(fd, size): bytes. */
export function ftruncate(task: Task, mm: Mm, fd: i32, size: u64): i64 {
  if (<i64>size < 0) return fail(EINVAL, WHY_FILE_SIZE, size, 0);
  const file = file_of(task, fd);
  if (!file) return fail(EBADF, WHY_FD, fd);
  pass(WHY_FD, fd, 0, 0, 0, EBADF);
  if (!file.writable) return fail(EINVAL, WHY_FILE_ACCESS, fd);
  const object = file.object;
  if (object.name == NAME_SECRETMEM && object.size) return fail(EINVAL, WHY_FILE_SIZE, size, object.size);
  if (size > MAX_SIZE) return fail(EFBIG, WHY_FILE_SIZE, size, MAX_SIZE);
  pass(WHY_FILE_SIZE, size, object.size, 0, 0, EFBIG);
  if (object.size != size) mm.changed = true;
  truncate(object, size);
  return 0;
}

/** fallocate(fd, mode, offset, len): 0 or KEEP_SIZE allocates pages, 0 grows the file too, PUNCH_HOLE with KEEP_SIZE takes pages out. */
export function fallocate(task: Task, mm: Mm, fd: i32, mode: u32, offset: u64, len: u64): i64 {
  const file = file_of(task, fd);
  if (!file) return fail(EBADF, WHY_FD, fd);
  if (<i64>offset < 0 || <i64>len <= 0) return fail(EINVAL, WHY_FILE_SIZE, offset, len);
  if (mode & ~(KEEP_SIZE | PUNCH_HOLE) || mode == PUNCH_HOLE)
    return fail(EOPNOTSUPP, WHY_FLAGS, mode, KEEP_SIZE | PUNCH_HOLE);
  if (!file.writable) return fail(EBADF, WHY_FILE_ACCESS, fd);
  const object = file.object;
  if (object.name == NAME_SECRETMEM) return fail(EOPNOTSUPP, WHY_FD, fd);
  if (offset + len < offset || offset + len > MAX_SIZE) return fail(EFBIG, WHY_FILE_SIZE, offset + len, MAX_SIZE);
  mm.changed = true;
  if (mode & PUNCH_HOLE) punch_hole(object, offset, offset + len);
  else {
    fallocate_cache(object, offset >> 12, (offset + len + 4095) >> 12);
    if (!(mode & KEEP_SIZE) && offset + len > object.size) truncate(object, offset + len);
  }
  return 0;
}
