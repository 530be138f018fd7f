// Taking all access away leaves pages locked and resident.
// Pages and the LRU: Does mprotect(PROT_NONE) release memory?
// No. Taking all access away leaves locked pages locked, resident and counted.
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
mlock(p, 4 * PAGE_SIZE);
long resident = rss();

assert(mprotect(p, 4 * PAGE_SIZE, PROT_NONE) == 0);
assert(touch_read(p, 1) == SIGSEGV);
assert(locked_vm() == 4 && rss() == resident);
assert(page_flags(p) & 1UL << KPF_MLOCKED);

assert(munlock(p, 4 * PAGE_SIZE) == 0);                 // unlocking needs no access
assert(rss() == resident);                              // and drops nothing
assert(!(page_flags(p) & 1UL << KPF_MLOCKED));
