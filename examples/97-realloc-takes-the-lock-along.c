// When a buffer moves, its lock moves along.
// From the field: After realloc of a locked buffer, which address do I munlock?
// For large buffers realloc is mremap. The lock goes to the new place, and the growth is locked as
// well; the old address is unmapped, so munlock of it is ENOMEM and unlocks nothing. Use the new
// address and the new length.
int anon = MAP_PRIVATE | MAP_ANONYMOUS;
char *area = mmap(NULL, 12 * PAGE_SIZE, PROT_READ | PROT_WRITE, anon, -1, 0);
munmap(area, 8 * PAGE_SIZE);
char *old = area + 8 * PAGE_SIZE;                       // something lies right above it: it cannot grow in place
mlock(old, 4 * PAGE_SIZE);

char *new = mremap(old, 4 * PAGE_SIZE, 8 * PAGE_SIZE, MREMAP_MAYMOVE, NULL);
assert(new != old && locked_vm() == 8);
assert(page_flags(new + 7 * PAGE_SIZE) & 1UL << KPF_MLOCKED);

assert(munlock(old, 4 * PAGE_SIZE) == -1 && errno == ENOMEM);
assert(locked_vm() == 8);
assert(munlock(new, 4 * PAGE_SIZE) == 0);               // the old length leaves half of it locked
assert(locked_vm() == 4 && vma_flags(new + 4 * PAGE_SIZE) & VM_LOCKED);
assert(munlock(new, 8 * PAGE_SIZE) == 0 && locked_vm() == 0);
