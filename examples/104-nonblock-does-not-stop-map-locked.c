// MAP_NONBLOCK stops MAP_POPULATE, and not MAP_LOCKED.
// Where documents and the kernel differ: Does MAP_NONBLOCK keep mmap from bringing pages in?
// The manual says that MAP_NONBLOCK makes MAP_POPULATE do nothing. A locked mapping is brought in
// all the same, whether the lock comes from MAP_LOCKED or from MCL_FUTURE. Only lock-on-fault
// leaves the pages out.
int anon = MAP_PRIVATE | MAP_ANONYMOUS, rw = PROT_READ | PROT_WRITE;
char *p = mmap(NULL, 2 * PAGE_SIZE, rw, anon | MAP_POPULATE | MAP_NONBLOCK, -1, 0);
assert(page_flags(p) == 0);                             // as the manual says
char *q = mmap(NULL, 2 * PAGE_SIZE, rw, anon | MAP_LOCKED | MAP_NONBLOCK, -1, 0);
assert(page_flags(q + PAGE_SIZE) & 1UL << KPF_MLOCKED);

mlockall(MCL_FUTURE);
char *r = mmap(NULL, 2 * PAGE_SIZE, rw, anon | MAP_NONBLOCK, -1, 0);
assert(page_flags(r + PAGE_SIZE) & 1UL << KPF_MLOCKED);
mlockall(MCL_FUTURE | MCL_ONFAULT);
char *s = mmap(NULL, 2 * PAGE_SIZE, rw, anon, -1, 0);
assert(vma_flags(s) & VM_LOCKED && page_flags(s) == 0);
