// Call numbers of a frame. Below 1000: x86-64 Linux system calls (Linux: arch/x86/entry/syscalls/syscall_64.tbl).
// From 1000: pseudo calls, for what no system call can say.

export const SYS_mmap = 9;
export const SYS_mprotect = 10;
export const SYS_munmap = 11;
export const SYS_brk = 12;
export const SYS_mremap = 25;
export const SYS_msync = 26;
export const SYS_mincore = 27;
export const SYS_madvise = 28;
export const SYS_shmget = 29;
export const SYS_shmat = 30;
export const SYS_shmctl = 31;
export const SYS_close = 3;
export const SYS_open = 2;
export const SYS_getpid = 39;
export const SYS_fork = 57;
export const SYS_execve = 59;
export const SYS_exit = 60;
export const SYS_wait4 = 61;
export const SYS_kill = 62;
export const SYS_shmdt = 67;
export const SYS_ftruncate = 77;
export const SYS_getrlimit = 97;
export const SYS_mlock = 149;
export const SYS_munlock = 150;
export const SYS_mlockall = 151;
export const SYS_munlockall = 152;
export const SYS_setrlimit = 160;
export const SYS_remap_file_pages = 216;
export const SYS_fallocate = 285;
export const SYS_prlimit64 = 302;
export const SYS_memfd_create = 319;
export const SYS_mlock2 = 325;
export const SYS_memfd_secret = 447;
export const SYS_mseal = 462;

/** Makes the first process from a start image. a0: IMAGE_* (abi/image). */
export const P_start = 1000;
/** Adds one VMA to the start image: a0 start, a1 end, a2 vm_flags, a3 vm_pgoff, a4 NAME_*, a5 pages already faulted in from the end. */
export const P_vma = 1001;
/** Reads one byte of each page of [a0, a0 + a1). Result: 0 or the signal number; OUT_TOUCHED and OUT_FAULT tell where. */
export const P_touch_read = 1002;
/** Writes one byte of each page of [a0, a0 + a1). Result and outputs as P_touch_read. */
export const P_touch_write = 1003;
/** Sets the effective capability set: a0 is a mask of CAPS_* (abi/cap). Result: the mask before. */
export const P_capset = 1004;
/** Sets a limit without asking for permission: a0 resource, a1 soft, a2 hard. */
export const P_rlimit = 1005;
/** Sets a machine parameter: a0 SYSCTL_*, a1 value. */
export const P_sysctl = 1006;
/** Reclaims a0 bytes. Result: pages taken. */
export const P_memory_pressure = 1007;
/** Marks signal a0 as pending for the next call that wants mmap_lock; a1: 1 if another thread holds mmap_lock then. */
export const P_pending_signal = 1008;
/** Sets start_brk and brk of the start image: a0 start_brk, a1 brk; a2 mmap_base. */
export const P_brk_base = 1009;
/** Ends the process by signal a0 (a fault that nobody caught, or raise()). */
export const P_die = 1010;
/** A load by an instruction of the program: as P_touch_read; an uncaught fault does not end the process by itself. */
export const P_load = 1011;
/** A store by an instruction of the program: as P_touch_write. */
export const P_store = 1012;
