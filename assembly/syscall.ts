// From a frame to a call: decodes registers, refuses what is not modelled, adds up what changed. No semantics.
import { EBADF, EINVAL, ENOT_MODELLED, EOUT_OF_MEMORY, ESRCH } from './abi/errno';
import { EV_NOT_MODELLED, WHY_ALIGNED, WHY_FD, WHY_PROCESS, WHY_SIM_MEMORY } from './abi/event';
import {
  HEAP_TOP,
  OUT_CODE,
  OUT_FAULT,
  OUT_RLIM_CUR,
  OUT_RLIM_MAX,
  OUT_STATUS,
  OUT_TOUCHED,
  STATE_END,
} from './abi/layout';
import { MADV_COLLAPSE, MAP_32BIT, MAP_ANONYMOUS, MAP_HUGETLB } from './abi/mman';
import { NM_32BIT, NM_CALL, NM_COLLAPSE, NM_FILE_OFFSET, NM_HUGETLB, NM_SHMCTL, NM_SYSCTL } from './abi/support';
import {
  P_brk_base,
  P_capset,
  P_die,
  P_load,
  P_memory_pressure,
  P_pending_signal,
  P_rlimit,
  P_start,
  P_store,
  P_sysctl,
  P_touch_read,
  P_touch_write,
  P_vma,
  SYS_brk,
  SYS_close,
  SYS_execve,
  SYS_exit,
  SYS_fallocate,
  SYS_fork,
  SYS_ftruncate,
  SYS_getpid,
  SYS_getrlimit,
  SYS_kill,
  SYS_madvise,
  SYS_memfd_create,
  SYS_memfd_secret,
  SYS_mincore,
  SYS_mlock,
  SYS_mlock2,
  SYS_mlockall,
  SYS_mmap,
  SYS_mprotect,
  SYS_mremap,
  SYS_mseal,
  SYS_msync,
  SYS_munlock,
  SYS_munlockall,
  SYS_munmap,
  SYS_open,
  SYS_prlimit64,
  SYS_remap_file_pages,
  SYS_setrlimit,
  SYS_shmat,
  SYS_shmctl,
  SYS_shmdt,
  SYS_shmget,
  SYS_wait4,
} from './abi/sysno';
import { emit, fail } from './event';
import { arg, frame_nr, frame_pid, set_out } from './frame';
import { madvise } from './mm/madvise';
import { mincore } from './mm/mincore';
import { mlock, mlock2, munlock } from './mm/mlock';
import { mlockall, munlockall } from './mm/mlockall';
import { Mm } from './mm/mm';
import { mmap } from './mm/mmap';
import { mprotect } from './mm/mprotect';
import { mremap } from './mm/mremap';
import { mseal } from './mm/mseal';
import { msync } from './mm/msync';
import { munmap } from './mm/munmap';
import { brk } from './mm/brk';
import { memory_pressure } from './mm/reclaim';
import { remap_file_pages } from './mm/remap-file-pages';
import { touch, touched } from './mm/touch';
import { close, fallocate, file_of, ftruncate, memfd_create, memfd_secret, open_file } from './proc/fd';
import { add_vma } from './proc/image';
import { end_task, execve, fork, kill, start_process, wait4 } from './proc/lifetime';
import { set_sysctl } from './proc/machine';
import { capset, force_rlimit, prlimit, setrlimit } from './proc/rlimit';
import { shmat, shmctl, shmctl_unknown, shmdt, shmget } from './proc/shm';
import { Task, find_task } from './proc/task';
import { room_for_call } from './verify-room';

/** Executes the call in the frame and returns its result: a value or -errno. */
export function dispatch(): i64 {
  const nr = frame_nr();
  if (nr == P_start) {
    start_process(frame_pid(), <u32>arg(0));
    return 0;
  }
  const task = find_task(frame_pid());
  if (!task) return fail(ESRCH, WHY_PROCESS, frame_pid());
  const mm = task.mm;
  if (!mm) return fail(ESRCH, WHY_PROCESS, task.pid);
  const room = room_for_call();
  const left = <usize>STATE_END - load<usize>(HEAP_TOP);
  if (room > left) return fail(EOUT_OF_MEMORY, WHY_SIM_MEMORY, room, left);
  mm.changed = false;
  mm.asked = 0;
  const result = nr < 1000 ? system_call(nr, task, mm) : pseudo_call(nr, task, mm);
  if (nr != P_pending_signal) {
    mm.pending_signal = 0;
    mm.contended = false;
  }
  return result;
}

function refuse(what: u32): i64 {
  emit(EV_NOT_MODELLED, 0, what);
  return -ENOT_MODELLED;
}

