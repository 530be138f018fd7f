// A locked parent that writes after fork pins a new page.
// Processes: What happens to a pinned page when its owner gets a copy?
// The writer gets the copy, and it is pinned at once. The old page is let go by the writer, and
// stays with the other process.
char *p = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
mlock(p, 2 * PAGE_SIZE);

if (fork() == 0) {
    assert(page_flags(p) & 1UL << KPF_MLOCKED);
    touch_write(p, PAGE_SIZE);                          // the child's copy is an ordinary page
    assert(!(page_flags(p) & 1UL << KPF_MLOCKED));
    assert(page_flags(p + PAGE_SIZE) & 1UL << KPF_MLOCKED);
    exit(0);
}
wait(NULL);
assert(page_flags(p) & 1UL << KPF_MLOCKED);
touch_write(p, 2 * PAGE_SIZE);
assert(page_flags(p) & 1UL << KPF_MLOCKED && page_flags(p + PAGE_SIZE) & 1UL << KPF_MLOCKED);
assert(locked_vm() == 2);
