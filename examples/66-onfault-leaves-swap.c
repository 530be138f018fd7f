// MLOCK_ONFAULT leaves swapped pages where they are.
// Pages and the LRU: Does mlock2 with MLOCK_ONFAULT read swapped pages in?
// No. They count against the limit at once and come in one by one when they are touched; plain mlock reads all of them.
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
touch_write(p, 4 * PAGE_SIZE);
madvise(p, 4 * PAGE_SIZE, MADV_PAGEOUT);
long before = rss();
mlock2(p, 4 * PAGE_SIZE, MLOCK_ONFAULT);
assert(rss() == before && locked_vm() == 4);
touch_read(p, PAGE_SIZE);
assert(rss() == before + 1);
mlock(p, 4 * PAGE_SIZE);
assert(rss() == before + 4);
