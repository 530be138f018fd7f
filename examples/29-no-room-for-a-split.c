// mlock of one page needs room for two more VMAs.
// Limits and rights: What does mlock do when the process has nearly all the VMAs that it may have?
// It needs room for two more mappings, one for each cut. With room for one it fails with ENOMEM and
// leaves the first cut.
#pragma sysctl vm.max_map_count 30

char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
while (map_count() < 29)                                // shared mappings never merge with each other
    mmap(NULL, PAGE_SIZE, PROT_NONE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

assert(mlock(p + PAGE_SIZE, PAGE_SIZE) == -1 && errno == ENOMEM);
assert(map_count() == 30);                              // the first cut was made: [0,1) [1,4)
assert(locked_vm() == 0);
assert(mlock(p, 4 * PAGE_SIZE) == 0);                   // what needs no cut always works
assert(locked_vm() == 4);
