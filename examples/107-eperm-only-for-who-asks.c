// At a limit of 0, mmap is EPERM or EAGAIN.
// Where documents and the kernel differ: What does mmap return when RLIMIT_MEMLOCK is 0?
// The manual of mmap has no EPERM for the limit. MAP_LOCKED without any right to lock is EPERM; a
// mapping that MCL_FUTURE wants locked is EAGAIN, and so is a growing heap refused. Once MCL_FUTURE
// is off, mmap works again.
assert(mlockall(MCL_FUTURE) == 0);
struct rlimit none = { 0, 8 * MiB };
setrlimit(RLIMIT_MEMLOCK, &none);

int anon = MAP_PRIVATE | MAP_ANONYMOUS;
assert(mmap(NULL, PAGE_SIZE, PROT_READ, anon | MAP_LOCKED, -1, 0) == MAP_FAILED && errno == EPERM);
assert(mmap(NULL, PAGE_SIZE, PROT_READ, anon, -1, 0) == MAP_FAILED && errno == EAGAIN);
assert(sbrk(PAGE_SIZE) == (void *)-1 && errno == ENOMEM);
assert(mlockall(MCL_FUTURE) == -1 && errno == EPERM);   // cannot even be repeated,

assert(munlockall() == 0);                              // but ended
assert(mmap(NULL, PAGE_SIZE, PROT_READ, anon, -1, 0) != MAP_FAILED);
