// What there is to know of each call beyond its signature: parameters, history, pitfalls. One place, so that hover,
// signature help and whatever else explains a call say the same.

/** What is known of a call. */
export interface Manual {
  /** Parameter name to one sentence. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** [Linux version, what came with it], oldest first. */
  readonly history?: readonly (readonly [version: string, what: string])[];
  /** What people get wrong, one or two sentences each. */
  readonly pitfalls?: readonly string[];
}

const ADDR = 'Any address: it is rounded down to its page.';
const ALIGNED = 'A multiple of PAGE_SIZE.';
const LEN = 'Bytes. The end of the range is rounded up to a page.';
const LIMIT = ['2.6.9', 'without CAP_IPC_LOCK too, up to RLIMIT_MEMLOCK'] as const;
const STACKING = 'Locks do not stack: one munlock undoes any number of locks of a page, whoever asked for them.';
const RESOURCE = 'RLIMIT_MEMLOCK for locks; RLIMIT_AS, RLIMIT_DATA and RLIMIT_STACK limit mappings.';
const SIGNAL = 'A signal number, as SIGKILL.';
const FD = 'A file descriptor.';

/** By the name of the call. */
export const MANUAL: Readonly<Record<string, Manual>> = {
  mlock: {
    parameters: { addr: ADDR, len: LEN },
    history: [['2.0', 'for root only'], LIMIT],
    pitfalls: [
      STACKING,
      'A failure is not atomic: up to a hole the range is locked, and stays so after ENOMEM.',
      'What was written before the lock may have been swapped out already. Lock first, write then.',
      'A child of fork has none of the locks; execve drops them.',
    ],
  },
  mlock2: {
    parameters: { addr: ADDR, len: LEN, flags: '0 is mlock; MLOCK_ONFAULT locks pages when they are faulted in.' },
    history: [['4.4', 'with MLOCK_ONFAULT']],
    pitfalls: [
      'With MLOCK_ONFAULT the whole range counts in locked_vm at once, and no page of it is brought.',
      STACKING,
    ],
  },
  munlock: {
    parameters: { addr: ADDR, len: LEN },
    history: [['2.0', 'as the counterpart of mlock']],
    pitfalls: [
      'Whole pages are unlocked: other secrets in them too.',
      'A length shorter than that of mlock leaves the rest locked.',
    ],
  },
  mlockall: {
    parameters: { flags: 'MCL_CURRENT, MCL_FUTURE or both, each with MCL_ONFAULT if wanted.' },
    history: [['2.0', 'for root only'], LIMIT, ['4.4', 'MCL_ONFAULT']],
    pitfalls: [
      'Each call replaces the one before: MCL_CURRENT alone ends an earlier MCL_FUTURE.',
      'MCL_CURRENT compares all of total_vm with RLIMIT_MEMLOCK, not only what is present.',
      'With MCL_FUTURE later mmap and brk fail over the limit, with EAGAIN; a growing stack ends in SIGSEGV.',
      'It gives 0 even if some pages could not be made present.',
    ],
  },
  munlockall: { history: [['2.0', 'as the counterpart of mlockall']], pitfalls: ['It ends MCL_FUTURE too.'] },
  mmap: {
    parameters: {
      addr: 'Where to map; NULL leaves it to the kernel. A wish only, unless MAP_FIXED is given.',
      len: 'Bytes, more than 0. Rounded up to a page.',
      prot: 'PROT_NONE, or PROT_READ, PROT_WRITE and PROT_EXEC combined.',
      flags: 'MAP_PRIVATE or MAP_SHARED, combined with more: MAP_ANONYMOUS for memory without a file.',
      fd: 'The file; -1 with MAP_ANONYMOUS.',
      offset: 'Where in the file to begin: a multiple of PAGE_SIZE; 0 with MAP_ANONYMOUS.',
    },
    history: [
      ['2.5.37', 'MAP_LOCKED'],
      ['2.5.46', 'MAP_POPULATE'],
      ['4.17', 'MAP_FIXED_NOREPLACE'],
    ],
    pitfalls: [
      'A failure is MAP_FAILED, which is -1 and not NULL.',
      'MAP_LOCKED is weaker than mlock: mmap succeeds even if the pages could not be brought.',
      'MAP_FIXED silently replaces what is mapped there.',
      'Over RLIMIT_MEMLOCK it fails with EAGAIN, where mlock says ENOMEM.',
    ],
  },
  munmap: {
    parameters: { addr: ALIGNED, len: LEN },
    pitfalls: ['It can fail: to cut a hole needs one more VMA, and vm.max_map_count limits them.'],
  },
  mprotect: {
    parameters: { addr: ALIGNED, len: LEN, prot: 'The new protection of each page.' },
    pitfalls: [
      'PROT_NONE keeps locked pages locked.',
      'Locked private memory that becomes writable is filled at once, so that no write has to wait for a page.',
    ],
  },
  mremap: {
    parameters: {
      old_addr: ALIGNED,
      old_len: 'Bytes of the old range; 0 copies a shared mapping.',
      new_len: 'Bytes that it shall have.',
      flags: '0, or MREMAP_MAYMOVE with MREMAP_FIXED or MREMAP_DONTUNMAP.',
    },
    history: [
      ['2.4', 'MREMAP_FIXED'],
      ['5.7', 'MREMAP_DONTUNMAP'],
    ],
    pitfalls: ['What is added to a locked mapping is locked, counts against RLIMIT_MEMLOCK and is filled.'],
  },
  brk: { parameters: { addr: 'The new end of the heap.' }, pitfalls: ['Under MCL_FUTURE new heap counts as locked.'] },
  sbrk: { parameters: { increment: 'Bytes to move the end by; 0 asks where it is.' } },
  madvise: {
    parameters: { addr: ALIGNED, len: LEN, advice: 'One MADV_* value: they are not combined.' },
    history: [
      ['2.6.16', 'MADV_DONTFORK, MADV_REMOVE'],
      ['3.4', 'MADV_DONTDUMP: keeps secrets out of core dumps'],
      ['4.5', 'MADV_FREE'],
      ['4.14', 'MADV_WIPEONFORK'],
      ['5.14', 'MADV_POPULATE_READ, MADV_POPULATE_WRITE'],
      ['5.18', 'MADV_DONTNEED_LOCKED'],
      ['6.13', 'MADV_GUARD_INSTALL'],
    ],
    pitfalls: ['MADV_DONTNEED is EINVAL over a locked VMA; what lies before that VMA is already gone.'],
  },
  msync: {
    parameters: { addr: ALIGNED, len: LEN, flags: 'MS_SYNC or MS_ASYNC, and MS_INVALIDATE if wanted.' },
    pitfalls: ['MS_INVALIDATE over a locked VMA is EBUSY.'],
  },
  mincore: {
    parameters: { addr: ALIGNED, len: LEN, vec: 'One byte a page: bit 0 tells that it is present.' },
    history: [['2.4', 'at first']],
    pitfalls: ['Present is not locked: the answer may be old when it comes.'],
  },
  remap_file_pages: {
    parameters: { addr: ALIGNED, size: 'Bytes.', prot: 'Must be 0.', pgoff: 'In pages.', flags: 'MAP_NONBLOCK or 0.' },
    history: [
      ['2.6', 'as non-linear mappings'],
      ['4.0', 'made of ordinary mappings: each call may cost a VMA'],
    ],
  },
  mseal: {
    parameters: { addr: ALIGNED, len: LEN, flags: 'Must be 0.' },
    history: [['6.10', 'at first']],
    pitfalls: ['A seal cannot be taken back. It does not forbid mlock or munlock.'],
  },
  getrlimit: {
    parameters: { resource: RESOURCE, rlim: 'Where the limits go: rlim_cur is soft, rlim_max is hard.' },
    pitfalls: ['RLIMIT_MEMLOCK counts bytes, ulimit -l KiB, locked_vm() pages.'],
  },
  setrlimit: {
    parameters: { resource: RESOURCE, rlim: 'The new limits: rlim_cur is soft, rlim_max is hard.' },
    history: [
      ['2.6.9', 'RLIMIT_MEMLOCK limits processes without CAP_IPC_LOCK, and no longer those that have it'],
      ['5.16', 'RLIMIT_MEMLOCK begins at 8 MiB instead of 64 KiB'],
    ],
    pitfalls: [
      'RLIMIT_MEMLOCK counts bytes, not pages.',
      'A hard limit that was lowered stays so without CAP_SYS_RESOURCE.',
      'What is locked already stays locked under a lower limit.',
    ],
  },
  prlimit: {
    parameters: {
      pid: 'Whose limit; 0 is the own one.',
      resource: RESOURCE,
      new_limit: 'NULL changes nothing.',
      old_limit: 'Where the limits from before go; may be NULL.',
    },
    history: [['2.6.36', 'at first']],
  },
  memfd_create: {
    parameters: { name: 'For /proc only: two files may have one name.', flags: 'MFD_CLOEXEC, MFD_ALLOW_SEALING or 0.' },
    history: [['3.17', 'at first']],
    pitfalls: ['The file begins empty: ftruncate gives it a length, and beyond it is SIGBUS.'],
  },
  memfd_secret: {
    parameters: { flags: '0 or O_CLOEXEC.' },
    history: [
      ['5.14', 'behind a boot option'],
      ['6.5', 'available without it'],
    ],
    pitfalls: ['Its pages count against RLIMIT_MEMLOCK as soon as they are mapped, and the mapping must be shared.'],
  },
  open: {
    parameters: { name: 'Any name: all are anonymous files here.', flags: 'O_RDWR, with O_CREAT or O_TMPFILE.' },
    history: [['3.11', 'O_TMPFILE']],
  },
  ftruncate: {
    parameters: { fd: FD, len: 'Bytes.' },
    pitfalls: ['A shorter file takes its pages out of all mappings, locked or not.'],
  },
  fallocate: {
    parameters: {
      fd: FD,
      mode: '0 allocates; FALLOC_FL_PUNCH_HOLE with FALLOC_FL_KEEP_SIZE gives back.',
      offset: 'Bytes.',
      len: 'Bytes.',
    },
    history: [
      ['2.6.23', 'at first'],
      ['2.6.38', 'FALLOC_FL_PUNCH_HOLE'],
    ],
  },
  close: { parameters: { fd: FD }, pitfalls: ['Mappings of the file stay.'] },
  fork: {
    pitfalls: [
      'The child has no locks and no MCL_FUTURE: it must lock for itself.',
      'Until one of them writes, both share the pages; a write of the parent then copies its locked page.',
    ],
  },
  execve: {
    parameters: {
      path: 'The program.',
      argv: 'Its arguments, NULL at the end.',
      envp: 'Its environment, NULL at the end.',
    },
    pitfalls: ['Locks and MCL_FUTURE end here, whatever older texts say.'],
  },
  wait: { parameters: { status: 'Where the status goes; may be NULL.' } },
  waitpid: {
    parameters: {
      pid: 'Which child; -1 for any.',
      status: 'Where the status goes; may be NULL.',
      options: '0 or WNOHANG.',
    },
  },
  kill: { parameters: { pid: 'The process.', sig: SIGNAL } },
  raise: { parameters: { sig: SIGNAL } },
  shmget: {
    parameters: {
      key: 'IPC_PRIVATE for a segment of its own.',
      size: 'Bytes.',
      flags: 'IPC_CREAT and a mode, as 0600.',
    },
  },
  shmat: {
    parameters: { id: 'From shmget.', addr: 'NULL leaves it to the kernel.', flags: '0, SHM_RDONLY, SHM_REMAP.' },
  },
  shmdt: { parameters: { addr: 'What shmat gave.' } },
  shmctl: {
    parameters: {
      id: 'From shmget.',
      cmd: 'SHM_LOCK, SHM_UNLOCK, IPC_RMID or IPC_STAT.',
      buf: 'NULL, but for IPC_STAT.',
    },
    history: [['2.6.10', 'SHM_LOCK without CAP_IPC_LOCK, up to RLIMIT_MEMLOCK']],
    pitfalls: ['SHM_LOCK is charged to the user, not to locked_vm; it brings no page by itself.'],
  },
  syscall: {
    parameters: { number: 'SYS_mlock and its like.' },
    pitfalls: ['Arguments go to the kernel as 64 bits: -1 of type int and -1L are the same, 0xffffffff is not.'],
  },
  malloc: {
    parameters: { size: 'Bytes.' },
    pitfalls: [
      'Small pieces share pages: a lock of one is a lock of its neighbours, and so is the unlock.',
      'free does not unlock.',
    ],
  },
  free: { parameters: { pointer: 'What malloc gave.' }, pitfalls: ['Memory that goes back to the heap stays locked.'] },
  memset: { parameters: { to: 'Where to write.', byte: 'Not simulated.', len: 'Bytes.' } },
  memcpy: { parameters: { to: 'Where to write.', from: 'Where to read.', len: 'Bytes.' } },
  touch_read: { parameters: { addr: 'Where to begin.', len: 'Bytes: one is read in each page.' } },
  touch_write: { parameters: { addr: 'Where to begin.', len: 'Bytes: one is written in each page.' } },
  cap_raise: { parameters: { capability: 'CAP_IPC_LOCK: locks without a limit.' } },
  cap_drop: {
    parameters: { capability: 'CAP_IPC_LOCK: RLIMIT_MEMLOCK applies again.' },
    pitfalls: ['What is locked stays locked.'],
  },
  memory_pressure: {
    parameters: { bytes: 'How much to reclaim.' },
    pitfalls: ['Clean file pages and swapped ones go; without room in swap anonymous pages cannot.'],
  },
  pending_signal: { parameters: { sig: 'SIGKILL: calls that wait for mmap_lock as killable give EINTR.' } },
  vma_flags: { parameters: { addr: 'An address in the VMA.' } },
  page_flags: {
    parameters: { addr: 'An address in the page.' },
    pitfalls: ['KPF_* are bit numbers: test with & 1UL << KPF_MLOCKED.'],
  },
  locked_vm: {
    pitfalls: [
      'It counts addresses in VM_LOCKED VMAs, not pages that are present. In pages: times PAGE_SIZE is bytes.',
    ],
  },
};
