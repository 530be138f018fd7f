// The doors: the only exports.
import {
  COUNTER_DATA_VM,
  COUNTER_EXEC_VM,
  COUNTER_LOCKED_VM,
  COUNTER_MAP_COUNT,
  COUNTER_NR_MLOCK,
  COUNTER_NR_UNEVICTABLE,
  COUNTER_RSS_ANON,
  COUNTER_RSS_FILE,
  COUNTER_RSS_SHMEM,
  COUNTER_STACK_VM,
  COUNTER_TOTAL_VM,
  EV_COUNTER,
} from './abi/event';
import {
  CONTROL_BASE,
  CONTROL_FRAMES,
  FRAME_BASE,
  FRAME_SIZE,
  HEAP_TOP,
  LOG_BASE,
  LOG_MAX,
  STAT_ASKED,
  STAT_BRK,
  STAT_CAPS,
  STAT_CHANGED,
  STAT_DATA_VM,
  STAT_DEF_FLAGS,
  STAT_EXEC_VM,
  STAT_LOCKED_VM,
  STAT_MAP_COUNT,
  STAT_MEMLOCK,
  STAT_RSS_ANON,
  STAT_RSS_FILE,
  STAT_RSS_SHMEM,
  STAT_STACK_VM,
  STAT_SWAP,
  STAT_TOTAL_VM,
} from './abi/layout';
import { RLIMIT_MEMLOCK } from './abi/rlimit';
import { begin_events, emit, end_events, events_wanted, events_written } from './event';
import { clear_outs, copy_frame, frame_pid, frame_settled, set_result, set_stat } from './frame';
import { Mm, sysctl } from './mm/mm';
import { folios } from './page/folio';
import { batches_pending, drain_local } from './page/lru';
import { peek_machine, peek_page_flags, peek_process, peek_vma_flags } from './peek';
import { find_task } from './proc/task';
import { dispatch } from './syscall';
import { verify_all } from './verify';

/** Bytes of [0, top) of a machine in which nothing has happened; the host keeps a copy and puts it back for reset. */
export function top(): usize {
  return load<usize>(HEAP_TOP);
}

/** Frames in the call log. */
export function frames(): u32 {
  return load<u32>(CONTROL_BASE, CONTROL_FRAMES);
}

/** Tells how many frames the host has written to the log. */
export function set_frames(n: u32): void {
  store<u32>(CONTROL_BASE, n, CONTROL_FRAMES);
}

/** Executes the frame and appends it to the log, while the log has room. */
export function syscall(): void {
  execute();
  end_events();
  const n = frames();
  if (n < <u32>LOG_MAX) {
    copy_frame(log_frame(n), FRAME_BASE);
    set_frames(n + 1);
  }
}

/** Executes n logged frames again; the last leaves its events and counters. */
export function replay(from: u32, n: u32): void {
  if (n == 0) return;
  const last = log_frame(from + n - 1);
  begin_events(false);
  for (let frame = log_frame(from); frame < last; frame += <usize>FRAME_SIZE) {
    copy_frame(FRAME_BASE, frame);
    perform();
  }
  copy_frame(FRAME_BASE, last);
  execute();
  end_events();
}

function log_frame(i: u32): usize {
  return <usize>LOG_BASE + <usize>i * <usize>FRAME_SIZE;
}

/** Events of the last call. */
export function events(): u32 {
  return events_written();
}

/** Packs one process; see peek.ts. */
export function peek(pid: u32): usize {
  return peek_process(pid);
}

/** Packs the machine's counters and files. */
export function peek_all(): usize {
  return peek_machine();
}

export function vma_flags(pid: u32, lo: u32, hi: u32): void {
  peek_vma_flags(pid, ((<u64>hi) << 32) | lo);
}

export function page_flags(pid: u32, lo: u32, hi: u32): void {
  peek_page_flags(pid, ((<u64>hi) << 32) | lo);
}

