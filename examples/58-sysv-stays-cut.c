// A cut in a SysV shared memory mapping is never healed.
// Files and shared memory: Why does munlock leave two VMAs of one segment?
// A mapping of a segment has a close operation, and such a mapping is never merged away. The border
// between two parts may move, but it stays.
int id = shmget(IPC_PRIVATE, 4 * PAGE_SIZE, 0600);
char *p = shmat(id, NULL, 0);
shmctl(id, IPC_RMID, NULL);
long vmas = map_count();
mlock(p, PAGE_SIZE);
munlock(p, PAGE_SIZE);
assert(map_count() == vmas + 1);
assert(vma_flags(p) == vma_flags(p + PAGE_SIZE));

mlock(p, 2 * PAGE_SIZE);                                // the border may move, as no VMA disappears
assert(map_count() == vmas + 1 && locked_vm() == 2);
assert(shmdt(p) == 0);                                  // takes all parts
assert(locked_vm() == 0);
