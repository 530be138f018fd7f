// Locked memory cannot be freed lazily.
// From the field: Why does madvise(MADV_FREE) return EINVAL on locked memory?
// MADV_FREE lets the kernel take pages whenever it needs them, and a lock forbids exactly that. The
// same holds for lock-on-fault, even where there is no page yet. Unlock first; what was freed may
// then go at any time.
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
mlock(p, 4 * PAGE_SIZE);
assert(madvise(p, 4 * PAGE_SIZE, MADV_FREE) == -1 && errno == EINVAL);

char *empty = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
mlock2(empty, PAGE_SIZE, MLOCK_ONFAULT);
assert(page_flags(empty) == 0);
assert(madvise(empty, PAGE_SIZE, MADV_FREE) == -1 && errno == EINVAL);

munlock(p, 4 * PAGE_SIZE);
long full = rss();
assert(madvise(p, 4 * PAGE_SIZE, MADV_FREE) == 0);
assert(rss() == full);                                  // still there,
madvise(p, 4 * PAGE_SIZE, MADV_PAGEOUT);                // until the kernel wants memory
assert(rss() == full - 4);
assert(mlock(p, 4 * PAGE_SIZE) == 0);                   // new pages
assert(rss() == full);
