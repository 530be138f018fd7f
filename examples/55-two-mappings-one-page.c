// A page that two mappings lock needs two munlocks.
// Pages and the LRU: What does mlock_count count?
// The locked mappings of a page. It stays pinned until the last of them lets go.
int fd = memfd_create("shared", 0);
ftruncate(fd, PAGE_SIZE);
char *a = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
char *b = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
mlock(a, PAGE_SIZE);
assert(page_flags(b) == 0);                             // not even mapped there
mlock(b, PAGE_SIZE);
assert(locked_vm() == 2);                               // one page, counted twice

munlock(a, PAGE_SIZE);
assert(page_flags(a) & 1UL << KPF_MLOCKED);             // pinned through b
munmap(b, PAGE_SIZE);
assert(!(page_flags(a) & 1UL << KPF_MLOCKED));
