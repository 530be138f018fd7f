// A page that cannot come in stops mlock, not the lock.
// Pages and the LRU: How far does mlock get over a page with no access?
// All of the range is locked and counted. The pages before the one without access are brought in,
// those after it are not tried.
char *p = mmap(NULL, 6 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
mprotect(p + 2 * PAGE_SIZE, PAGE_SIZE, PROT_NONE);
long before = rss();

assert(mlock(p, 6 * PAGE_SIZE) == -1 && errno == ENOMEM);
assert(locked_vm() == 6);
assert(rss() - before == 2);                            // pages 0 and 1; 3 to 5 were not tried
assert(page_flags(p + PAGE_SIZE) & 1UL << KPF_MLOCKED);
assert(page_flags(p + 3 * PAGE_SIZE) == 0);

touch_write(p + 3 * PAGE_SIZE, PAGE_SIZE);              // what comes later is pinned when it comes
assert(page_flags(p + 3 * PAGE_SIZE) & 1UL << KPF_MLOCKED);
