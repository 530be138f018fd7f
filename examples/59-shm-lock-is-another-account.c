// SHM_LOCK and mlock have a limit each.
// Files and shared memory: What does SHM_LOCK share with mlock?
// Only the size of the limit: each has it for itself. SHM_LOCK keeps a segment from reclaim, brings
// nothing in and is not in VmLck.
#pragma rlimit RLIMIT_MEMLOCK 16384     // 4 pages

int id = shmget(IPC_PRIVATE, 4 * PAGE_SIZE, 0600);
char *p = shmat(id, NULL, 0);
assert(shmctl(id, SHM_LOCK, NULL) == 0);
assert(locked_vm() == 0);
assert(!(vma_flags(p) & VM_LOCKED));
assert(page_flags(p) == 0);

touch_write(p, PAGE_SIZE);
assert(page_flags(p) & 1UL << KPF_UNEVICTABLE);         // kept from reclaim,
assert(!(page_flags(p) & 1UL << KPF_MLOCKED));          // but not mlocked

assert(mlock(p, 4 * PAGE_SIZE) == 0);                   // the limit is there a second time
assert(munlock(p, 4 * PAGE_SIZE) == 0);
assert(page_flags(p) & 1UL << KPF_UNEVICTABLE);
shmctl(id, SHM_UNLOCK, NULL);
assert(!(page_flags(p) & 1UL << KPF_UNEVICTABLE));
shmctl(id, IPC_RMID, NULL);
