// With a limit of 0, locking is EPERM and unlocking is not.
// Limits and rights: Who may call mlock when RLIMIT_MEMLOCK is 0?
// Whoever has CAP_IPC_LOCK. For all others every lock is EPERM, even one of no bytes, and munlock
// is always allowed.
#pragma rlimit RLIMIT_MEMLOCK 0

char *p = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mlock(p, PAGE_SIZE) == -1 && errno == EPERM);
assert(mlock(p, 0) == -1 && errno == EPERM);
assert(mlock(p, -4096) == -1 && errno == EPERM);        // asked before the range is looked at
assert(mlock2(p, PAGE_SIZE, MLOCK_ONFAULT) == -1 && errno == EPERM);
assert(mlock2(p, PAGE_SIZE, 2) == -1 && errno == EINVAL);       // only unknown flags come earlier
assert(mmap(NULL, PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED, -1, 0) == MAP_FAILED);
assert(errno == EPERM);

cap_raise(CAP_IPC_LOCK);
assert(mlock(p, 2 * PAGE_SIZE) == 0);                   // with the capability there is no limit
cap_drop(CAP_IPC_LOCK);
assert(locked_vm() == 2);                               // losing it unlocks nothing
assert(munlock(p, 2 * PAGE_SIZE) == 0);
