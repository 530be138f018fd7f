// A limit that another process has is not yours.
// From the field: Why is mlock still ENOMEM after I raised memlock in limits.conf or LimitMEMLOCK?
// Limits belong to processes and go from parent to child at fork. A login shell, sudo or a unit
// file changes those of the processes that it starts; a service that runs already keeps its own.
// The soft limit decides, not the hard one. Start it anew, or change the running process with
// prlimit.
#pragma rlimit RLIMIT_MEMLOCK 65536 8388608     // the service: soft 64 KiB, hard 8 MiB

char *p = mmap(NULL, 1 * MiB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
if (fork() == 0) {                                      // a new session gets the new limit
    struct rlimit session = { 8 * MiB, 8 * MiB };
    setrlimit(RLIMIT_MEMLOCK, &session);
    assert(mlock(p, 1 * MiB) == 0);                     // "it works in my shell"
    exit(0);
}
wait(NULL);
struct rlimit own;
getrlimit(RLIMIT_MEMLOCK, &own);
assert(own.rlim_cur == 64 * KiB && own.rlim_max == 8 * MiB);
assert(mlock(p, 1 * MiB) == -1 && errno == ENOMEM);     // the hard limit would do, and is not asked

own.rlim_cur = own.rlim_max;
assert(prlimit(getpid(), RLIMIT_MEMLOCK, &own, NULL) == 0);     // prlimit --memlock=8388608 --pid PID
assert(mlock(p, 1 * MiB) == 0);
