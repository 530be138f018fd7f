// A locked stack that grows over the limit is SIGSEGV.
// From the field: Why does my real-time program crash in a deep call after mlockall, and how do I prefault the stack?
// A locked stack that grows asks RLIMIT_MEMLOCK, and nobody is there to take an errno: over the
// limit the access is SIGSEGV, and below it a page fault. Touch as much stack as you will ever need
// before mlockall: then there is neither.
char *low = mmap(NULL, 400 * PAGE_SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) + 380 * PAGE_SIZE;
char *stack = mmap(low, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN | MAP_FIXED, -1, 0);
munmap(low - 380 * PAGE_SIZE, 380 * PAGE_SIZE);

struct rlimit tight = { total_vm() * PAGE_SIZE, 8 * MiB };
setrlimit(RLIMIT_MEMLOCK, &tight);
assert(mlockall(MCL_CURRENT) == 0);
assert(touch_write(stack - 40 * PAGE_SIZE, PAGE_SIZE) == SIGSEGV);      // a deep call, or a large array in it
munlockall();

struct rlimit wide = { 8 * MiB, 8 * MiB };
setrlimit(RLIMIT_MEMLOCK, &wide);
assert(touch_write(stack - 40 * PAGE_SIZE, 40 * PAGE_SIZE) == 0);       // at the start, while a fault costs nothing
assert(mlockall(MCL_CURRENT | MCL_FUTURE) == 0);
long before = rss();
assert(touch_write(stack - 40 * PAGE_SIZE, 40 * PAGE_SIZE) == 0);
assert(rss() == before);                                // the same deep call finds every page there
