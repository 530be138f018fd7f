// munlockall works where munlock has no room.
// Limits and rights: Does munlockall need room for cuts, or a right?
// Neither: it cuts nothing, and works at vm.max_map_count and with RLIMIT_MEMLOCK 0.
#pragma sysctl vm.max_map_count 30

char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mlock(p, 4 * PAGE_SIZE) == 0);
struct rlimit r = { 0, 8 * MiB };
setrlimit(RLIMIT_MEMLOCK, &r);
while (map_count() < 30)
    mmap(NULL, PAGE_SIZE, PROT_NONE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
assert(munlock(p, PAGE_SIZE) == -1 && errno == ENOMEM);
assert(munlockall() == 0);
assert(locked_vm() == 0);
