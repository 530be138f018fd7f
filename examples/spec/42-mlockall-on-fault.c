// MCL_ONFAULT turns one kind of lock into the other.
// mlockall: What does MCL_ONFAULT do to memory that is locked already?
// It becomes locked on fault, its resident pages stay PG_mlocked, and locked_vm stays. A call without
// MCL_ONFAULT turns it back and brings the pages in.
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mlock(p, 2 * PAGE_SIZE) == 0);
assert(mlockall(MCL_CURRENT | MCL_ONFAULT) == 0);
assert(vma_flags(p) & VM_LOCKONFAULT);
assert(page_flags(p) & 1UL << KPF_MLOCKED);
assert(page_flags(p + 3 * PAGE_SIZE) == 0);
touch_write(p + 3 * PAGE_SIZE, PAGE_SIZE);
assert(mlockall(MCL_CURRENT) == 0);
assert(page_flags(p + 2 * PAGE_SIZE) & 1UL << KPF_MLOCKED);
assert(mlockall(MCL_CURRENT | MCL_ONFAULT) == 0);
assert(munlockall() == 0);
