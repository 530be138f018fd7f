// madvise says EAGAIN where mlock says ENOMEM.
// Limits and rights: What does madvise answer at vm.max_map_count?
// EAGAIN, for what mlock calls ENOMEM.
#pragma sysctl vm.max_map_count 30

char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
while (map_count() < 30)
    mmap(NULL, PAGE_SIZE, PROT_NONE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
assert(madvise(p + PAGE_SIZE, PAGE_SIZE, MADV_DONTDUMP) == -1 && errno == EAGAIN);
