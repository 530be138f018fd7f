// munlock needs room for the cut.
// Limits and rights: Can munlock fail on memory that is mapped in full?
// Yes, with ENOMEM: at vm.max_map_count a VMA cannot be cut, and it stays locked.
#pragma sysctl vm.max_map_count 30

char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mlock(p, 4 * PAGE_SIZE) == 0);
while (map_count() < 29)
    mmap(NULL, PAGE_SIZE, PROT_NONE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
assert(munlock(p + PAGE_SIZE, PAGE_SIZE) == -1 && errno == ENOMEM); // the first cut stays
assert(map_count() == 30);
assert(locked_vm() == 4);
assert(munlock(p + 3 * PAGE_SIZE, PAGE_SIZE) == -1 && errno == ENOMEM);
assert(munlock(p, 4 * PAGE_SIZE) == 0);
