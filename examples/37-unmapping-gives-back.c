// Memory that is unmapped is no longer counted.
// First steps: Do pages have to be unlocked before munmap?
// No. Memory that is unmapped or replaced is no longer counted, locked or not.
char *p = mmap(NULL, 8 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
mlock(p, 8 * PAGE_SIZE);

assert(munmap(p + 2 * PAGE_SIZE, 2 * PAGE_SIZE) == 0);
assert(locked_vm() == 6);
assert(vma_flags(p + 2 * PAGE_SIZE) == 0);
assert(vma_flags(p + 4 * PAGE_SIZE) & VM_LOCKED);       // the rest keeps its lock

char *q = mmap(p + 4 * PAGE_SIZE, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE,
               MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
assert(locked_vm() == 4);                               // the new mapping is not locked
assert(!(vma_flags(q) & VM_LOCKED));
assert(munmap(p, 8 * PAGE_SIZE) == 0);                  // holes do not matter to munmap
assert(locked_vm() == 0);
