// The access raises SIGBUS, whether memory is locked or not.
// Files and shared memory: Does mlockall raise SIGBUS?
// No. Only a later access to a page that is gone does, in locked memory as in any other.
int fd = memfd_create("data", 0);
ftruncate(fd, 2 * PAGE_SIZE);
char *p = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
assert(mlockall(MCL_CURRENT) == 0);
ftruncate(fd, PAGE_SIZE);
assert(touch_read(p + PAGE_SIZE, 1) == SIGBUS);
assert(munlockall() == 0);
assert(touch_read(p + PAGE_SIZE, 1) == SIGBUS);