function system_call(nr: u32, task: Task, mm: Mm): i64 {
  const a0 = arg(0);
  const a1 = arg(1);
  const a2 = arg(2);
  switch (nr) {
    case SYS_mlock:
      return mlock(mm, a0, a1);
    case SYS_mlock2:
      return mlock2(mm, a0, a1, <i32>a2);
    case SYS_munlock:
      return munlock(mm, a0, a1);
    case SYS_mlockall:
      return mlockall(mm, <i32>a0);
    case SYS_munlockall:
      return munlockall(mm);
    case SYS_mmap:
      return decode_mmap(task, mm);
    case SYS_munmap:
      return munmap(mm, a0, a1);
    case SYS_mprotect:
      return mprotect(mm, a0, a1, <u32>a2);
    case SYS_mremap:
      return mremap(mm, a0, a1, a2, <u32>arg(3), arg(4));
    case SYS_brk:
      return brk(mm, a0);
    case SYS_madvise:
      if (<i32>a2 == MADV_COLLAPSE && a1 >= 0x200000) return refuse(NM_COLLAPSE);
      return madvise(mm, a0, a1, <i32>a2);
    case SYS_msync:
      return msync(mm, a0, a1, <u32>a2);
    case SYS_mincore:
      return mincore(mm, a0, a1);
    case SYS_remap_file_pages:
      return remap_file_pages(mm, a0, a1, a2, arg(3), <u32>arg(4));
    case SYS_mseal:
      return mseal(mm, a0, a1, a2);
    case SYS_getrlimit:
      return answer_rlimit(mm, <u32>a0);
    case SYS_setrlimit:
      return setrlimit(mm, <u32>a0, a1, a2);
    case SYS_prlimit64:
      return decode_prlimit(task);
    case SYS_getpid:
      return task.pid;
    case SYS_fork:
      return fork(task, mm);
    case SYS_execve:
      return execve(task, mm);
    case SYS_exit:
      end_task(task, <u32>a0, 0);
      return 0;
    case SYS_wait4:
      return decode_wait(task, <i32>a0);
    case SYS_kill:
      return kill(<u32>a0, <u32>a1) ? 0 : fail(ESRCH, WHY_PROCESS, a0);
    case SYS_memfd_create:
      return memfd_create(task, <u32>a0);
    case SYS_memfd_secret:
      return memfd_secret(task, <u32>a0);
    case SYS_open:
      return open_file(task, <u32>a0);
    case SYS_close:
      return close(task, <i32>a0);
    case SYS_ftruncate:
      return ftruncate(task, mm, <i32>a0, a1);
    case SYS_fallocate:
      return fallocate(task, mm, <i32>a0, <u32>a1, a2, arg(3));
    case SYS_shmget:
      return shmget(a0, a1, <u32>a2);
    case SYS_shmat:
      return shmat(mm, <i32>a0, a1, <u32>a2);
    case SYS_shmdt:
      return shmdt(mm, a0);
    case SYS_shmctl:
      return shmctl_unknown(<u32>a1) ? refuse(NM_SHMCTL) : shmctl(mm, <i32>a0, <u32>a1);
    default:
      return refuse(NM_CALL);
  }
}

function pseudo_call(nr: u32, task: Task, mm: Mm): i64 {
  const a0 = arg(0);
  const a1 = arg(1);
  switch (nr) {
    case P_vma:
      add_vma(mm, a0, a1, arg(2), arg(3), <u32>arg(4), arg(5));
      return 0;
    case P_touch_read:
    case P_load:
      return access(mm, a0, a1, false);
    case P_touch_write:
    case P_store:
      return access(mm, a0, a1, true);
    case P_capset:
      return capset(mm, <u32>a0);
    case P_rlimit:
      return force_rlimit(mm, <u32>a0, a1, arg(2));
    case P_sysctl:
      return set_sysctl(<u32>a0, a1) ? 0 : refuse(NM_SYSCTL);
    case P_memory_pressure:
      return memory_pressure((a0 + 4095) >> 12);
    case P_pending_signal:
      mm.pending_signal = <u32>a0;
      mm.contended = a1 != 0;
      return 0;
    case P_brk_base:
      mm.start_brk = a0;
      mm.brk = a1;
      if (arg(2)) mm.mmap_base = arg(2);
      return 0;
    case P_die:
      end_task(task, 0, <u32>a0);
      return 0;
    default:
      return refuse(NM_CALL);
  }
}

function decode_mmap(task: Task, mm: Mm): i64 {
  const flags = <u32>arg(3);
  const offset = arg(5);
  if (offset & 4095) return fail(EINVAL, WHY_ALIGNED, offset);
  if (flags & MAP_ANONYMOUS) {
    if (flags & MAP_HUGETLB) return refuse(NM_HUGETLB);
    if (flags & MAP_32BIT) return refuse(NM_32BIT);
    return mmap(mm, arg(0), arg(1), <u32>arg(2), flags, null, offset >> 12);
  }
  const file = file_of(task, <i32>arg(4));
  if (!file) return fail(EBADF, WHY_FD, arg(4));
  if (flags & MAP_HUGETLB) return refuse(NM_HUGETLB);
  if (flags & MAP_32BIT) return refuse(NM_32BIT);
  if (offset >> 52) return refuse(NM_FILE_OFFSET);
  return mmap(mm, arg(0), arg(1), <u32>arg(2), flags, file, offset >> 12);
}

function access(mm: Mm, addr: u64, len: u64, write: bool): i64 {
  const signal = touch(mm, addr, len, write);
  set_out(OUT_TOUCHED, touched.pages);
  set_out(OUT_CODE, touched.code);
  set_out(OUT_FAULT, touched.addr);
  return signal;
}

function answer_rlimit(mm: Mm, resource: u32): i64 {
  if (resource >= 16) return fail(EINVAL, WHY_FD, resource);
  set_out(OUT_RLIM_CUR, mm.limits.cur[resource]);
  set_out(OUT_RLIM_MAX, mm.limits.max[resource]);
  return 0;
}

function decode_prlimit(task: Task): i64 {
  const pid = <u32>arg(0);
  const target = pid == 0 ? task : find_task(pid);
  const mm = target ? target.mm : null;
  if (!mm) return fail(ESRCH, WHY_PROCESS, pid);
  const resource = <u32>arg(1);
  if (resource < 16) {
    set_out(OUT_RLIM_CUR, mm.limits.cur[resource]);
    set_out(OUT_RLIM_MAX, mm.limits.max[resource]);
  }
  return prlimit(mm, resource, arg(2) != 0, arg(3), arg(4));
}

function decode_wait(task: Task, pid: i32): i64 {
  const child = wait4(task, pid);
  if (!child) return -10;
  child.reaped = true;
  set_out(OUT_STATUS, child.life == 2 ? child.status : child.status << 8);
  return child.pid;
}
