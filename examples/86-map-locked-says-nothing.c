// MAP_LOCKED reports the limit, and no page that is missing.
// From the field: Why is a page of mmap(MAP_LOCKED) not resident although mmap succeeded?
// mmap answers EAGAIN if the mapping would be over the limit, and ignores every page that cannot be
// brought in. Ask mlock after mmap: it says ENOMEM for the same pages.
int fd = memfd_create("log", 0);
ftruncate(fd, PAGE_SIZE);                               // one page of file,
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_LOCKED, fd, 0);
assert(p != MAP_FAILED);                                // four pages of mapping
assert(locked_vm() == 4);
assert(page_flags(p) & 1UL << KPF_MLOCKED);
assert(page_flags(p + PAGE_SIZE) == 0);
assert(touch_write(p + PAGE_SIZE, 1) == SIGBUS);

assert(mlock(p, 4 * PAGE_SIZE) == -1 && errno == ENOMEM);       // mlock tells
assert(mmap(NULL, 8 * MiB, PROT_READ, MAP_SHARED | MAP_LOCKED, fd, 0) == MAP_FAILED && errno == EAGAIN);

ftruncate(fd, 4 * PAGE_SIZE);                           // what to do: have the file first, then lock
assert(mlock(p, 4 * PAGE_SIZE) == 0);
assert(page_flags(p + 3 * PAGE_SIZE) & 1UL << KPF_MLOCKED);
