// Locked memory that was never written may use no memory.
// Pages and the LRU: What does mlock pin in a read-only anonymous mapping?
// Locked memory that was never written may have no memory of its own.
char *p = mmap(NULL, 2 * PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
long before = rss();
assert(mlock(p, 2 * PAGE_SIZE) == 0);
assert(locked_vm() == 2);                               // two pages counted,
assert(rss() == before);                                // none used
assert(page_flags(p) & 1UL << KPF_ZERO_PAGE);
assert(!(page_flags(p) & 1UL << KPF_MLOCKED));

mprotect(p, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE);     // now each needs a page, and gets it without a touch
assert(rss() == before + 2);
assert(page_flags(p) & 1UL << KPF_MLOCKED);
