// Neither locks nor MCL_FUTURE survive execve.
// Where documents and the kernel differ: Does mlockall hold for the program that is executed next?
// No, whatever older texts say. execve makes a new address space, without locks and without
// MCL_FUTURE; the parent keeps its own.
cap_raise(CAP_IPC_LOCK);
assert(mlockall(MCL_CURRENT | MCL_FUTURE) == 0);
assert(locked_vm() > 0);

if (fork() == 0) {
    mlockall(MCL_CURRENT | MCL_FUTURE);
    char *argv[] = { "grep", "-q", "VmLck:.* 0 kB", "/proc/self/status", NULL };
    char *envp[] = { NULL };
    execve("/bin/grep", argv, envp);
    exit(1);
}
int status;
wait(&status);
assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
assert(locked_vm() > 0);                                // the parent's locks are its own
