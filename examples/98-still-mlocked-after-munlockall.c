// A page is unlocked when the last of its locks is gone.
// From the field: Why does Mlocked in /proc/meminfo stay high after munlockall?
// VmLck counts the locks of one process, Mlocked counts pages. A shared page that another process
// or another mapping locks stays pinned; so does secret memory, and SHM_LOCK keeps a segment from
// reclaim without any mlock.
char *shared = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
mlock(shared, PAGE_SIZE);
if (fork() == 0) {
    mlock(shared, PAGE_SIZE);                           // the page has two locks now
    mlock(shared + PAGE_SIZE, PAGE_SIZE);
    munlockall();
    assert(locked_vm() == 0);                           // nothing is locked here,
    assert(page_flags(shared) & 1UL << KPF_MLOCKED);    // and the page is pinned: it is locked in the parent
    assert(!(page_flags(shared + PAGE_SIZE) & 1UL << KPF_MLOCKED));
    exit(0);
}
wait(NULL);
assert(locked_vm() == 1);
munlockall();                                           // the last lock
assert(!(page_flags(shared) & 1UL << KPF_MLOCKED));
assert(!(page_flags(shared) & 1UL << KPF_UNEVICTABLE));
