// mlock beyond the end of a file fails and keeps the lock.
// Files and shared memory: What does mlock do with pages that have no file behind them?
// mlock brings in the pages of the file, then fails with ENOMEM; all stays locked and counted.
// MAP_LOCKED hides the same failure.
int fd = memfd_create("three", 0);
ftruncate(fd, 3 * PAGE_SIZE);
char *p = mmap(NULL, 6 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
assert(mlock(p, 6 * PAGE_SIZE) == -1 && errno == ENOMEM);
assert(locked_vm() == 6);
assert(page_flags(p + 2 * PAGE_SIZE) & 1UL << KPF_MLOCKED);
assert(page_flags(p + 3 * PAGE_SIZE) == 0);
assert(touch_read(p + 3 * PAGE_SIZE, 1) == SIGBUS);

char *q = mmap(NULL, 6 * PAGE_SIZE, PROT_READ, MAP_SHARED | MAP_LOCKED, fd, 0);
assert(q != MAP_FAILED && locked_vm() == 12);
