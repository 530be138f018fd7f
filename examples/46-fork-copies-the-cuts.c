// fork copies the VMAs one by one, with every cut.
// Processes: Are equal neighbours merged in the child?
// No. fork copies the mappings one by one, also those that nothing distinguishes any more once the
// locks are gone.
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
long vmas = map_count();
touch_write(p, 4 * PAGE_SIZE);
mlock(p, 2 * PAGE_SIZE);
assert(map_count() == vmas + 1);

if (fork() == 0) {
    assert(map_count() == vmas + 1);
    assert(vma_flags(p) == vma_flags(p + 2 * PAGE_SIZE));       // the lock is gone, the cut is not
    exit(0);
}
wait(NULL);
munlock(p, 2 * PAGE_SIZE);
assert(map_count() == vmas);
