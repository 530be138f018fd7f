// munlock that meets a hole has unlocked what lies before.
// Ranges and holes: After ENOMEM from munlock, is the range locked or not?
// The part before the hole is unlocked, the part after it is still locked. The call does not say
// how far it came.
char *p = mmap(NULL, 10 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
mlock(p, 10 * PAGE_SIZE);
munmap(p + 4 * PAGE_SIZE, 2 * PAGE_SIZE);
assert(locked_vm() == 8);                               // munmap gave two back

assert(munlock(p, 10 * PAGE_SIZE) == -1 && errno == ENOMEM);
assert(locked_vm() == 4);                               // pages 6 to 9
assert(!(vma_flags(p) & VM_LOCKED));
assert(vma_flags(p + 6 * PAGE_SIZE) & VM_LOCKED);

assert(munlock(p + 4 * PAGE_SIZE, PAGE_SIZE) == -1 && errno == ENOMEM);     // starts in the hole: nothing done
assert(locked_vm() == 4);
