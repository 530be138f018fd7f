// A guard page makes mlock fail half way.
// Pages and the LRU: What does mlock do at a page that MADV_GUARD_INSTALL has marked?
// It stops there with ENOMEM. The pages before the guard are resident, those after it are not, and
// all of them are locked and counted.
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
long vmas = map_count();
assert(madvise(p + PAGE_SIZE, PAGE_SIZE, MADV_GUARD_INSTALL) == 0);
assert(map_count() == vmas);                            // a guard page needs no VMA
assert(touch_read(p + PAGE_SIZE, 1) == SIGSEGV);

assert(mlock(p, 4 * PAGE_SIZE) == -1 && errno == ENOMEM);
assert(locked_vm() == 4);
assert(page_flags(p) & 1UL << KPF_MLOCKED);
assert(page_flags(p + 2 * PAGE_SIZE) == 0);             // not reached

assert(madvise(p, PAGE_SIZE, MADV_GUARD_INSTALL) == -1 && errno == EINVAL);     // not in locked memory
assert(madvise(p + PAGE_SIZE, PAGE_SIZE, MADV_GUARD_REMOVE) == 0);
assert(mlock(p, 4 * PAGE_SIZE) == 0);
