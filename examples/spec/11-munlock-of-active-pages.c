// An unlocked page is inactive, however active it was.
// Pages and the LRU: Which list does a page go to when it is unlocked?
// The inactive one, always. That a page was on the active list before it was locked is forgotten.
char *p = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
for (int i = 0; i < 3; i++) {
    madvise(p, 2 * PAGE_SIZE, MADV_POPULATE_WRITE);
    madvise(p, 2 * PAGE_SIZE, MADV_POPULATE_READ);
}
assert(page_flags(p) & 1UL << KPF_ACTIVE);
assert(mlock(p, 2 * PAGE_SIZE) == 0);
assert(munlock(p, 2 * PAGE_SIZE) == 0);
assert((page_flags(p) & 1UL << KPF_ACTIVE) == 0);
