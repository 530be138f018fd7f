// mlockall locks all that can be locked.
// mlockall: What does MCL_CURRENT leave out?
// [vvar], [vdso], droppable memory: they stay as they are, without an error, and do not count. Pages
// that cannot be had stay absent, and nothing tells.
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
touch_write(p, PAGE_SIZE);
char *none = mmap(NULL, PAGE_SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_DROPPABLE | MAP_ANONYMOUS, -1, 0);
mlock(p + PAGE_SIZE, PAGE_SIZE);
assert(mlockall(MCL_CURRENT) == 0);                     // merges p again
assert(locked_vm() < total_vm());
assert(page_flags(none) == 0);
assert(munlockall() == 0);
assert(locked_vm() == 0);
