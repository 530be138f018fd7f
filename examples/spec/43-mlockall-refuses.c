// mlockall asks for flags, then the right, then the limit.
// Limits and rights: When does mlockall fail?
// EINVAL for flags, EPERM for a limit of 0 bytes, ENOMEM for an address space larger than the limit,
// which only MCL_CURRENT asks about. Nothing is changed by any of them.
assert(mlockall(0) == -1 && errno == EINVAL);
assert(mlockall(8) == -1 && errno == EINVAL);
assert(mlockall(64 | MCL_CURRENT) == -1 && errno == EINVAL);
assert(mlockall(MCL_ONFAULT) == -1 && errno == EINVAL);
assert(syscall(SYS_mlockall, 1L << 32 | MCL_FUTURE) == 0); // the upper half is not seen
struct rlimit r = { 1, 8 * MiB };
setrlimit(RLIMIT_MEMLOCK, &r);
assert(mlockall(MCL_FUTURE) == 0);
assert(mlockall(MCL_CURRENT) == -1 && errno == ENOMEM);
r.rlim_cur = 0;
setrlimit(RLIMIT_MEMLOCK, &r);
assert(mlockall(MCL_FUTURE) == -1 && errno == EPERM);
assert(mlockall(0) == -1 && errno == EINVAL);           // before EPERM
cap_raise(CAP_IPC_LOCK);
assert(mlockall(MCL_CURRENT) == 0);
