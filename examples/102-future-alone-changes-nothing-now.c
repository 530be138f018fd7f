// MCL_FUTURE alone neither locks nor unlocks what is mapped.
// Where documents and the kernel differ: Does mlockall(MCL_FUTURE) affect mappings that exist already?
// A text may say that mlockall affects all current mappings and, if asked, future ones. Without
// MCL_CURRENT it leaves every mapping as it was, the kind of its lock included.
char *p = mmap(NULL, 3 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
mlock(p, PAGE_SIZE);
mlock2(p + PAGE_SIZE, PAGE_SIZE, MLOCK_ONFAULT);
assert(mlockall(MCL_FUTURE) == 0);
assert(locked_vm() == 2);
assert(vma_flags(p) & VM_LOCKED && !(vma_flags(p) & VM_LOCKONFAULT));
assert(vma_flags(p + PAGE_SIZE) & VM_LOCKONFAULT);
assert(page_flags(p + PAGE_SIZE) == 0);
assert(!(vma_flags(p + 2 * PAGE_SIZE) & VM_LOCKED));

char *q = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(vma_flags(q) & VM_LOCKED && locked_vm() == 3);   // but this one is new
