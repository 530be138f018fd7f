// Where things stand in linear memory and inside the records that cross the wall. Offsets in bytes.

/** The state heap starts above the static data and ends here: a snapshot is a copy of [0, top). */
export const STATE_END = 0x5800000;
/** Events of the last call: EVENT_SIZE bytes each. */
export const EVENTS_BASE = 0x5800000;
export const EVENT_SIZE = 64;
export const EVENTS_MAX = 4096;
/** The packed state that peek() wrote. */
export const PEEK_BASE = 0x5900000;
export const PEEK_END = 0x77ff000;
/** Words that belong to no snapshot: events written, events left out, events wanted, frames in the log. */
export const CONTROL_BASE = 0x77ff000;
export const CONTROL_EVENTS = 0;
export const CONTROL_DROPPED = 4;
export const CONTROL_WANTED = 8;
export const CONTROL_FRAMES = 12;
/** The call log: FRAME_SIZE bytes a frame. */
export const LOG_BASE = 0x7800000;
export const LOG_MAX = 131072;

/** A frame: u32 nr, u32 pid, six u64 arguments, one u64 result. Only this part is logged. */
export const FRAME_SIZE = 64;
export const FRAME_NR = 0;
export const FRAME_PID = 4;
/** Bit of the word at FRAME_PID: somebody looked at page flags before the call, which settles the per-CPU batches. */
export const FRAME_SETTLED = 0x80000000;
export const FRAME_ARGS = 8;
export const FRAME_RESULT = 56;
/** What a call gives back besides its result: OUT_WORDS u64 words after the frame. */
export const FRAME_OUT = 64;
export const OUT_WORDS = 8;
/** getrlimit, prlimit64: old soft and hard limit in bytes. */
export const OUT_RLIM_CUR = 0;
export const OUT_RLIM_MAX = 1;
/** Touches: pages done, si_code and address of the page that raised the signal. */
export const OUT_TOUCHED = 0;
export const OUT_CODE = 1;
export const OUT_FAULT = 2;
/** wait4: status word of the child that was waited for. */
export const OUT_STATUS = 0;

// Counters of the calling process after the last call: u64 words after the outputs (FRAME_COUNTERS + 8 * STAT_*).
export const FRAME_COUNTERS = 128;
export const STAT_LOCKED_VM = 0;
export const STAT_TOTAL_VM = 1;
export const STAT_RSS_ANON = 2;
export const STAT_RSS_FILE = 3;
export const STAT_RSS_SHMEM = 4;
export const STAT_MAP_COUNT = 5;
export const STAT_DEF_FLAGS = 6;
/** Soft RLIMIT_MEMLOCK in bytes. */
export const STAT_MEMLOCK = 7;
export const STAT_CAPS = 8;
export const STAT_DATA_VM = 9;
export const STAT_STACK_VM = 10;
export const STAT_EXEC_VM = 11;
export const STAT_SWAP = 12;
export const STAT_BRK = 13;
/** Pages that a lock call which failed for its limit would have made locked_vm; 0 otherwise. */
export const STAT_ASKED = 14;
/** VMA attributes or page state outside the counters changed: 1 when the call changed anything. */
export const STAT_CHANGED = 15;
export const STAT_WORDS = 16;

// peek(pid): u32 words of the header, then nr_vmas VMA records, then nr_extents extent records.
export const PEEK_HEADER = 512;
export const PEEK_VMA = 96;
export const PEEK_EXTENT = 64;

// What a VMA is called. NAME_ANON prints nothing (or [heap] by address).
export const NAME_ANON = 0;
export const NAME_TEXT = 1;
export const NAME_RODATA = 2;
export const NAME_DATA = 3;
export const NAME_STACK = 4;
export const NAME_VVAR = 5;
export const NAME_VVAR_VCLOCK = 6;
export const NAME_VDSO = 7;
export const NAME_SHARED_ANON = 8;
export const NAME_MEMFD = 9;
export const NAME_FILE = 10;
export const NAME_SYSV = 11;
export const NAME_SECRETMEM = 12;
export const NAME_LIBC = 13;
export const NAME_LD = 14;
export const NAME_RELRO = 15;

// Kind of an extent.
export const PAGE_ANON = 1;
export const PAGE_FILE = 2;
export const PAGE_ZERO = 3;
export const PAGE_SWAP = 4;
export const PAGE_GUARD = 5;

/** Address of the frame. */
export const FRAME_BASE = 1024;
/** Address of the word that holds top: the end of the state heap. */
export const HEAP_TOP = 2048;
