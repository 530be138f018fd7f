// Locked memory that was never written may use no memory.
// Pages and the LRU: What does mlock pin in a read-only anonymous mapping?
// Nothing of its own: every page is the shared page of zeros, which is never pinned. The pages are
// counted all the same, and come when the mapping becomes writable.
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
