// The beginnings and ends of processes: start, fork, execve, exit, signals, wait.
import { IMAGE_STATIC } from '../abi/image';
import { ECHILD, EINTR } from '../abi/errno';
import {
  EV_PROCESS,
  LOCK_MMAP_WRITE,
  PROC_EXECED,
  PROC_EXITED,
  PROC_FORKED,
  PROC_KILLED,
  WHY_PROCESS,
} from '../abi/event';
import { RLIMIT_MEMLOCK, RLIMIT_STACK, RLIM_NLIMITS } from '../abi/rlimit';
import { emit, fail, lock_released } from '../event';
import { dup_mm } from '../mm/fork';
import { RLIM_INFINITY } from '../mm/limit';
import { mmap_write_lock_killable } from '../mm/mlock';
import { Mm, free_mm, new_mm } from '../mm/mm';
import { unmap_vmas } from '../mm/munmap';
import { get_file, put_file } from '../page/object';
import { start_image } from './image';
import { EXITED, FDS, KILLED, RUNNING, Task, find_task, first_task, new_task, next_pid } from './task';

const MEMLOCK_DEFAULT: u64 = 8 << 20;
const STACK_DEFAULT: u64 = 8 << 20;

/** Makes the first process: 8 MiB RLIMIT_MEMLOCK and RLIMIT_STACK, else no limits, no capability in effect. */
export function start_process(pid: u32, image: u32): Task {
  const task = new_task(pid, 0);
  const mm = new_mm();
  task.mm = mm;
  for (let i = 0; i < RLIM_NLIMITS; i++) {
    mm.limits.cur[i] = RLIM_INFINITY;
    mm.limits.max[i] = RLIM_INFINITY;
  }
  mm.limits.cur[RLIMIT_MEMLOCK] = MEMLOCK_DEFAULT;
  mm.limits.max[RLIMIT_MEMLOCK] = MEMLOCK_DEFAULT;
  mm.limits.cur[RLIMIT_STACK] = STACK_DEFAULT;
  mm.limits.caps = 0;
  start_image(mm, image);
  return task;
}

/** fork(): the child's pid, or -errno. */
export function fork(task: Task, mm: Mm): i64 {
  if (!mmap_write_lock_killable(mm)) return -EINTR;
  const child = new_task(next_pid(), task.pid);
  child.mm = dup_mm(mm);
  for (let i = 0; i < FDS; i++) {
    const file = task.fds[i];
    child.fds[i] = file;
    if (file) get_file(file);
  }
  lock_released(LOCK_MMAP_WRITE);
  mm.changed = true;
  emit(EV_PROCESS, PROC_FORKED, child.pid, task.pid);
  return child.pid;
}

/** execve(): a new address space; limits stay, locks and def_flags do not. */
export function execve(task: Task, mm: Mm): i64 {
  const fresh = new_mm();
  fresh.limits.copy(mm.limits);
  teardown(mm);
  start_image(fresh, IMAGE_STATIC);
  fresh.changed = true;
  task.mm = fresh;
  emit(EV_PROCESS, PROC_EXECED, task.pid);
  return 0;
}

/** Ends a process: by exit (signal 0) or by a signal. */
export function end_task(task: Task, status: u32, signal: u32): void {
  const mm = task.mm;
  if (task.life != RUNNING || !mm) return;
  teardown(mm);
  task.mm = null;
  for (let i = 0; i < FDS; i++) {
    const file = task.fds[i];
    task.fds[i] = null;
    if (file) put_file(file);
  }
  task.life = signal ? KILLED : EXITED;
  task.status = signal ? signal : status & 255;
  emit(EV_PROCESS, signal ? PROC_KILLED : PROC_EXITED, task.pid, task.status);
}

/** exit_mmap(): unlock events for each page of locked VMAs, no drain. */
function teardown(mm: Mm): void {
  unmap_vmas(mm, 0, 0xfffffffffffff000);
  free_mm(mm);
}

/** wait4(pid): the first ended child not yet waited for, or the given one; -ECHILD when there is none. */
export function wait4(task: Task, pid: i32): Task | null {
  let child = first_task();
  while (child) {
    if (child.parent == task.pid && !child.reaped && child.life != RUNNING && (pid <= 0 || child.pid == <u32>pid))
      return child;
    child = child.next;
  }
  fail(ECHILD, WHY_PROCESS, pid);
  return null;
}

/** kill(): signals that end a process do so at once; signal 0 only asks. */
export function kill(pid: u32, signal: u32): bool {
  const target = find_task(pid);
  if (!target || target.life != RUNNING) return false;
  if (signal) end_task(target, 0, signal);
  return true;
}
