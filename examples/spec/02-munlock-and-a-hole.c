// munlock unlocks what lies before a hole, and fails.
// Ranges and holes: Is a munlock that fails without effect?
// No: what lies before the hole is unlocked and stays so. What lies above it stays locked.
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mlock(p, 4 * PAGE_SIZE) == 0);
munmap(p + 2 * PAGE_SIZE, PAGE_SIZE);
assert(munlock(p, 4 * PAGE_SIZE) == -1 && errno == ENOMEM);
assert(locked_vm() == 1);
assert(munlock(p, 1UL << 63) == -1 && errno == ENOMEM); // longer than LONG_MAX: nobody asks
assert(munlock((char *)-8192L, PAGE_SIZE) == -1 && errno == ENOMEM); // an address of the kernel's
assert(munlock(p + 2 * PAGE_SIZE, PAGE_SIZE) == -1 && errno == ENOMEM);
