// The frame: where a call stands in linear memory, and where its answers go.
import {
  FRAME_ARGS,
  FRAME_BASE,
  FRAME_COUNTERS,
  FRAME_NR,
  FRAME_OUT,
  FRAME_PID,
  FRAME_RESULT,
  FRAME_SETTLED,
  FRAME_SIZE,
  OUT_WORDS,
} from './abi/layout';

export function frame_nr(): u32 {
  return load<u32>(FRAME_BASE, FRAME_NR);
}

export function frame_pid(): u32 {
  return load<u32>(FRAME_BASE, FRAME_PID) & ~FRAME_SETTLED;
}

/** The batches were settled before the call. */
export function frame_settled(): bool {
  return (load<u32>(FRAME_BASE, FRAME_PID) & FRAME_SETTLED) != 0;
}

/** Argument i, 0 to 5. */
export function arg(i: usize): u64 {
  return load<u64>(FRAME_BASE + FRAME_ARGS + (i << 3));
}

export function set_result(result: i64): void {
  store<i64>(FRAME_BASE, result, FRAME_RESULT);
}

/** Writes output word i (OUT_* of abi/layout). */
export function set_out(i: usize, value: u64): void {
  store<u64>(FRAME_BASE + FRAME_OUT + (i << 3), value);
}

export function clear_outs(): void {
  for (let i: usize = 0; i < <usize>OUT_WORDS; i++) set_out(i, 0);
}

/** Copies a frame. A call of memory.copy() takes longer than these eight words. */
export function copy_frame(to: usize, from: usize): void {
  assert(FRAME_SIZE == 64, 'a frame is eight words');
  store<u64>(to, load<u64>(from));
  store<u64>(to, load<u64>(from, 8), 8);
  store<u64>(to, load<u64>(from, 16), 16);
  store<u64>(to, load<u64>(from, 24), 24);
  store<u64>(to, load<u64>(from, 32), 32);
  store<u64>(to, load<u64>(from, 40), 40);
  store<u64>(to, load<u64>(from, 48), 48);
  store<u64>(to, load<u64>(from, 56), 56);
}

/** Writes counter i (STAT_*). */
export function set_stat(i: usize, value: u64): void {
  store<u64>(FRAME_BASE + FRAME_COUNTERS + (i << 3), value);
}
