// madvise that meets a lock has done what lies before it.
// Ranges and holes: What does MADV_DONTNEED do with a range that is locked in the middle?
// What lies before the locked part is dropped, then the call fails with EINVAL. What lies after it
// is not looked at.
char *p = mmap(NULL, 6 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
touch_write(p, 6 * PAGE_SIZE);
mlock(p + 2 * PAGE_SIZE, 2 * PAGE_SIZE);

assert(madvise(p, 6 * PAGE_SIZE, MADV_DONTNEED) == -1 && errno == EINVAL);
assert(page_flags(p) == 0 && page_flags(p + PAGE_SIZE) == 0);   // dropped
assert(page_flags(p + 2 * PAGE_SIZE));                  // locked: kept
assert(page_flags(p + 4 * PAGE_SIZE));                  // not reached: kept
