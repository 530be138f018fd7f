// MADV_DONTNEED_LOCKED drops locked pages until a touch.
// Pages and the LRU: Is locked memory always resident?
// No. MADV_DONTNEED_LOCKED drops locked pages; they stay away until somebody touches them or locks
// again.
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
mlock(p, 4 * PAGE_SIZE);
assert(madvise(p, 4 * PAGE_SIZE, MADV_DONTNEED) == -1 && errno == EINVAL);
assert(page_flags(p));

assert(madvise(p, 4 * PAGE_SIZE, MADV_DONTNEED_LOCKED) == 0);
assert(locked_vm() == 4 && vma_flags(p) & VM_LOCKED);
assert(page_flags(p) == 0);                             // locked, and not there

touch_write(p, PAGE_SIZE);
assert(page_flags(p) & 1UL << KPF_MLOCKED);
mlock(p, 4 * PAGE_SIZE);                                // fills the rest
assert(page_flags(p + 3 * PAGE_SIZE) & 1UL << KPF_MLOCKED);
