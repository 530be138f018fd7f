// Every call that a scenario may make: signature, what its arguments take, what it does. Completion and hover, the checker
// and the interpreter all read these rows; how a call fails stands in manual-errors.ts.
import { NAMED_TYPES, pointerTo, RLIMIT, UCHAR, UINT, ULONG, CHAR, INT, LONG, VOID, type CType } from './types';

/** What an argument takes. A string is the prefix of the constants that belong there. */
export type Takes =
  | { readonly kind: 'address' | 'length' | 'fd' | 'pid' | 'number' | 'text' | 'out' | 'in' | 'vector' }
  | { readonly kind: 'constants'; readonly prefixes: readonly string[]; readonly combine: boolean };

export interface Parameter {
  readonly name: string;
  /** As C spells it: "const void *". */
  readonly spelling: string;
  readonly type: CType;
  readonly takes: Takes;
}

export interface Builtin {
  readonly name: string;
  /** "int mlock(const void *addr, size_t len)". */
  readonly signature: string;
  /** 'system': a call of Linux or glibc; 'playground': of playground.h; 'library': of C, no step of its own. */
  readonly group: 'system' | 'playground' | 'library';
  readonly result: CType;
  readonly parameters: readonly Parameter[];
  /** More arguments may follow. */
  readonly variadic: boolean;
  /** One line: what it does. */
  readonly meaning: string;
  /** The result is the address of a new mapping. */
  readonly maps: boolean;
}

type Row = readonly [signature: string, meaning: string, constants?: Readonly<Record<string, string>>];

const SYSTEM: readonly Row[] = [
  ['int mlock(const void *addr, size_t len)', 'Locks the pages of a range and makes them present.'],
  [
    'int mlock2(const void *addr, size_t len, int flags)',
    'As mlock; with MLOCK_ONFAULT pages are locked when they are faulted in.',
    { flags: 'MLOCK_' },
  ],
  [
    'int munlock(const void *addr, size_t len)',
    'Unlocks the pages of a range. One munlock undoes any number of mlocks.',
  ],
  [
    'int mlockall(int flags)',
    'Locks the whole address space (MCL_CURRENT), what will be mapped later (MCL_FUTURE), or both.',
    { flags: 'MCL_' },
  ],
  ['int munlockall(void)', 'Unlocks the whole address space, and what will be mapped later.'],
  [
    'void *mmap(void *addr, size_t len, int prot, int flags, int fd, off_t offset)',
    'Maps pages. Gives their address, or MAP_FAILED.',
    { prot: 'PROT_', flags: 'MAP_' },
  ],
  ['int munmap(void *addr, size_t len)', 'Unmaps a range; holes in it are no error.'],
  ['int mprotect(void *addr, size_t len, int prot)', 'Changes the protection of a range.', { prot: 'PROT_' }],
  [
    'void *mremap(void *old_addr, size_t old_len, size_t new_len, int flags, ...)',
    'Moves, grows or shrinks a mapping; with MREMAP_FIXED the new address is the 5th argument.',
    { flags: 'MREMAP_' },
  ],
  ['int brk(void *addr)', 'Sets the end of the heap.'],
  ['void *sbrk(intptr_t increment)', 'Moves the end of the heap; gives the old end.'],
  ['int madvise(void *addr, size_t len, int advice)', 'Tells what will happen to a range.', { advice: '=MADV_' }],
  ['int msync(void *addr, size_t len, int flags)', 'Writes changes back to the file.', { flags: 'MS_' }],
  ['int mincore(void *addr, size_t len, unsigned char *vec)', 'Tells for each page whether it is present.'],
  [
    'int remap_file_pages(void *addr, size_t size, int prot, size_t pgoff, int flags)',
    'Maps other pages of the file at the same place.',
  ],
  ['int mseal(void *addr, size_t len, unsigned long flags)', 'Forbids later changes of the mappings.'],
  ['int getrlimit(int resource, struct rlimit *rlim)', 'Reads a limit.', { resource: '=RLIMIT_' }],
  ['int setrlimit(int resource, const struct rlimit *rlim)', 'Sets a limit.', { resource: '=RLIMIT_' }],
  [
    'int prlimit(pid_t pid, int resource, const struct rlimit *new_limit, struct rlimit *old_limit)',
    'Sets and reads a limit of any process; pid 0 is the own one.',
    { resource: '=RLIMIT_' },
  ],
  ['int memfd_create(const char *name, unsigned int flags)', 'Makes a file in memory.', { flags: 'MFD_' }],
  ['int memfd_secret(unsigned int flags)', 'Makes a file whose pages the kernel itself cannot see.'],
  [
    'int open(const char *name, int flags, ...)',
    'Opens a file. Every name stands for an anonymous file in memory.',
    { flags: 'O_' },
  ],
  ['int ftruncate(int fd, off_t len)', 'Sets the length of a file.'],
  [
    'int fallocate(int fd, int mode, off_t offset, off_t len)',
    'Allocates or punches pages of a file.',
    { mode: 'FALLOC_FL_' },
  ],
  ['int close(int fd)', 'Closes a file.'],
  ['pid_t fork(void)', 'Makes a child. It runs to its end, or to pause(), before the parent goes on.'],
  ['pid_t wait(int *status)', 'Takes the status of a child that has ended.'],
  ['pid_t waitpid(pid_t pid, int *status, int options)', 'As wait, for one child.', { options: 'W' }],
  [
    'int execve(const char *path, char *const argv[], char *const envp[])',
    'Replaces the process by a fresh image. Its text ends there.',
  ],
  ['pid_t getpid(void)', 'The number of the process; the first is 1.'],
  ['int kill(pid_t pid, int sig)', 'Sends a signal to a process.', { sig: '=SIG' }],
  ['int raise(int sig)', 'Sends a signal to the own process.', { sig: '=SIG' }],
  ['int pause(void)', 'Waits for ever: the process stays as it is, and its parent goes on.'],
  [
    'int shmget(key_t key, size_t size, int flags)',
    'Makes or finds a SysV segment.',
    { flags: 'IPC_ SHM_', key: '=IPC_PRIVATE' },
  ],
  [
    'void *shmat(int id, const void *addr, int flags)',
    'Maps a SysV segment. Gives its address, or (void *)-1.',
    { flags: 'SHM_' },
  ],
  ['int shmdt(const void *addr)', 'Unmaps a SysV segment.'],
  ['int shmctl(int id, int cmd, void *buf)', 'Locks, unlocks or removes a SysV segment.', { cmd: '=IPC_ SHM_' }],
  [
    'long syscall(long number, ...)',
    'Makes a system call by number: arguments go to the kernel as they are.',
    { number: '=SYS_' },
  ],
  ['void *malloc(size_t size)', 'Memory of glibc: from the heap, or a mapping of its own from 128 KiB on.'],
  ['void free(void *pointer)', 'Gives memory of malloc back.'],
  ['void exit(int status)', 'Ends the process.'],
  ['void _exit(int status)', 'Ends the process.'],
  ['void abort(void)', 'Ends the process by SIGABRT.'],
  ['void *memset(void *to, int byte, size_t len)', 'Writes to each page of the range. A fault ends the process.'],
  [
    'void *memcpy(void *to, const void *from, size_t len)',
    'Reads one range and writes the other. A fault ends the process.',
  ],
];

