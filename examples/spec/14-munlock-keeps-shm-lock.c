// SHM_LOCK keeps pages unevictable after munlock.
// Files and shared memory: What does munlock do to a segment under SHM_LOCK?
// The pages lose PG_mlocked, and stay on the unevictable list: the segment is locked as a whole.
int id = shmget(IPC_PRIVATE, 2 * PAGE_SIZE, IPC_CREAT | 0600);
char *p = shmat(id, NULL, 0);
assert(mlock(p, 2 * PAGE_SIZE) == 0);
assert(shmctl(id, SHM_LOCK, NULL) == 0);
assert(munlock(p, 2 * PAGE_SIZE) == 0);
assert((page_flags(p) & 1UL << KPF_MLOCKED) == 0);
assert(page_flags(p) & 1UL << KPF_UNEVICTABLE);
