// A page stays PG_mlocked while another VMA locks it.
// Files and shared memory: Does munlock always make a page evictable?
// Not while a second mapping of the page is locked. Secret memory is never unlocked, and pages that
// lie in an unlocked VMA are not looked at.
int fd = memfd_create("shared", 0);
ftruncate(fd, 2 * PAGE_SIZE);
char *a = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
char *b = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
assert(mlock(a, 2 * PAGE_SIZE) == 0);
assert(mlock(b, 2 * PAGE_SIZE) == 0);
assert(munlock(a, 2 * PAGE_SIZE) == 0);
assert(page_flags(a) & 1UL << KPF_MLOCKED);
assert(munlock(b, 2 * PAGE_SIZE) == 0);
assert((page_flags(a) & 1UL << KPF_MLOCKED) == 0);

int secret = memfd_secret(0);
ftruncate(secret, PAGE_SIZE);
char *s = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, secret, 0);
assert(munlock(s, PAGE_SIZE) == 0);
assert(locked_vm() == 1);
