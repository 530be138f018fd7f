// mlockall(MCL_CURRENT) compares all of VmSize with the limit.
// mlockall: When is mlockall ENOMEM, and what does the failure leave?
// When all that is mapped is more than the limit, also what is locked already or never will be.
// Nothing is locked then, and an earlier MCL_FUTURE stays in force.
#pragma rlimit RLIMIT_MEMLOCK 65536     // 16 pages, less than any program has

assert(mlockall(MCL_CURRENT) == -1 && errno == ENOMEM);
assert(mlockall(MCL_CURRENT | MCL_ONFAULT) == -1 && errno == ENOMEM);   // lock-on-fault is counted in full
assert(locked_vm() == 0);

assert(mlockall(MCL_FUTURE) == 0);                      // asks for nothing now
assert(mlockall(MCL_CURRENT) == -1);                    // fails, and leaves MCL_FUTURE in force
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(locked_vm() == 4 && vma_flags(p) & VM_LOCKED);
