// A child starts with nothing locked and no MCL_FUTURE.
// Processes: What does fork copy of the locks?
// None of them. The child starts with nothing locked and without MCL_FUTURE, and keeps the limits.
// Pages that it shares with a locked parent stay pinned.
cap_raise(CAP_IPC_LOCK);
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
mlockall(MCL_CURRENT | MCL_FUTURE);
long locked = locked_vm();

if (fork() == 0) {
    assert(locked_vm() == 0);
    assert(!(vma_flags(p) & VM_LOCKED));
    assert(page_flags(p) & 1UL << KPF_MLOCKED);         // the page is the parent's too, and stays pinned
    char *q = mmap(NULL, PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert(locked_vm() == 0);
    exit(0);
}
int status;
wait(&status);
assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
assert(locked_vm() == locked);
