// How calls fail: errno and conditions, in the kernel's order of checks. The only place where a condition is written.

/** An errno and what leads to it, in the kernel's order. */
export type ErrorRow = readonly [name: string, ...when: readonly string[]];

const NO_RIGHT = 'the soft RLIMIT_MEMLOCK is 0 and CAP_IPC_LOCK is not in effect';
const OVER_LIMIT = 'more locked than RLIMIT_MEMLOCK without CAP_IPC_LOCK';
const KILLED_WAITING = 'killed while it waits for mmap_lock';
const WRAPS = 'addr + len wraps';
const HOLE = 'a hole in the range';
const SPLIT = 'a VMA would be split at vm.max_map_count';
const NO_PAGE = 'a page cannot be had: PROT_NONE, a guard, beyond the end of the file, memfd_secret';
const NO_MEMORY = 'no memory for a page';
const KILLED_FILLING = 'killed while pages are brought';
const UNKNOWN_FLAG = 'an unknown flag';
const NOT_ALIGNED = 'addr is not aligned';
const NO_LENGTH = 'length 0';
const NO_ROOM = 'no room';
const FORBIDDEN = 'the file forbids it';
const NO_FD = 'fd is not open';
const NO_RESOURCE = 'unknown resource';
const SOFT_ABOVE = 'soft above hard';
const HARD_RAISED = 'raises the hard limit without CAP_SYS_RESOURCE';
const NO_PROCESS = 'no such process';
const NO_SIGNAL = 'no such signal';

const LOCK: readonly ErrorRow[] = [
  ['EPERM', NO_RIGHT],
  ['EINTR', KILLED_WAITING, KILLED_FILLING],
  ['ENOMEM', OVER_LIMIT, HOLE, SPLIT, NO_PAGE],
  ['EINVAL', WRAPS],
  ['EAGAIN', NO_MEMORY],
];
const BRK: readonly ErrorRow[] = [['ENOMEM', 'below the start of the heap', 'a limit', 'something in the way']];
const LIMITS: readonly ErrorRow[] = [
  ['EINVAL', NO_RESOURCE, SOFT_ABOVE],
  ['EPERM', HARD_RAISED],
];

/** By the name of the call. */
export const ERROR_MANUAL: Readonly<Record<string, readonly ErrorRow[]>> = {
  mlock: LOCK,
  mlock2: [['EINVAL', UNKNOWN_FLAG], ...LOCK],
  munlock: [
    ['EINTR', KILLED_WAITING],
    ['EINVAL', WRAPS],
    ['ENOMEM', HOLE, SPLIT],
  ],
  mlockall: [
    ['EINVAL', 'flags is 0, has an unknown bit, or is MCL_ONFAULT alone'],
    ['EPERM', NO_RIGHT],
    ['EINTR', KILLED_WAITING],
    ['ENOMEM', 'MCL_CURRENT, and total_vm is more than RLIMIT_MEMLOCK without CAP_IPC_LOCK'],
  ],
  munlockall: [['EINTR', KILLED_WAITING]],
  mmap: [
    ['EINVAL', NO_LENGTH, 'no type', NOT_ALIGNED],
    ['EBADF', NO_FD],
    ['ENOMEM', NO_ROOM, 'more VMAs than vm.max_map_count'],
    ['EEXIST', 'MAP_FIXED_NOREPLACE, and something is there'],
    ['EPERM', 'MAP_LOCKED without the right to lock'],
    ['EAGAIN', 'MAP_LOCKED or MCL_FUTURE, and over RLIMIT_MEMLOCK'],
    ['EACCES', FORBIDDEN],
  ],
  munmap: [
    ['EINVAL', NOT_ALIGNED, NO_LENGTH],
    ['ENOMEM', SPLIT],
  ],
  mprotect: [
    ['EINVAL', NOT_ALIGNED, 'prot is wrong'],
    ['ENOMEM', HOLE, SPLIT],
    ['EACCES', FORBIDDEN],
  ],
  mremap: [
    ['EINVAL', 'arguments do not go together'],
    ['EFAULT', HOLE],
    ['EAGAIN', 'locked, and the growth is over RLIMIT_MEMLOCK'],
    ['ENOMEM', 'no room in place', SPLIT],
  ],
  brk: BRK,
  sbrk: BRK,
  madvise: [
    [
      'EINVAL',
      'unknown advice, addr not aligned, or a range that wraps',
      'the VMA is locked or special, and the advice does not fit it',
    ],
    ['ENOMEM', HOLE],
    ['EAGAIN', SPLIT],
    ['EFAULT', 'MADV_POPULATE_* meets a page that cannot be had'],
  ],
  msync: [
    ['EINVAL', UNKNOWN_FLAG, 'MS_SYNC with MS_ASYNC', NOT_ALIGNED],
    ['EBUSY', 'MS_INVALIDATE over a locked VMA'],
    ['ENOMEM', HOLE],
  ],
  mincore: [
    ['EINVAL', NOT_ALIGNED],
    ['ENOMEM', HOLE],
  ],
  remap_file_pages: [['EINVAL', 'not a shared file mapping', 'arguments are wrong']],
  mseal: [
    ['EINVAL', UNKNOWN_FLAG, NOT_ALIGNED],
    ['ENOMEM', HOLE],
  ],
  getrlimit: [['EINVAL', NO_RESOURCE]],
  setrlimit: LIMITS,
  prlimit: [...LIMITS, ['ESRCH', NO_PROCESS]],
  memfd_create: [['EINVAL', UNKNOWN_FLAG]],
  memfd_secret: [['ENOSYS', 'switched off']],
  open: [['EINVAL', UNKNOWN_FLAG]],
  ftruncate: [
    ['EBADF', NO_FD],
    ['EINVAL', 'len is negative'],
  ],
  fallocate: [
    ['EBADF', NO_FD],
    ['EINVAL', 'the range is wrong'],
    ['EOPNOTSUPP', 'the mode is not known'],
  ],
  close: [['EBADF', NO_FD]],
  fork: [
    ['EAGAIN', 'too many processes'],
    ['ENOMEM', 'no memory'],
  ],
  wait: [['ECHILD', 'no child']],
  waitpid: [['ECHILD', 'no such child']],
  kill: [
    ['EINVAL', NO_SIGNAL],
    ['ESRCH', NO_PROCESS],
  ],
  raise: [['EINVAL', NO_SIGNAL]],
  shmget: [
    ['EINVAL', 'the size is wrong'],
    ['EEXIST', 'IPC_CREAT | IPC_EXCL, and the key has a segment'],
    ['ENOENT', 'the key has no segment'],
    ['ENOSPC', 'too many segments or pages'],
  ],
  shmat: [
    ['EINVAL', 'id or addr is wrong'],
    ['EAGAIN', 'MCL_FUTURE, and over RLIMIT_MEMLOCK'],
    ['ENOMEM', NO_ROOM],
  ],
  shmdt: [['EINVAL', 'no segment is mapped there']],
  shmctl: [
    ['EINVAL', 'id or cmd is wrong'],
    ['EPERM', NO_RIGHT],
    ['ENOMEM', 'SHM_LOCK, and more locked for the user than RLIMIT_MEMLOCK'],
  ],
  malloc: [['ENOMEM', 'as brk or mmap']],
};
