// A lowered limit unlocks nothing, but stops every lock.
// Limits and rights: What happens to locked memory when RLIMIT_MEMLOCK is lowered?
// It stays locked. But every further mlock is ENOMEM, even of locked memory and of no bytes, until
// enough is unlocked.
char *p = mmap(NULL, 8 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
mlock(p, 4 * PAGE_SIZE);

struct rlimit r = { PAGE_SIZE, 8 * MiB };
assert(setrlimit(RLIMIT_MEMLOCK, &r) == 0);
assert(locked_vm() == 4);

assert(mlock(p, PAGE_SIZE) == -1 && errno == ENOMEM);   // locked already: nothing would change
assert(mlock(p + 4 * PAGE_SIZE, 0) == -1 && errno == ENOMEM);   // 0 + 4 locked is above 1
assert(munlock(p, 3 * PAGE_SIZE) == 0);
assert(mlock(p + 3 * PAGE_SIZE, PAGE_SIZE) == 0);
assert(locked_vm() == 1);
