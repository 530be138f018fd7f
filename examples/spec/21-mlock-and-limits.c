// mlock within, at and beyond the limit.
// Limits and rights: When does mlock fail for the limit?
// When locked_vm and what the range adds are more than RLIMIT_MEMLOCK in whole pages. With a limit
// of 0 the answer is EPERM, whatever the range. CAP_IPC_LOCK lifts both.
char *p = mmap(NULL, 8 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
struct rlimit r = { 4 * PAGE_SIZE + 100, 8 * MiB };
setrlimit(RLIMIT_MEMLOCK, &r);
assert(mlock(p, 4 * PAGE_SIZE) == 0);
assert(mlock(p, 4 * PAGE_SIZE) == 0);
assert(mlock(p, 5 * PAGE_SIZE) == -1 && errno == ENOMEM);
r.rlim_cur = PAGE_SIZE;
setrlimit(RLIMIT_MEMLOCK, &r);
assert(locked_vm() == 4);                               // a lower limit unlocks nothing
r.rlim_cur = 0;
setrlimit(RLIMIT_MEMLOCK, &r);
assert(mlock(p, PAGE_SIZE) == -1 && errno == EPERM);
assert(mlock(p, 0) == -1 && errno == EPERM);
cap_raise(CAP_IPC_LOCK);
assert(mlock(p, 8 * PAGE_SIZE) == 0);
