// mlock gives the child copies; lock-on-fault shares.
// Processes: Who owns the page that parent and child both lock?
// mlock in the child copies the pages that it shares with the parent, and pins the copies.
// Lock-on-fault leaves them shared and pins those.
char *p = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
touch_write(p, 2 * PAGE_SIZE);

if (fork() == 0) {
    long before = rss();
    mlock2(p, PAGE_SIZE, MLOCK_ONFAULT);                // page 0 stays shared
    mlock(p + PAGE_SIZE, PAGE_SIZE);                    // page 1 is copied
    assert(locked_vm() == 2 && rss() == before);
    assert(page_flags(p) & 1UL << KPF_MLOCKED);
    pause();                                            // keeps the locks while the parent looks
}
assert(page_flags(p) & 1UL << KPF_MLOCKED);             // pinned by the child, seen by the parent
assert(!(page_flags(p + PAGE_SIZE) & 1UL << KPF_MLOCKED));
