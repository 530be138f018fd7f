// Events: what the last call did. One event is 8 u64 words: word 0 = kind (low half) and status (high half),
// words 1 to 7 = operands a to g. Addresses are in bytes, lengths in pages unless an operand says bytes.

/** A check of the call. status CHECK_*; a WHY_*, b to e its numbers (listed at each WHY_), f the errno it gives when it fails. */
export const EV_CHECK = 1;
/** mmap_lock or lru_lock. status TAKEN or RELEASED; a LOCK_*. */
export const EV_LOCK = 2;
/** mlock_fixup of one VMA piece. status FIXUP_*; a start, b end, c old vm_flags, d new vm_flags, e VMA id, f splits done, g pages marked or unmarked. */
export const EV_FIXUP = 3;
/** a address, b id of the lower part, c id of the upper part, d start and e end of the VMA before. */
export const EV_VMA_SPLIT = 4;
/** a id that stays, b id that goes (0: only a border moved), c start and d end of the result. */
export const EV_VMA_MERGE = 5;
/** a id, b start, c end, d vm_flags. */
export const EV_VMA_NEW = 6;
/** a id, b start, c end, d vm_flags. */
export const EV_VMA_REMOVE = 7;
/** a id, b start, c end, d old vm_flags, e new vm_flags. */
export const EV_VMA_FLAGS = 8;
/** brk, mremap or stack growth: a id, b old start, c old end, d new start, e new end. */
export const EV_VMA_RESIZE = 9;
/** A counter of the mm that changed over the whole call: a COUNTER_*, b before, c after. */
export const EV_COUNTER = 10;
/** a old def_flags, b new def_flags. */
export const EV_DEF_FLAGS = 11;
/** a resource, b old soft, c new soft, d old hard, e new hard (bytes). */
export const EV_RLIMIT = 12;
/** a mask before, b mask after (CAPS_*). */
export const EV_CAP = 13;
/** populate of one VMA piece. status POPULATE_*; a start, b end, c address where it stopped (= b when done), d errno (0 when done), e VMA id. */
export const EV_POPULATE = 14;
/** Page-table entries changed. a start, b pages, c PAGES_*, d mm id. */
export const EV_PAGES = 15;
/** PG_mlocked / mlock_count of folios. a folio key, b pages, c 1 locked / 0 unlocked, d mlock_count before, e after. */
export const EV_MLOCK_PAGE = 16;
/** LRU move. a folio key, b pages, c from LRU_*, d to LRU_*. */
export const EV_LRU = 17;
/** An access that raised a signal. a address, b signal, c si_code. */
export const EV_FAULT = 18;
/** a id of the support table entry. */
export const EV_NOT_MODELLED = 19;
/** The event buffer was full. a events left out. */
export const EV_MORE = 20;
/** A range after rounding. a start, b end (bytes), c start as given, d len as given (bytes). */
export const EV_RANGE = 21;
/** A process. status PROC_*; a pid, b parent or exit status. */
export const EV_PROCESS = 22;
/** Pages that reclaim met. a pages, b RECLAIM_*, c start address, d mm id. */
export const EV_RECLAIM = 23;
/** Pages of a file. status FILE_*; a object id, b first page, c pages or new size in bytes. */
export const EV_FILE = 24;

export const CHECK_PASSED = 0;
export const CHECK_FAILED = 1;

export const TAKEN = 0;
export const RELEASED = 1;
export const LOCK_MMAP_WRITE = 1;
export const LOCK_MMAP_READ = 2;
export const LOCK_LRU = 3;

export const FIXUP_CHANGED = 0;
/** The VMA already had these flags. */
export const FIXUP_SAME = 1;
/** VM_SPECIAL, hugetlb, droppable or secretmem: lock calls skip it. */
export const FIXUP_SKIPPED = 2;
/** A split was refused: map_count. */
export const FIXUP_FAILED = 3;

export const POPULATE_DONE = 0;
export const POPULATE_STOPPED = 1;
/** VM_LOCKONFAULT, VM_IO or VM_PFNMAP: nothing to do. */
export const POPULATE_SKIPPED = 2;

