// Execute-only memory may be impossible to lock.
// Where documents and the kernel differ: Can code be locked that nobody may read?
// Not where the processor has protection keys: mlock says ENOMEM, and leaves the mapping locked.
// Elsewhere it can.
char *p = mmap(NULL, 2 * PAGE_SIZE, PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
int r = mlock(p, 2 * PAGE_SIZE);
assert(vma_flags(p) & VM_LOCKED && locked_vm() == 2);
assert(r == -1 && errno == ENOMEM);                     // the key denies reading, to the kernel's populate too

assert(mprotect(p, 2 * PAGE_SIZE, PROT_READ | PROT_EXEC) == 0);
assert(mlock(p, 2 * PAGE_SIZE) == 0);
