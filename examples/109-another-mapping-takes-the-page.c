// What a lock forbids here, another mapping may do.
// Where documents and the kernel differ: Can MADV_REMOVE take pages that are locked?
// The manual has EINVAL for locked ranges, and through the locked mapping it is. The lock belongs to
// the mapping and not to the file: through another mapping of the same file the page is removed, and
// the locked mapping stays locked, counted, and empty.
int fd = memfd_create("state", 0);
ftruncate(fd, 2 * PAGE_SIZE);
char *locked = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
char *other = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
mlock(locked, 2 * PAGE_SIZE);
assert(madvise(locked, PAGE_SIZE, MADV_REMOVE) == -1 && errno == EINVAL);
assert(page_flags(locked) & 1UL << KPF_MLOCKED);

assert(madvise(other, PAGE_SIZE, MADV_REMOVE) == 0);
assert(page_flags(locked) == 0);
assert(locked_vm() == 2);
assert(page_flags(locked + PAGE_SIZE) & 1UL << KPF_MLOCKED);

assert(mlock(locked, 2 * PAGE_SIZE) == 0);              // brings in a new page, empty
assert(page_flags(locked) & 1UL << KPF_MLOCKED);
