// Processes.
import { Mm } from '../mm/mm';
import { File } from '../page/object';

export const RUNNING: u32 = 0;
export const EXITED: u32 = 1;
export const KILLED: u32 = 2;

/** Descriptors that one process may have open. */
export const FDS: i32 = 64;

@unmanaged
export class Task {
  pid: u32 = 0;
  parent: u32 = 0;
  /** RUNNING, EXITED or KILLED. */
  life: u32 = RUNNING;
  /** Exit status or signal. */
  status: u32 = 0;
  /** wait4() has seen the end. */
  reaped: bool = false;
  /** Null once the process has ended. */
  mm: Mm | null = null;
  fds: StaticArray<File | null> = new StaticArray<File | null>(FDS);
  next: Task | null = null;
}

@unmanaged
class Tasks {
  head: Task | null = null;
  last_pid: u32 = 0;
  count: i32 = 0;
}

const tasks: Tasks = new Tasks();

/** The oldest process; follow `next`. Ended ones stay in the list. */
export function first_task(): Task | null {
  return tasks.head;
}

export function nr_tasks(): i32 {
  return tasks.count;
}

/** The process with this pid, or null. */
export function find_task(pid: u32): Task | null {
  let task = tasks.head;
  while (task && task.pid != pid) task = task.next;
  return task;
}

/** The next free pid. */
export function next_pid(): u32 {
  return tasks.last_pid + 1;
}

/** A new process. */
export function new_task(pid: u32, parent: u32): Task {
  const task = new Task();
  task.pid = pid;
  tasks.last_pid = max(tasks.last_pid, task.pid);
  task.parent = parent;
  tasks.count++;
  const head = tasks.head;
  if (!head) tasks.head = task;
  else {
    let last = head;
    while (last.next) last = last.next!;
    last.next = task;
  }
  return task;
}
