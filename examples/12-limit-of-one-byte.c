// A limit of one byte permits MCL_FUTURE, then no mmap.
// Limits and rights: How is a limit of 1 different from a limit of 0?
// 0 forbids every lock with EPERM. 1 byte is less than a page but not 0: mlockall(MCL_FUTURE) is
// permitted, and then every mmap is EAGAIN.
#pragma rlimit RLIMIT_MEMLOCK 1

char *p = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mlock(p, 0) == 0);                               // 0 pages fit into 0 pages
assert(mlock(p, PAGE_SIZE) == -1 && errno == ENOMEM);

assert(mlockall(MCL_FUTURE) == 0);                      // the check is on bytes, and 1 is not 0
assert(mmap(NULL, PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED && errno == EAGAIN);

munlockall();
assert(mmap(NULL, PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
