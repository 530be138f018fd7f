// Replacing locked pages by locked pages can be too much.
// Limits and rights: Does mmap(MAP_FIXED | MAP_LOCKED) count what it is about to remove?
// Yes. The pages that are about to be replaced are still counted, so replacing locked pages by as
// many can be EAGAIN at the limit.
#pragma rlimit RLIMIT_MEMLOCK 16384     // 4 pages

int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED;
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, flags, -1, 0);
assert(locked_vm() == 4);
assert(mmap(p, 2 * PAGE_SIZE, PROT_READ, flags | MAP_FIXED, -1, 0) == MAP_FAILED && errno == EAGAIN);
assert(locked_vm() == 4);                               // 4 + 2 is above 4; nothing was removed

munlock(p, 2 * PAGE_SIZE);
assert(mmap(p, 2 * PAGE_SIZE, PROT_READ, flags | MAP_FIXED, -1, 0) == p);
assert(locked_vm() == 4);
