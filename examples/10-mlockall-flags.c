// mlockall refuses MCL_ONFAULT alone, 0 and unknown flags.
// mlockall: Why is mlockall(MCL_ONFAULT) EINVAL?
// MCL_ONFAULT only says how to lock; alone it is EINVAL, like 0 and unknown flags. That is asked
// before rights and limits.
#pragma rlimit RLIMIT_MEMLOCK 0

for (int flags = 0; flags <= 8; flags++) {
    int r = mlockall(flags);
    if (flags == 0 || flags == MCL_ONFAULT || flags == 8)
        assert(r == -1 && errno == EINVAL);
    else
        assert(r == -1 && errno == EPERM);              // the flags are fine, the limit of 0 is not
}
assert(mlockall(-1) == -1 && errno == EINVAL);

cap_raise(CAP_IPC_LOCK);
assert(mlockall(MCL_ONFAULT) == -1 && errno == EINVAL); // a right does not help here
assert(mlockall(MCL_FUTURE | MCL_ONFAULT) == 0);
