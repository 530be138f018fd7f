// locked_vm counts addresses, not memory.
// Limits and rights: How much memory can be locked without using any?
// As much as the limit allows. locked_vm counts the addresses of locked mappings, whether there are
// pages behind them or not.
cap_raise(CAP_IPC_LOCK);
long before = rss();
char *p = mmap(NULL, 1 * GiB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
assert(mlock2(p, 1 * GiB, MLOCK_ONFAULT) == 0);
assert(locked_vm() == 1 * GiB / PAGE_SIZE);
assert(rss() == before);

assert(mlock(p, 0) == 0);
cap_drop(CAP_IPC_LOCK);
assert(mlock(p, 0) == -1 && errno == ENOMEM);           // far above the limit of 8 MiB
assert(munlock(p, 1 * GiB) == 0);
assert(mlock(p, 0) == 0);