/**
 * Settles the per-CPU batches, as who reads /proc/kpageflags has to. Says whether there was anything to settle: then the
 * next frame has FRAME_SETTLED, so that a replay does the same.
 */
export function settle(): bool {
  const pending = batches_pending();
  drain_local();
  return pending;
}

/** Number of the first invariant that does not hold, or 0. */
export function verify(): i32 {
  return verify_all();
}

const before: StaticArray<u64> = new StaticArray<u64>(12);

/** The call in the frame with all that the host may read afterwards. */
function execute(): void {
  begin_events(true);
  clear_outs();
  const task = find_task(frame_pid());
  const mm = task ? task.mm : null;
  const changes = folios.changes;
  if (mm) remember(mm);
  set_result(perform());
  const after = task ? task.mm : find_mm();
  if (!after) {
    set_stat(STAT_CHANGED, 1);
    return;
  }
  write_stats(after);
  set_stat(STAT_CHANGED, after.changed || folios.changes != changes ? 1 : 0);
  if (after === mm) tell_changes(after);
}

/** Executes the call. The batches are empty at its end, unless the machine is to show how they lag. */
function perform(): i64 {
  if (frame_settled()) drain_local();
  const result = dispatch();
  if (!sysctl.batches) drain_local();
  return result;
}

function find_mm(): Mm | null {
  const task = find_task(frame_pid());
  return task ? task.mm : null;
}

function write_stats(mm: Mm): void {
  set_stat(STAT_LOCKED_VM, mm.locked_vm);
  set_stat(STAT_TOTAL_VM, mm.total_vm);
  set_stat(STAT_RSS_ANON, mm.rss_anon);
  set_stat(STAT_RSS_FILE, mm.rss_file);
  set_stat(STAT_RSS_SHMEM, mm.rss_shmem);
  set_stat(STAT_MAP_COUNT, mm.map_count);
  set_stat(STAT_DEF_FLAGS, mm.def_flags);
  set_stat(STAT_MEMLOCK, mm.limits.cur[RLIMIT_MEMLOCK]);
  set_stat(STAT_CAPS, mm.limits.caps);
  set_stat(STAT_DATA_VM, mm.data_vm);
  set_stat(STAT_STACK_VM, mm.stack_vm);
  set_stat(STAT_EXEC_VM, mm.exec_vm);
  set_stat(STAT_SWAP, mm.swap);
  set_stat(STAT_BRK, mm.brk);
  set_stat(STAT_ASKED, mm.asked);
}

function counter(mm: Mm, i: i32): u64 {
  switch (i) {
    case COUNTER_LOCKED_VM:
      return mm.locked_vm;
    case COUNTER_TOTAL_VM:
      return mm.total_vm;
    case COUNTER_DATA_VM:
      return mm.data_vm;
    case COUNTER_STACK_VM:
      return mm.stack_vm;
    case COUNTER_EXEC_VM:
      return mm.exec_vm;
    case COUNTER_MAP_COUNT:
      return mm.map_count;
    case COUNTER_RSS_ANON:
      return mm.rss_anon;
    case COUNTER_RSS_FILE:
      return mm.rss_file;
    case COUNTER_RSS_SHMEM:
      return mm.rss_shmem;
    case COUNTER_NR_MLOCK:
      return folios.nr_mlock;
    default:
      return folios.nr_unevictable;
  }
}

function remember(mm: Mm): void {
  for (let i = COUNTER_LOCKED_VM; i <= COUNTER_NR_UNEVICTABLE; i++) before[i] = counter(mm, i);
}

function tell_changes(mm: Mm): void {
  if (!events_wanted()) return;
  for (let i = COUNTER_LOCKED_VM; i <= COUNTER_NR_UNEVICTABLE; i++) {
    const now = counter(mm, i);
    if (now != before[i]) emit(EV_COUNTER, 0, i, before[i], now);
  }
}
