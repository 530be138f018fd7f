// munlock asks for no right.
// Limits and rights: Does munlock need a capability or a limit?
// No. One munlock ends any number of locks of the VMA, and works with RLIMIT_MEMLOCK 0.
char *p = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mlock(p, 2 * PAGE_SIZE) == 0);
assert(mlock(p, 2 * PAGE_SIZE) == 0);
assert(mlock(p, 2 * PAGE_SIZE) == 0);
struct rlimit r = { 0, 8 * MiB };
setrlimit(RLIMIT_MEMLOCK, &r);
assert(munlock(p, 2 * PAGE_SIZE) == 0);
assert(locked_vm() == 0);
assert(munlock(p, 2 * PAGE_SIZE) == 0);                 // nothing locked, nothing to do
