// mlock2 asks for flags first.
// Limits and rights: What does mlock2 answer first?
// EINVAL for a bit that it does not know, before it looks at limits. Then as mlock.
char *p = mmap(NULL, 8 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mlock2(p, PAGE_SIZE, 2) == -1 && errno == EINVAL);
assert(mlock2(p, PAGE_SIZE, 64) == -1 && errno == EINVAL);
assert(mlock2(p, PAGE_SIZE, -1) == -1 && errno == EINVAL);
struct rlimit r = { 4 * PAGE_SIZE, 8 * MiB };
setrlimit(RLIMIT_MEMLOCK, &r);
assert(mlock2(p, 4 * PAGE_SIZE, MLOCK_ONFAULT) == 0);
assert(mlock2(p, 5 * PAGE_SIZE, MLOCK_ONFAULT) == -1 && errno == ENOMEM);
r.rlim_cur = 0;
setrlimit(RLIMIT_MEMLOCK, &r);
assert(mlock2(p, PAGE_SIZE, 2) == -1 && errno == EINVAL);
assert(mlock2(p, PAGE_SIZE, 0) == -1 && errno == EPERM);
cap_raise(CAP_IPC_LOCK);
assert(mlock2(p, 8 * PAGE_SIZE, 0) == 0);
