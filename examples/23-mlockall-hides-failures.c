// mlockall returns 0 whatever it could not bring in.
// Where documents and the kernel differ: Does a successful mlockall mean that all pages are resident?
// No, whatever the manual says. Pages that cannot be brought in are skipped without a word; mlock
// of the same range says ENOMEM.
cap_raise(CAP_IPC_LOCK);
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
mprotect(p, 2 * PAGE_SIZE, PROT_NONE);

assert(mlockall(MCL_CURRENT) == 0);
assert(vma_flags(p) & VM_LOCKED);
assert(page_flags(p) == 0);                             // locked, counted, not there
assert(page_flags(p + 2 * PAGE_SIZE) & 1UL << KPF_MLOCKED);     // the next VMA was tried

assert(mlock(p, 4 * PAGE_SIZE) == -1 && errno == ENOMEM);       // mlock says what mlockall does not
