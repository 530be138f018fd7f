// A locked stack that may not grow kills with SIGSEGV.
// Limits and rights: How does the limit stop a stack, which asks nobody?
// The access itself fails: a locked stack that may not grow is SIGSEGV. Unlocked, the same stack
// grows.
#pragma rlimit RLIMIT_MEMLOCK 20480     // 5 pages

char *low = mmap(NULL, 400 * PAGE_SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) + 380 * PAGE_SIZE;
char *stack = mmap(low, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN | MAP_FIXED, -1, 0);
munmap(low - 380 * PAGE_SIZE, 380 * PAGE_SIZE);
mlock(stack, 4 * PAGE_SIZE);

assert(touch_write(stack - PAGE_SIZE, 1) == 0);
assert(locked_vm() == 5);
assert(touch_write(stack - 2 * PAGE_SIZE, 1) == SIGSEGV);
munlock(stack - PAGE_SIZE, 5 * PAGE_SIZE);
assert(touch_write(stack - 2 * PAGE_SIZE, 1) == 0);
