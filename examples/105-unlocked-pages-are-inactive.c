// munlock puts pages on the inactive list, never the active.
// Where documents and the kernel differ: Does munlock return a page to the list that it was on before mlock?
// A text may speak of the active or inactive list. mlock forgets that a page was active, and
// munlock puts it where reclaim looks first: a page that was in use all the time has to earn its
// place again.
char *p = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
for (int i = 0; i < 4; i++)
    madvise(p, PAGE_SIZE, MADV_POPULATE_WRITE);         // used again and again
assert(page_flags(p) & 1UL << KPF_ACTIVE);

mlock(p, PAGE_SIZE);
assert(page_flags(p) & 1UL << KPF_UNEVICTABLE);
assert(!(page_flags(p) & 1UL << KPF_ACTIVE));
munlock(p, PAGE_SIZE);
assert(page_flags(p) & 1UL << KPF_LRU);
assert(!(page_flags(p) & 1UL << KPF_UNEVICTABLE));
assert(!(page_flags(p) & 1UL << KPF_ACTIVE));
