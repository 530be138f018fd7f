// mlock passes over what cannot be locked.
// Pages and the LRU: Which memory does mlock leave alone?
// [vvar] and [vdso], droppable and secret memory. A read-only private page becomes the zero page,
// which is never PG_mlocked.
char *z = mmap(NULL, PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mlock(z, PAGE_SIZE) == 0);
char *d = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_DROPPABLE | MAP_ANONYMOUS, -1, 0);
assert(mlock(d, PAGE_SIZE) == 0);
assert(mlock2(d, PAGE_SIZE, 0) == 0);
assert(locked_vm() == 1);
char *y = mmap(NULL, PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mlock2(y, PAGE_SIZE, 0) == 0);
