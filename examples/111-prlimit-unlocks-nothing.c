// Lowering the limit of a running process unlocks nothing.
// From the field: Does prlimit --memlock make a running process give locked memory back?
// No. The limit is asked when something is to be locked, so what is locked stays. With MCL_FUTURE in
// force the process gets no new memory at all from then on: mmap is EAGAIN, malloc fails. Unlock first,
// or let the process end MCL_FUTURE before the limit goes down.
int anon = MAP_PRIVATE | MAP_ANONYMOUS;
char *p = mmap(NULL, 1 * MiB, PROT_READ | PROT_WRITE, anon, -1, 0);
mlock(p, 1 * MiB);
assert(mlockall(MCL_FUTURE) == 0);

struct rlimit low = { 64 * KiB, 8 * MiB };
assert(prlimit(getpid(), RLIMIT_MEMLOCK, &low, NULL) == 0);
assert(locked_vm() == 256);                             // sixteen times the limit
assert(page_flags(p) & 1UL << KPF_MLOCKED);
assert(mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, anon, -1, 0) == MAP_FAILED && errno == EAGAIN);

munlock(p, 1 * MiB);                                    // what to do: come below the limit, or
assert(mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, anon, -1, 0) != MAP_FAILED);
munlockall();                                           // end MCL_FUTURE
assert(mmap(NULL, 1 * MiB, PROT_READ | PROT_WRITE, anon, -1, 0) != MAP_FAILED);
