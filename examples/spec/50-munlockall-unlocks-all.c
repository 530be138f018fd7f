// munlockall unlocks all but secret memory.
// mlockall: What does munlockall leave behind?
// Secret memory stays locked, a page that another process locks stays PG_mlocked, and what
// MREMAP_DONTUNMAP left counted stays counted. Equal neighbours are merged.
assert(munlockall() == 0);                              // nothing was locked
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
touch_write(p, 4 * PAGE_SIZE);
assert(mlock(p, 2 * PAGE_SIZE) == 0);
assert(mlock2(p + 3 * PAGE_SIZE, PAGE_SIZE, MLOCK_ONFAULT) == 0);
int secret = memfd_secret(0);
ftruncate(secret, PAGE_SIZE);
char *s = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, secret, 0);
assert(mlockall(MCL_FUTURE) == 0);
assert(munlockall() == 0);
assert(locked_vm() == 1);
assert(syscall(SYS_munlockall, 1, 2, 3) == 0);          // arguments are not looked at

char *q = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mlock(q, 2 * PAGE_SIZE) == 0);
mremap(q, 2 * PAGE_SIZE, 2 * PAGE_SIZE, MREMAP_MAYMOVE | MREMAP_DONTUNMAP, NULL);
assert(munlockall() == 0);
