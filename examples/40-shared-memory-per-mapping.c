// Parts of a shared mapping merge; two mappings never do.
// Files and shared memory: When are two neighbouring VMAs of shared memory one?
// Only if they are parts of one mapping. Each mmap of shared anonymous memory is a file of its own,
// and two of them never merge.
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
long vmas = map_count();
mlock(p + PAGE_SIZE, PAGE_SIZE);
assert(map_count() == vmas + 2);
touch_write(p, 4 * PAGE_SIZE);                          // no anon_vma here: writing does not matter
munlock(p + PAGE_SIZE, PAGE_SIZE);
assert(map_count() == vmas);

mmap(p, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
assert(map_count() == vmas + 1);                        // the same flags, another object behind it
mlock(p, 4 * PAGE_SIZE);
munlock(p, 4 * PAGE_SIZE);
assert(map_count() == vmas + 1);
