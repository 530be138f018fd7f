// Over the limit: ENOMEM from mlock, EAGAIN from mmap.
// Limits and rights: What do the calls that lock answer when the limit is reached?
// mlock and mlock2 say ENOMEM, mmap says EAGAIN whether MAP_LOCKED or MCL_FUTURE asked, and a heap
// does not grow. None of them changes anything.
#pragma rlimit RLIMIT_MEMLOCK 8192      // 2 pages

int anon = MAP_PRIVATE | MAP_ANONYMOUS;
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, anon, -1, 0);
long size = total_vm();
assert(mlock(p, 3 * PAGE_SIZE) == -1 && errno == ENOMEM);
assert(mlock2(p, 3 * PAGE_SIZE, MLOCK_ONFAULT) == -1 && errno == ENOMEM);
assert(mmap(NULL, 3 * PAGE_SIZE, PROT_NONE, anon | MAP_LOCKED, -1, 0) == MAP_FAILED && errno == EAGAIN);
assert(total_vm() == size && locked_vm() == 0);

assert(mlockall(MCL_FUTURE) == 0);
assert(sbrk(3 * PAGE_SIZE) == (void *)-1 && errno == ENOMEM);
assert(mmap(NULL, 3 * PAGE_SIZE, PROT_NONE, anon, -1, 0) == MAP_FAILED && errno == EAGAIN);
assert(mmap(NULL, 2 * PAGE_SIZE, PROT_NONE, anon, -1, 0) != MAP_FAILED);
assert(locked_vm() == 2);                               // counted, though no page can ever be there
