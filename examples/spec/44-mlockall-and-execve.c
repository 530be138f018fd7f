// Locks and MCL_FUTURE go to no other process or program.
// Processes: Does mlockall hold for a child, or after execve?
// No. The child has neither, and execve ends both.
cap_raise(CAP_IPC_LOCK);
assert(mlockall(MCL_CURRENT | MCL_FUTURE) == 0);
if (fork() == 0) {
    assert(locked_vm() == 0);
    assert(mlockall(MCL_CURRENT | MCL_FUTURE) == 0);
    char *argv[] = { "true", NULL };
    char *envp[] = { NULL };
    execve("/bin/true", argv, envp);
    exit(1);
}
wait(NULL);
assert(locked_vm() > 0);
