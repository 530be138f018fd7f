// mlock and mlock2 need room for the cut.
// Limits and rights: What do mlock and mlock2 answer at vm.max_map_count?
// ENOMEM where a VMA would have to be cut. Of two cuts the first may stay.
#pragma sysctl vm.max_map_count 30

char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
while (map_count() < 29)
    mmap(NULL, PAGE_SIZE, PROT_NONE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
assert(mlock(p + PAGE_SIZE, PAGE_SIZE) == -1 && errno == ENOMEM);
assert(map_count() == 30);
assert(mlock2(p + 2 * PAGE_SIZE, PAGE_SIZE, MLOCK_ONFAULT) == -1 && errno == ENOMEM);
assert(mlock2(p, PAGE_SIZE, MLOCK_ONFAULT) == 0);       // the cut is there already
assert(mlock(p, PAGE_SIZE) == 0);