const PLAYGROUND: readonly Row[] = [
  [
    'int touch_read(const void *addr, size_t len)',
    'Reads one byte of each page. Gives 0, or the signal of the first page that fails; the process survives.',
  ],
  [
    'int touch_write(void *addr, size_t len)',
    'Writes one byte of each page. Gives 0, or the signal of the first page that fails; the process survives.',
  ],
  ['int cap_raise(int capability)', 'Puts a capability into effect.', { capability: '=CAP_' }],
  ['int cap_drop(int capability)', 'Takes a capability out of effect.', { capability: '=CAP_' }],
  ['long memory_pressure(size_t bytes)', 'Reclaims pages: evictable ones, never locked ones. Gives the pages taken.'],
  [
    'int pending_signal(int sig, ...)',
    'A fatal signal is pending when the next call wants mmap_lock, which another thread holds; with 0 as the 2nd argument nobody does.',
    { sig: '=SIG' },
  ],
  ['long locked_vm(void)', 'Pages of VM_LOCKED VMAs: VmLck.'],
  ['long total_vm(void)', 'Pages of all VMAs: VmSize.'],
  ['long rss(void)', 'Present pages: VmRSS.'],
  ['long map_count(void)', 'Number of VMAs.'],
  ['unsigned long vma_flags(const void *addr)', 'VM_* bits of the VMA at an address; 0 where nothing is mapped.'],
  [
    'unsigned long page_flags(const void *addr)',
    'Word of /proc/kpageflags for the page at an address: bit numbers KPF_*; 0 where none is present.',
  ],
];

const LIBRARY: readonly Row[] = [
  ['int printf(const char *format, ...)', 'Prints to the log.'],
  [
    'int fprintf(int stream, const char *format, ...)',
    'Prints to the log; stream is stdout or stderr.',
    { stream: '=std' },
  ],
  ['int puts(const char *text)', 'Prints a line to the log.'],
  ['void perror(const char *text)', 'Prints a text and what errno means to the log.'],
  ['char *strerror(int number)', 'What an error number means.', { number: '=E' }],
  ['size_t strlen(const char *text)', 'The length of a text.'],
  ['void assert(int expression)', 'Ends the run if the expression is 0.'],
  ['long sysconf(int name)', 'Reads a property of the machine.', { name: '=_SC_' }],
  ['int getpagesize(void)', 'Bytes of a page: 4096.'],
  ['int WIFEXITED(int status)', 'True if the child ended by exit.'],
  ['int WEXITSTATUS(int status)', 'The exit status of the child.'],
  ['int WIFSIGNALED(int status)', 'True if a signal ended the child.'],
  ['int WTERMSIG(int status)', 'The signal that ended the child.'],
];