export const COUNTER_LOCKED_VM = 1;
export const COUNTER_TOTAL_VM = 2;
export const COUNTER_DATA_VM = 3;
export const COUNTER_STACK_VM = 4;
export const COUNTER_EXEC_VM = 5;
export const COUNTER_MAP_COUNT = 6;
export const COUNTER_RSS_ANON = 7;
export const COUNTER_RSS_FILE = 8;
export const COUNTER_RSS_SHMEM = 9;
export const COUNTER_NR_MLOCK = 10;
export const COUNTER_NR_UNEVICTABLE = 11;
export const COUNTER_BRK = 12;

/** A fresh anonymous page. */
export const PAGES_ANON = 1;
/** The shared zero page was mapped. */
export const PAGES_ZERO = 2;
/** A page of the page cache was mapped. */
export const PAGES_FILE = 3;
/** A private copy replaced a shared page. */
export const PAGES_COW = 4;
/** The entry was made absent. */
export const PAGES_UNMAPPED = 5;
/** Read back from swap. */
export const PAGES_SWAPIN = 6;
/** A guard marker was set. */
export const PAGES_GUARD = 7;
/** The only mapper of a page took it over for writing. */
export const PAGES_REUSED = 8;
/** Moved by mremap to address e. */
export const PAGES_MOVED = 9;
/** Went to swap. */
export const PAGES_SWAPOUT = 10;

export const LRU_NONE = 0;
export const LRU_INACTIVE = 1;
export const LRU_ACTIVE = 2;
export const LRU_UNEVICTABLE = 3;

export const PROC_FORKED = 1;
export const PROC_EXITED = 2;
export const PROC_KILLED = 3;
export const PROC_EXECED = 4;

export const RECLAIM_TAKEN = 1;
export const RECLAIM_MLOCKED = 2;
export const RECLAIM_UNEVICTABLE = 3;
export const RECLAIM_SHARED = 4;
export const RECLAIM_NO_SWAP = 5;

export const FILE_CREATED = 1;
export const FILE_TRUNCATED = 2;
export const FILE_PUNCHED = 3;
export const FILE_CLOSED = 4;

// Why: the checks, with the meaning of operands b, c, d, e.

