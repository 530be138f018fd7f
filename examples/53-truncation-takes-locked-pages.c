// Truncating a file takes its locked pages away.
// Files and shared memory: Does a lock protect pages from their file?
// No. Truncation takes locked pages away too, the lock stays on the addresses, and the next access
// there is SIGBUS.
int fd = memfd_create("keys", 0);
ftruncate(fd, 4 * PAGE_SIZE);
char *shared = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
char *private = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
mlock(shared, 4 * PAGE_SIZE);
mlock(private, 4 * PAGE_SIZE);                          // copies of its own
assert(locked_vm() == 8);

ftruncate(fd, PAGE_SIZE);
assert(locked_vm() == 8);
assert(page_flags(shared + PAGE_SIZE) == 0);
assert(page_flags(private + PAGE_SIZE) == 0);           // even the copies
assert(touch_read(shared + PAGE_SIZE, 1) == SIGBUS);

ftruncate(fd, 4 * PAGE_SIZE);
assert(touch_write(shared + PAGE_SIZE, 1) == 0);        // a new page, pinned at once
assert(page_flags(shared + PAGE_SIZE) & 1UL << KPF_MLOCKED);
