// Every call that a scenario may make: signature and what its arguments take. Completion and hover, the checker and the
// interpreter all read these rows; what a call does and how it fails stands in manual-meanings.ts and manual-errors.ts.
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
  /** The result is the address of a new mapping. */
  readonly maps: boolean;
}

type Row = readonly [signature: string, constants?: Readonly<Record<string, string>>];

const SYSTEM: readonly Row[] = [
  ['int mlock(const void *addr, size_t len)'],
  ['int mlock2(const void *addr, size_t len, int flags)', { flags: 'MLOCK_' }],
  ['int munlock(const void *addr, size_t len)'],
  ['int mlockall(int flags)', { flags: 'MCL_' }],
  ['int munlockall(void)'],
  ['void *mmap(void *addr, size_t len, int prot, int flags, int fd, off_t offset)', { prot: 'PROT_', flags: 'MAP_' }],
  ['int munmap(void *addr, size_t len)'],
  ['int mprotect(void *addr, size_t len, int prot)', { prot: 'PROT_' }],
  ['void *mremap(void *old_addr, size_t old_len, size_t new_len, int flags, ...)', { flags: 'MREMAP_' }],
  ['int brk(void *addr)'],
  ['void *sbrk(intptr_t increment)'],
  ['int madvise(void *addr, size_t len, int advice)', { advice: '=MADV_' }],
  ['int msync(void *addr, size_t len, int flags)', { flags: 'MS_' }],
  ['int mincore(void *addr, size_t len, unsigned char *vec)'],
  ['int remap_file_pages(void *addr, size_t size, int prot, size_t pgoff, int flags)'],
  ['int mseal(void *addr, size_t len, unsigned long flags)'],
  ['int getrlimit(int resource, struct rlimit *rlim)', { resource: '=RLIMIT_' }],
  ['int setrlimit(int resource, const struct rlimit *rlim)', { resource: '=RLIMIT_' }],
  [
    'int prlimit(pid_t pid, int resource, const struct rlimit *new_limit, struct rlimit *old_limit)',
    { resource: '=RLIMIT_' },
  ],
  ['int memfd_create(const char *name, unsigned int flags)', { flags: 'MFD_' }],
  ['int memfd_secret(unsigned int flags)'],
  ['int open(const char *name, int flags, ...)', { flags: 'O_' }],
  ['int ftruncate(int fd, off_t len)'],
  ['int fallocate(int fd, int mode, off_t offset, off_t len)', { mode: 'FALLOC_FL_' }],
  ['int close(int fd)'],
  ['pid_t fork(void)'],
  ['pid_t wait(int *status)'],
  ['pid_t waitpid(pid_t pid, int *status, int options)', { options: 'W' }],
  ['int execve(const char *path, char *const argv[], char *const envp[])'],
  ['pid_t getpid(void)'],
  ['int kill(pid_t pid, int sig)', { sig: '=SIG' }],
  ['int raise(int sig)', { sig: '=SIG' }],
  ['int pause(void)'],
  ['int shmget(key_t key, size_t size, int flags)', { flags: 'IPC_ SHM_', key: '=IPC_PRIVATE' }],
  ['void *shmat(int id, const void *addr, int flags)', { flags: 'SHM_' }],
  ['int shmdt(const void *addr)'],
  ['int shmctl(int id, int cmd, void *buf)', { cmd: '=IPC_ SHM_' }],
  ['long syscall(long number, ...)', { number: '=SYS_' }],
  ['void *malloc(size_t size)'],
  ['void free(void *pointer)'],
  ['void exit(int status)'],
  ['void _exit(int status)'],
  ['void abort(void)'],
  ['void *memset(void *to, int byte, size_t len)'],
  ['void *memcpy(void *to, const void *from, size_t len)'],
];

const PLAYGROUND: readonly Row[] = [
  ['int touch_read(const void *addr, size_t len)'],
  ['int touch_write(void *addr, size_t len)'],
  ['int cap_raise(int capability)', { capability: '=CAP_' }],
  ['int cap_drop(int capability)', { capability: '=CAP_' }],
  ['long memory_pressure(size_t bytes)'],
  ['int pending_signal(int sig, ...)', { sig: '=SIG' }],
  ['long locked_vm(void)'],
  ['long total_vm(void)'],
  ['long rss(void)'],
  ['long map_count(void)'],
  ['unsigned long vma_flags(const void *addr)'],
  ['unsigned long page_flags(const void *addr)'],
];

const LIBRARY: readonly Row[] = [
  ['int printf(const char *format, ...)'],
  ['int fprintf(int stream, const char *format, ...)', { stream: '=std' }],
  ['int puts(const char *text)'],
  ['void perror(const char *text)'],
  ['char *strerror(int number)', { number: '=E' }],
  ['size_t strlen(const char *text)'],
  ['void assert(int expression)'],
  ['long sysconf(int name)', { name: '=_SC_' }],
  ['int getpagesize(void)'],
  ['int WIFEXITED(int status)'],
  ['int WEXITSTATUS(int status)'],
  ['int WIFSIGNALED(int status)'],
  ['int WTERMSIG(int status)'],
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

function read([signature, constants = {}]: Row, group: Builtin['group']): Builtin {
  const [, result, name, inside] = /^(.*?)(\w+)\((.*)\)$/.exec(signature)!;
  const parts = inside === 'void' ? [] : inside!.split(', ');
  return {
    name: name!,
    signature,
    group,
    result: typeOf(result!.trim()),
    parameters: parts.filter((part) => part !== '...').map((part) => parameter(part, constants)),
    variadic: parts.includes('...'),
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
