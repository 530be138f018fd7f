// A hard limit that was lowered stays lowered.
// Limits and rights: Can a program undo its own setrlimit?
// Only within the hard limit. A hard limit that was lowered stays lowered without CAP_SYS_RESOURCE.
struct rlimit r;
getrlimit(RLIMIT_MEMLOCK, &r);
assert(r.rlim_cur == 8 * MiB && r.rlim_max == 8 * MiB);

r.rlim_cur = 4 * PAGE_SIZE;
assert(setrlimit(RLIMIT_MEMLOCK, &r) == 0);
r.rlim_cur = 8 * MiB;
assert(setrlimit(RLIMIT_MEMLOCK, &r) == 0);             // the soft limit moves freely below the hard one

r.rlim_cur = r.rlim_max = 8 * PAGE_SIZE;
struct rlimit old;
assert(prlimit(0, RLIMIT_MEMLOCK, &r, &old) == 0);
assert(old.rlim_cur == 8 * MiB);
r.rlim_max = 16 * PAGE_SIZE;
assert(setrlimit(RLIMIT_MEMLOCK, &r) == -1 && errno == EPERM);  // would need CAP_SYS_RESOURCE
r.rlim_max = 4 * PAGE_SIZE;
assert(setrlimit(RLIMIT_MEMLOCK, &r) == -1 && errno == EINVAL); // soft above hard

char *p = mmap(NULL, 9 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mlock(p, 9 * PAGE_SIZE) == -1 && errno == ENOMEM);
