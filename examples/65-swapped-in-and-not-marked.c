// Swapped in for mlock, and not PG_mlocked.
// Where documents and the kernel differ: Does mlock mark pages that it had to bring back from swap?
// No. VM_LOCKED is set and the pages are resident, but they stay on an evictable list until reclaim meets them there,
// marks them then, and leaves them in memory.
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
touch_write(p, 3 * PAGE_SIZE);
madvise(p, 2 * PAGE_SIZE, MADV_PAGEOUT);
assert(page_flags(p) == 0);

mlock(p, 4 * PAGE_SIZE);
assert(locked_vm() == 4);
assert(!(page_flags(p) & 1UL << KPF_MLOCKED));                // from swap
assert(page_flags(p + 2 * PAGE_SIZE) & 1UL << KPF_MLOCKED);   // was there
assert(page_flags(p + 3 * PAGE_SIZE) & 1UL << KPF_MLOCKED);   // is new
