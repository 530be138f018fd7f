// A wrapper can pass a limit on, but not a lock.
// From the field: Can I start a program with all of its memory locked from outside?
// execve makes a new address space, without locks and without MCL_FUTURE. What stays is
// RLIMIT_MEMLOCK, so a wrapper can give the room, and the program has to call mlockall itself.
cap_raise(CAP_IPC_LOCK);
for (int i = 0; i < 2; i++) {
    if (fork() == 0) {
        struct rlimit r = { 4 * MiB, 8 * MiB };
        setrlimit(RLIMIT_MEMLOCK, &r);
        assert(mlockall(MCL_CURRENT | MCL_FUTURE) == 0);
        char *lock[] = { "grep", "-q", "VmLck:.* 0 kB", "/proc/self/status", NULL };
        char *limit[] = { "grep", "-q", "Max locked memory *4194304 *8388608", "/proc/self/limits", NULL };
        char *envp[] = { NULL };
        if (i == 0)
            execve("/bin/grep", lock, envp);            // the lock is gone
        else
            execve("/bin/grep", limit, envp);           // the limit is there
        exit(1);
    }
    int status;
    wait(&status);
    assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}
