// mprotect fills a locked mapping that becomes writable.
// Pages and the LRU: Which changes of protection bring pages in?
// Only the change to writable, of a private mapping that is locked and not lock-on-fault. It fills
// the mapping at once and reports no failure.
int anon = MAP_PRIVATE | MAP_ANONYMOUS;
char *plain = mmap(NULL, PAGE_SIZE, PROT_NONE, anon | MAP_LOCKED, -1, 0);
assert(vma_flags(plain) & VM_LOCKED);                   // MAP_LOCKED hides that it could not be filled
mprotect(plain, PAGE_SIZE, PROT_READ);
assert(page_flags(plain) == 0);                         // readable is not enough
mprotect(plain, PAGE_SIZE, PROT_READ | PROT_WRITE);
assert(page_flags(plain) & 1UL << KPF_MLOCKED);

char *shared = mmap(NULL, PAGE_SIZE, PROT_NONE, MAP_SHARED | MAP_ANONYMOUS | MAP_LOCKED, -1, 0);
mprotect(shared, PAGE_SIZE, PROT_READ | PROT_WRITE);
assert(page_flags(shared) == 0);

char *onfault = mmap(NULL, PAGE_SIZE, PROT_READ, anon, -1, 0);
mlock2(onfault, PAGE_SIZE, MLOCK_ONFAULT);
mprotect(onfault, PAGE_SIZE, PROT_READ | PROT_WRITE);
assert(page_flags(onfault) == 0);

assert(mlock(shared, PAGE_SIZE) == 0);                  // locking again fills what is absent
assert(page_flags(shared) & 1UL << KPF_MLOCKED);
