// mlock and lock-on-fault turn into each other for free.
// Pages and the LRU: Does mlock2(MLOCK_ONFAULT) on locked memory let its pages go?
// No. Pages that are pinned stay pinned; only later ones are no longer brought in. The change is
// not counted again.
#pragma rlimit RLIMIT_MEMLOCK 16384     // 4 pages, all of them used

char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
long vmas = map_count();
assert(mlock(p, 4 * PAGE_SIZE) == 0);
assert(mlock2(p, 2 * PAGE_SIZE, MLOCK_ONFAULT) == 0);
assert(locked_vm() == 4);
assert(map_count() == vmas + 1);                        // the two kinds are two VMAs
assert(page_flags(p) & 1UL << KPF_MLOCKED);             // what is there stays pinned

assert(mlock(p, 4 * PAGE_SIZE) == 0);
assert(locked_vm() == 4 && map_count() == vmas);
