// With MCL_FUTURE a new mapping is born locked and resident.
// mlockall: What does mlockall(MCL_CURRENT | MCL_FUTURE) change about the next mmap?
// The new mapping is locked, counted and brought in before mmap returns. munlockall ends both: the
// locks, and the wish for more.
cap_raise(CAP_IPC_LOCK);
assert(mlockall(MCL_CURRENT | MCL_FUTURE) == 0);
long locked = locked_vm();

char *p = mmap(NULL, 6 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(vma_flags(p) & VM_LOCKED);
assert(locked_vm() == locked + 6);
for (int i = 0; i < 6; i++)
    assert(page_flags(p + i * PAGE_SIZE) & 1UL << KPF_MLOCKED);

munmap(p, 6 * PAGE_SIZE);
assert(locked_vm() == locked);
munlockall();                                           // ends both: what is locked, and what would be
assert(locked_vm() == 0);
p = mmap(NULL, 6 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(locked_vm() == 0);
