// mlock makes private copies of what fork shared.
// Processes: Are locks inherited, and what does mlock do to shared pages?
// Locks are not inherited. mlock in the child breaks the sharing of writable pages; mlock2 with
// MLOCK_ONFAULT does not.
char *p = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
touch_write(p, 2 * PAGE_SIZE);
assert(mlock(p, PAGE_SIZE) == 0);
if (fork() == 0) {
    assert(locked_vm() == 0);
    assert(mlock2(p + PAGE_SIZE, PAGE_SIZE, MLOCK_ONFAULT) == 0);
    assert(mlock2(p + PAGE_SIZE, PAGE_SIZE, 0) == 0);
    assert(mlock(p, PAGE_SIZE) == 0);
    exit(0);
}
wait(NULL);