/** Calls whose result is the address of a mapping. */
const MAPS = new Set(['mmap', 'mremap', 'sbrk', 'malloc', 'shmat']);

const TYPES: ReadonlyMap<string, CType> = new Map<string, CType>([
  ...NAMED_TYPES,
  ['void', VOID],
  ['char', CHAR],
  ['unsigned char', UCHAR],
  ['int', INT],
  ['unsigned int', UINT],
  ['long', LONG],
  ['unsigned long', ULONG],
  ['struct rlimit', RLIMIT],
]);

/** Every call by name. */
export const BUILTINS: ReadonlyMap<string, Builtin> = new Map(
  [
    ...SYSTEM.map((row) => read(row, 'system')),
    ...PLAYGROUND.map((row) => read(row, 'playground')),
    ...LIBRARY.map((row) => read(row, 'library')),
  ].map((builtin) => [builtin.name, builtin]),
);

/** Calls that people know and the playground has not: what to write instead. */
export const ABSENT: Readonly<Record<string, string>> = {
  calloc: 'Write `malloc`: fresh memory is zero here.',
  realloc: 'Write `malloc` and `free`.',
  posix_memalign: 'Write `mmap`, whose result is aligned to a page.',
  aligned_alloc: 'Write `mmap`, whose result is aligned to a page.',
  memalign: 'Write `mmap`, whose result is aligned to a page.',
  valloc: 'Write `mmap`, whose result is aligned to a page.',
  sleep: 'Remove it: no time passes here.',
  usleep: 'Remove it: no time passes here.',
  nanosleep: 'Remove it: no time passes here.',
  vfork: 'Write `fork`.',
  clone: 'Write `fork`.',
  pthread_create: 'Write `fork`: there are no threads.',
  signal: 'Remove it: a signal ends the process, and touch_read() and touch_write() tell which.',
  sigaction: 'Remove it: a signal ends the process, and touch_read() and touch_write() tell which.',
  system: 'Write the calls themselves.',
  getuid: 'Remove it: cap_raise(CAP_IPC_LOCK) stands for being root.',
  geteuid: 'Remove it: cap_raise(CAP_IPC_LOCK) stands for being root.',
  read: 'Write `touch_write` for the memory that it would fill.',
  write: 'Write `printf` for text, or `touch_read` for memory.',
  fopen: 'Write `open`.',
  fflush: 'Remove it: the log is never late.',
  sprintf: 'Write `printf`.',
  snprintf: 'Write `printf`.',
  strcpy: 'Write `memset(to, 1, length)`: contents are not simulated.',
  memmove: 'Write `memcpy`.',
  memcmp: 'Remove it: contents are not simulated.',
  execl: 'Write `execve(path, argv, envp)`.',
  execv: 'Write `execve(path, argv, envp)`.',
  execvp: 'Write `execve(path, argv, envp)`.',
  waitid: 'Write `waitpid`.',
  mmap64: 'Write `mmap`.',
  process_madvise: 'Write `madvise`.',
};

function read([signature, meaning, constants = {}]: Row, group: Builtin['group']): Builtin {
  const [, result, name, inside] = /^(.*?)(\w+)\((.*)\)$/.exec(signature)!;
  const parts = inside === 'void' ? [] : inside!.split(', ');
  return {
    name: name!,
    signature,
    group,
    result: typeOf(result!.trim()),
    parameters: parts.filter((part) => part !== '...').map((part) => parameter(part, constants)),
    variadic: parts.includes('...'),
    meaning,
    maps: MAPS.has(name!),
  };
}

function parameter(text: string, constants: Readonly<Record<string, string>>): Parameter {
  const [, spelt, name, array] = /^(.*?)(\w+)(\[\])?$/.exec(text)!;
  const spelling = `${spelt!.trim()}${array ? ' *' : ''}`;
  const type = typeOf(spelling);
  const belongs = constants[name!];
  return { name: name!, spelling, type, takes: belongs ? constantsOf(belongs) : takes(name!, spelling, type) };
}

/** "MAP_": flags that are combined; "=MADV_": one of them. */
function constantsOf(text: string): Takes {
  const combine = !text.startsWith('=');
  return { kind: 'constants', prefixes: text.replace('=', '').split(' '), combine };
}

function takes(name: string, spelling: string, type: CType): Takes {
  if (name === 'fd') return { kind: 'fd' };
  if (name === 'pid') return { kind: 'pid' };
  if (type.kind === 'pointer') {
    if (spelling === 'const char *') return { kind: 'text' };
    if (type.to.kind === 'pointer') return { kind: 'vector' };
    if (type.to.kind === 'void') return { kind: 'address' };
    return { kind: spelling.startsWith('const') ? 'in' : 'out' };
  }
  return { kind: spelling === 'size_t' ? 'length' : 'number' };
}

function typeOf(spelling: string): CType {
  const stars = spelling.split('*').length - 1;
  const base = TYPES.get(spelling.replace(/\bconst\b|\*/g, '').trim())!;
  return Array.from({ length: stars }).reduce<CType>((type) => pointerTo(type), base);
}
