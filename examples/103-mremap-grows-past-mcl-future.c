// MCL_FUTURE does not lock what mremap adds.
// Where documents and the kernel differ: Does mlockall(MCL_FUTURE) lock memory that an mremap or realloc adds?
// The manual speaks of all pages that become mapped in the future. Growth by mremap asks the
// mapping that grows: an unlocked one grows unlocked, and moves unlocked. mmap and brk do ask
// MCL_FUTURE.
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
munmap(p + 2 * PAGE_SIZE, 2 * PAGE_SIZE);
assert(mlockall(MCL_FUTURE) == 0);

p = mremap(p, 2 * PAGE_SIZE, 4 * PAGE_SIZE, 0, NULL);   // in place
assert(p != MAP_FAILED && locked_vm() == 0);
p = mremap(p, 4 * PAGE_SIZE, 64 * PAGE_SIZE, MREMAP_MAYMOVE, NULL);
assert(p != MAP_FAILED && locked_vm() == 0);
assert(!(vma_flags(p + 63 * PAGE_SIZE) & VM_LOCKED));

char *q = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(vma_flags(q) & VM_LOCKED);
assert(mlock(p, 64 * PAGE_SIZE) == 0);                  // what to do after such a growth
assert(locked_vm() == 65);
