// Reserved address space counts against RLIMIT_MEMLOCK.
// From the field: Why is mlockall ENOMEM although my process uses only a few MB of memory?
// Go, Java, PostgreSQL and sanitizers reserve far more addresses than they use. mlockall compares
// VmSize with the limit; neither PROT_NONE nor MAP_NORESERVE nor MCL_ONFAULT makes a page count
// less. Lock the ranges that matter with mlock, or raise the limit above VmSize, and then use
// MCL_ONFAULT so that what is unused stays unused.
int anon = MAP_PRIVATE | MAP_ANONYMOUS;
char *arena = mmap(NULL, 64 * MiB, PROT_NONE, anon | MAP_NORESERVE, -1, 0);
assert(rss() < 1024);                                   // below 4 MB
assert(mlockall(MCL_CURRENT) == -1 && errno == ENOMEM);
assert(mlockall(MCL_CURRENT | MCL_ONFAULT) == -1 && errno == ENOMEM);

mprotect(arena, 1 * MiB, PROT_READ | PROT_WRITE);
assert(mlock(arena, 1 * MiB) == 0);                     // what is in use
assert(locked_vm() == 256);

cap_raise(CAP_IPC_LOCK);                                // or a limit above VmSize
long before = rss();
assert(mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0);
assert(locked_vm() > 16384 && rss() <= before + 2);      // the vdso came in, and nothing else
