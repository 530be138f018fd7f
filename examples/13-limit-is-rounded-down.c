// The limit counts whole pages.
// Limits and rights: With RLIMIT_MEMLOCK at three pages less one byte, how many pages can be locked?
// Two. The limit is rounded down to whole pages, and what is left over does not count.
#pragma rlimit RLIMIT_MEMLOCK 12287

char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mlock(p, 2 * PAGE_SIZE + 1) == -1 && errno == ENOMEM);   // three pages: all of it refused
assert(locked_vm() == 0);
assert(mlock(p, 2 * PAGE_SIZE) == 0);

assert(mlock(p + 2 * PAGE_SIZE, 1) == -1 && errno == ENOMEM);
assert(mlock(p, PAGE_SIZE) == 0);                       // already locked, so nothing is added
assert(locked_vm() == 2);
