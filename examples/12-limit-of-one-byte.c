// A limit of one byte permits MCL_FUTURE, then no mmap.
// Limits and rights: How is a limit of 1 different from a limit of 0?
// A limit of one byte permits mlockall(MCL_FUTURE), and then every mmap fails.
#pragma rlimit RLIMIT_MEMLOCK 1

char *p = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mlock(p, 0) == 0);                               // 0 pages fit into 0 pages
assert(mlock(p, PAGE_SIZE) == -1 && errno == ENOMEM);

assert(mlockall(MCL_FUTURE) == 0);                      // the check is on bytes, and 1 is not 0
assert(mmap(NULL, PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED && errno == EAGAIN);

munlockall();
assert(mmap(NULL, PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
