// Under MCL_FUTURE a thread's stack counts with its full size.
// From the field: Why does pthread_create fail with EAGAIN after mlockall(MCL_FUTURE)?
// The C library maps 8 MiB and a guard page for every thread, without any access at first.
// MCL_FUTURE wants to lock them all, and mmap answers EAGAIN, which pthread_create hands on.
// Lock-on-fault counts the same. Smaller stacks help (pthread_attr_setstacksize), or a higher
// limit.
int anon = MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK;
assert(mlockall(MCL_FUTURE) == 0);
assert(mmap(NULL, 8 * MiB + PAGE_SIZE, PROT_NONE, anon, -1, 0) == MAP_FAILED && errno == EAGAIN);
assert(mlockall(MCL_FUTURE | MCL_ONFAULT) == 0);
assert(mmap(NULL, 8 * MiB + PAGE_SIZE, PROT_NONE, anon, -1, 0) == MAP_FAILED && errno == EAGAIN);

mlockall(MCL_FUTURE);
char *stack = mmap(NULL, 256 * KiB + PAGE_SIZE, PROT_NONE, anon, -1, 0);
assert(locked_vm() == 65);                              // the guard page counts too
long before = rss();
mprotect(stack + PAGE_SIZE, 256 * KiB, PROT_READ | PROT_WRITE);
assert(rss() == before + 64);                           // no page fault will ever delay this thread
