// MCL_FUTURE locks what is mapped later, until it ends.
// mlockall: What does MCL_FUTURE do, and what ends it?
// It changes no VMA. mmap and brk make locked VMAs from then on, until a call without MCL_FUTURE.
char *p = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mlockall(MCL_FUTURE) == 0);
assert(locked_vm() == 0);
char *a = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
assert(locked_vm() == 2);
char *moved = mremap(p, PAGE_SIZE, 2 * PAGE_SIZE, MREMAP_MAYMOVE);
assert(locked_vm() == 2);                               // growth of what was not locked
assert(mlockall(MCL_FUTURE | MCL_ONFAULT) == 0);
assert(munlockall() == 0);
assert(mlockall(MCL_FUTURE | MCL_ONFAULT) == 0);
assert(mlockall(MCL_FUTURE | MCL_ONFAULT) == 0);
char *b = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
assert(page_flags(b) == 0);
touch_write(b, PAGE_SIZE);
assert(page_flags(b) & 1UL << KPF_MLOCKED);
assert(mlockall(MCL_CURRENT) == 0);                     // ends MCL_FUTURE
char *c = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
assert((vma_flags(c) & VM_LOCKED) == 0);
assert(mlockall(MCL_CURRENT | MCL_FUTURE) == 0);
assert(mlockall(MCL_CURRENT | MCL_FUTURE) == 0);        // goes on
assert(munlockall() == 0);