/** Flag bits are known. b flags, c valid mask. */
export const WHY_FLAGS = 1;
/** can_do_mlock: b soft RLIMIT_MEMLOCK in bytes, c 1 with CAP_IPC_LOCK. */
export const WHY_MAY_LOCK = 2;
/** Pages fit RLIMIT_MEMLOCK. b pages asked, c locked_vm before, d locked pages inside the range that were subtracted, e limit in pages (2^52 - 1 and more: infinite). Passes with CAP_IPC_LOCK: then g = 1. */
export const WHY_FITS_LIMIT = 3;
/** The end does not wrap. b start, c rounded len (bytes), d end. */
export const WHY_NO_WRAP = 4;
/** A VMA covers the address. b address, c start of the next VMA (0: none), d end of the range. */
export const WHY_VMA_AT = 5;
/** Splits fit max_map_count. b map_count, c max_map_count, d address of the split. */
export const WHY_MAP_COUNT = 6;
/** No fatal signal while waiting for mmap_lock. b 1 if contended. */
export const WHY_KILLABLE = 7;
/** populate reached the end. b address where it stopped, c end, d cause (CAUSE_*). */
export const WHY_POPULATE = 8;
/** mlockall(MCL_CURRENT): b total_vm, c limit in pages, d 1 with CAP_IPC_LOCK. */
export const WHY_TOTAL_VM_FITS = 9;
/** An address or offset is page aligned. b value. */
export const WHY_ALIGNED = 10;
/** A length is usable. b len (bytes). */
export const WHY_LEN = 11;
/** The range lies below TASK_SIZE. b start, c len (bytes). */
export const WHY_TASK_SIZE = 12;
/** MAP_FIXED address allowed. b addr, c mmap_min_addr. */
export const WHY_MIN_ADDR = 13;
/** A free gap was found. b pages wanted. */
export const WHY_GAP = 14;
/** MAP_FIXED_NOREPLACE: nothing mapped there. b addr, c start of the VMA in the way. */
export const WHY_NOREPLACE = 15;
/** Mapping type and flags go together. b flags. */
export const WHY_MAP_TYPE = 16;
/** RLIMIT_AS. b total_vm, c pages more, d limit in pages. */
export const WHY_RLIMIT_AS = 17;
/** RLIMIT_DATA. b data_vm, c pages more, d limit in pages. */
export const WHY_RLIMIT_DATA = 18;
/** The file descriptor is usable. b fd. */
export const WHY_FD = 20;
/** The file's rights allow the mapping. b prot, c flags. */
export const WHY_FILE_ACCESS = 21;
/** VM_MAYREAD/WRITE/EXEC allow the protection. b vm_flags, c prot. */
export const WHY_MAY_PROT = 22;
/** Protection bits are valid. b prot. */
export const WHY_PROT = 23;
/** The advice is known. b advice. */
export const WHY_ADVICE = 24;
/** The advice fits this VMA (not VM_LOCKED, not special, right kind). b vm_flags, c advice, d start of the VMA. */
export const WHY_ADVICE_VMA = 25;
/** Resource number is known. b resource. */
export const WHY_RESOURCE = 26;
/** Soft limit is not above the hard one. b soft, c hard. */
export const WHY_SOFT_HARD = 27;
/** Raising the hard limit is permitted. b new hard, c old hard. */
export const WHY_HARD_RAISE = 28;
/** brk above start_brk. b asked, c start_brk. */
export const WHY_BRK_RANGE = 29;
/** brk: nothing in the way. b new end, c start of the next VMA. */
export const WHY_BRK_GAP = 30;
/** The VMA is not sealed. b start. */
export const WHY_SEALED = 31;
/** The VMA may be split (vdso and other specials may not). b start. */
export const WHY_MAY_SPLIT = 32;
/** mremap flags go together. b flags. */
export const WHY_MREMAP_FLAGS = 33;
/** mremap: old and new do not overlap. b old, c new. */
export const WHY_OVERLAP = 34;
/** mremap: old_len 0 needs a shared mapping. b vm_flags. */
export const WHY_OLD_LEN = 35;
/** mremap: the VMA covers the old range. b end of old range, c end of the VMA. */
export const WHY_IN_VMA = 36;
/** mremap: the VMA may grow. b vm_flags. */
export const WHY_MAY_EXPAND = 37;
/** Address space after the range is free. b end, c start of the next VMA. */
export const WHY_ROOM = 38;
/** MS_INVALIDATE over VM_LOCKED. b start of the VMA. */
export const WHY_NOT_LOCKED = 39;
/** The process exists. b pid. */
export const WHY_PROCESS = 40;
/** SysV segment id or key is known. b id. */
export const WHY_SHM_ID = 41;
/** SHM_LOCK's own account. b pages asked, c pages already counted for the user, d limit in pages. */
export const WHY_SHM_LIMIT = 43;
/** File size or offset in range. b offset, c size. */
export const WHY_FILE_SIZE = 44;
/** The range is still mapped after unmapping the destination. b old. */
export const WHY_OLD_MAPPED = 45;
/** More simulated memory is there. b bytes needed, c bytes left. */
export const WHY_SIM_MEMORY = 46;

/** No VMA. */
export const CAUSE_NO_VMA = 1;
/** PROT_NONE, or the protection does not allow it. */
export const CAUSE_PROT = 2;
/** A guard marker. */
export const CAUSE_GUARD = 3;
/** Beyond the end of the file. */
export const CAUSE_EOF = 4;
/** The execute-only protection key denies reading. */
export const CAUSE_PKEY = 5;
/** memfd_secret refuses. */
export const CAUSE_SECRETMEM = 6;
/** A SIGKILL is pending. */
export const CAUSE_KILLED = 7;
/** The stack may not grow: limit or gap. */
export const CAUSE_STACK = 8;
