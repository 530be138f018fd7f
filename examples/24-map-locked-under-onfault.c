// Under MCL_ONFAULT even MAP_LOCKED brings nothing in.
// mlockall: Which wins, lock-on-fault for all or MAP_LOCKED for one?
// Lock-on-fault. Neither MAP_LOCKED nor MAP_POPULATE brings anything in while MCL_FUTURE |
// MCL_ONFAULT is in force.
int anon = MAP_PRIVATE | MAP_ANONYMOUS;
char *a = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, anon | MAP_LOCKED, -1, 0);
assert(page_flags(a) & 1UL << KPF_MLOCKED);

assert(mlockall(MCL_FUTURE | MCL_ONFAULT) == 0);
char *b = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, anon | MAP_LOCKED | MAP_POPULATE, -1, 0);
assert(vma_flags(b) & VM_LOCKONFAULT);
assert(page_flags(b) == 0);
assert(locked_vm() == 4);

assert(mlock(b, 2 * PAGE_SIZE) == 0);                   // mlock makes it an ordinary lock, and fills it
assert(!(vma_flags(b) & VM_LOCKONFAULT));
assert(page_flags(b) & 1UL << KPF_MLOCKED);
