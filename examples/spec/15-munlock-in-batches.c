// Pages change lists in batches, under lru_lock.
// Pages and the LRU: When does munlock take lru_lock?
// When it settles the batches of this CPU: before it looks at the pages, and again afterwards.
#pragma batches on
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mlock(p, 4 * PAGE_SIZE) == 0);
char *q = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
touch_write(q, 2 * PAGE_SIZE);
assert(munlock(p, 4 * PAGE_SIZE) == 0);
touch_write(q, 2 * PAGE_SIZE);
assert(mlock2(p, PAGE_SIZE, 0) == 0);
char *r = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
touch_write(r, 2 * PAGE_SIZE);
assert(munlockall() == 0);
