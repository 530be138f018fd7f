// A program that locks and then becomes a daemon is unlocked.
// From the field: Why is VmLck 0 kB in my daemon although mlockall succeeded?
// daemon() forks, and the parent ends; a child has neither locks nor MCL_FUTURE. Call mlockall in
// the child, after the last fork.
cap_raise(CAP_IPC_LOCK);
char *buf = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mlockall(MCL_CURRENT | MCL_FUTURE) == 0);        // too early

if (fork() == 0) {                                      // what daemon() does; the child is the daemon
    assert(locked_vm() == 0);
    char *more = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert(!(vma_flags(more) & VM_LOCKED));

    assert(mlockall(MCL_CURRENT | MCL_FUTURE) == 0);    // capabilities and limits were inherited
    assert(vma_flags(buf) & VM_LOCKED && vma_flags(more) & VM_LOCKED);
    exit(0);
}
int status;
wait(&status);
assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
