// MCL_FUTURE does not lock a growing stack.
// Where documents and the kernel differ: Is a stack locked that grows after mlockall?
// Only if the stack itself is locked; MCL_FUTURE alone does not do it. A locked stack counts all of
// its growth and brings in the page that was touched.
char *low = mmap(NULL, 200 * PAGE_SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) + 180 * PAGE_SIZE;
char *stack = mmap(low, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN | MAP_FIXED, -1, 0);
munmap(low - 180 * PAGE_SIZE, 180 * PAGE_SIZE);

mlockall(MCL_FUTURE);
assert(touch_write(stack - PAGE_SIZE, 1) == 0);         // grows by one page, by the VMA's own flags
assert(locked_vm() == 0);
munlockall();

mlock(stack - PAGE_SIZE, 5 * PAGE_SIZE);
assert(locked_vm() == 5);
long before = rss();
assert(touch_write(stack - 9 * PAGE_SIZE, 1) == 0);     // eight pages further down
assert(locked_vm() == 13);                              // all of them counted,
assert(rss() == before + 1);                            // one of them there
