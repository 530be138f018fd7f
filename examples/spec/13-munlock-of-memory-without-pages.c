// locked_vm falls by addresses, not by pages.
// Pages and the LRU: Is locked memory resident?
// Not where it is locked on fault, may not be accessed, or was given back. It counts all the same,
// and munlock takes all of it off.
char *p = mmap(NULL, 6 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mlock2(p, 2 * PAGE_SIZE, MLOCK_ONFAULT) == 0);
assert(mlock(p + 2 * PAGE_SIZE, 2 * PAGE_SIZE) == 0);
assert(madvise(p + 2 * PAGE_SIZE, PAGE_SIZE, MADV_DONTNEED_LOCKED) == 0);
assert(locked_vm() == 4);
assert(munlock(p, 4 * PAGE_SIZE) == 0);
assert(locked_vm() == 0);

char *q = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mlock(q, 4 * PAGE_SIZE) == 0);
mremap(q + PAGE_SIZE, 2 * PAGE_SIZE, 2 * PAGE_SIZE, MREMAP_MAYMOVE | MREMAP_DONTUNMAP, NULL);
assert(munlock(q, 4 * PAGE_SIZE) == 0);                 // pages 0 and 3 stay PG_mlocked
assert(page_flags(q) & 1UL << KPF_MLOCKED);
