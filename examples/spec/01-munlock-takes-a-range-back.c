// munlock takes the lock off the pages of its range.
// Ranges and holes: What does munlock change?
// VM_LOCKED goes, locked_vm falls by the size of the range, and resident pages lose PG_mlocked and
// go to the inactive list. The VMA is cut where the range ends, and heals when the rest follows.
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mlock(p, 4 * PAGE_SIZE) == 0);
assert(munlock(p + PAGE_SIZE + 100, 1) == 0);
assert(locked_vm() == 3);
assert((page_flags(p + PAGE_SIZE) & 1UL << KPF_MLOCKED) == 0);
assert(munlock(p, 4 * PAGE_SIZE) == 0);
assert(locked_vm() == 0);
