// mlock of a page that cannot be faulted in fails, and locks.
// Pages and the LRU: What is left when mlock cannot bring a page in?
// ENOMEM, with the whole range marked and counted, and the pages before the failing one resident.
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
mprotect(p + 2 * PAGE_SIZE, PAGE_SIZE, PROT_NONE);
assert(mlock(p, 4 * PAGE_SIZE) == -1 && errno == ENOMEM);
assert(locked_vm() == 4);
assert(page_flags(p + PAGE_SIZE) & 1UL << KPF_MLOCKED);
assert(munlock(p, 4 * PAGE_SIZE) == 0);
assert(mlock2(p, 4 * PAGE_SIZE, 0) == -1 && errno == ENOMEM);

int fd = memfd_create("short", 0);
ftruncate(fd, PAGE_SIZE);
char *q = mmap(NULL, 3 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
assert(mlock(q, 3 * PAGE_SIZE) == -1 && errno == ENOMEM);
assert(madvise(q + PAGE_SIZE, PAGE_SIZE, MADV_POPULATE_READ) == -1 && errno == EFAULT);
assert(touch_read(q + PAGE_SIZE, 1) == SIGBUS);         // a locked page that is not there
