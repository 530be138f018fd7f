// Growth of a locked mapping is locked, filled and limited.
// Limits and rights: Does mremap ask RLIMIT_MEMLOCK?
// Yes, if the mapping is locked. What grows is locked and filled, and over the limit the call is
// EAGAIN before anything else is tried.
#pragma rlimit RLIMIT_MEMLOCK 24576     // 6 pages

char *p = mmap(NULL, 12 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
munmap(p + 4 * PAGE_SIZE, 8 * PAGE_SIZE);
mlock(p, 4 * PAGE_SIZE);

assert(mremap(p, 4 * PAGE_SIZE, 6 * PAGE_SIZE, 0) == p);
assert(locked_vm() == 6);
assert(page_flags(p + 5 * PAGE_SIZE) & 1UL << KPF_MLOCKED);

assert(mremap(p, 6 * PAGE_SIZE, 7 * PAGE_SIZE, MREMAP_MAYMOVE) == MAP_FAILED && errno == EAGAIN);
assert(mremap(p, 6 * PAGE_SIZE, 2 * PAGE_SIZE, 0) == p);
assert(locked_vm() == 2);
