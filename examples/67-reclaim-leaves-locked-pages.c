// Reclaim takes what is not locked.
// Pages and the LRU: What happens to locked and unlocked pages when memory gets short?
// Unlocked anonymous pages go to swap; PG_mlocked ones stand on the unevictable list, where reclaim does not look.
char *p = mmap(NULL, 8 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
touch_write(p, 8 * PAGE_SIZE);
mlock(p, 3 * PAGE_SIZE);
memory_pressure(16 * MiB);
for (int i = 0; i < 8; i++)
    assert((page_flags(p + i * PAGE_SIZE) != 0) == (i < 3));
munlock(p, 3 * PAGE_SIZE);
memory_pressure(16 * MiB);
assert(page_flags(p) == 0);
