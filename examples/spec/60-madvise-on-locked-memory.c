// madvise refuses to take pages of locked memory.
// Pages and the LRU: Which advice works on locked memory?
// Advice that would take pages is EINVAL there. MADV_DONTNEED_LOCKED takes them and leaves the lock;
// MADV_POPULATE_WRITE brings them in, and they are PG_mlocked. Marks work as anywhere.
char *p = mmap(NULL, 8 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
touch_write(p, 2 * PAGE_SIZE);
assert(mlock(p + 2 * PAGE_SIZE, 4 * PAGE_SIZE) == 0);
assert(madvise(p, 4 * PAGE_SIZE, MADV_DONTNEED) == -1 && errno == EINVAL); // pages 0 and 1 are gone
assert(madvise(p + 2 * PAGE_SIZE, PAGE_SIZE, MADV_COLD) == -1 && errno == EINVAL);
assert(madvise(p + 2 * PAGE_SIZE, PAGE_SIZE, MADV_DONTNEED_LOCKED) == 0);
assert(locked_vm() == 4);
assert(madvise(p + 2 * PAGE_SIZE, PAGE_SIZE, MADV_POPULATE_WRITE) == 0);
assert(page_flags(p + 2 * PAGE_SIZE) & 1UL << KPF_MLOCKED);
assert(madvise(p + 3 * PAGE_SIZE, PAGE_SIZE, MADV_DONTDUMP) == 0);
assert(madvise(p + 3 * PAGE_SIZE, PAGE_SIZE, MADV_DODUMP) == 0);
assert(madvise(p + 1, PAGE_SIZE, MADV_NORMAL) == -1 && errno == EINVAL);
assert(madvise(p, PAGE_SIZE, 1000) == -1 && errno == EINVAL);
assert(madvise(p, -1, MADV_NORMAL) == -1 && errno == EINVAL);
munmap(p + 7 * PAGE_SIZE, PAGE_SIZE);
assert(madvise(p + 6 * PAGE_SIZE, 2 * PAGE_SIZE, MADV_RANDOM) == -1 && errno == ENOMEM);
assert(mlock2(p + 6 * PAGE_SIZE, PAGE_SIZE, MLOCK_ONFAULT) == 0);
assert(madvise(p + 6 * PAGE_SIZE, PAGE_SIZE, MADV_POPULATE_READ | 1) == 0);
