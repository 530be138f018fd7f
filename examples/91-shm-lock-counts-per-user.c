// SHM_LOCK is on the account of the user.
// From the field: Why is shmctl(SHM_LOCK) ENOMEM in a process that has locked nothing?
// Segments locked with SHM_LOCK count for the user, over all processes, and not in VmLck. The lock
// stays when its process detaches or ends; SHM_UNLOCK or the removal of the segment give it back.
#pragma rlimit RLIMIT_MEMLOCK 16384     // 4 pages

int first = shmget(IPC_PRIVATE, 4 * PAGE_SIZE, 0600);
assert(shmctl(first, SHM_LOCK, NULL) == 0);
assert(locked_vm() == 0);                               // not even attached

if (fork() == 0) {                                      // another process of the same user
    int second = shmget(IPC_PRIVATE, PAGE_SIZE, 0600);
    assert(shmctl(second, SHM_LOCK, NULL) == -1 && errno == ENOMEM);
    char *p = shmat(second, NULL, 0);
    assert(mlock(p, PAGE_SIZE) == 0);                   // mlock has an account of its own, per process

    assert(shmctl(first, SHM_UNLOCK, NULL) == 0);       // anybody who owns it may unlock it
    assert(shmctl(second, SHM_LOCK, NULL) == 0);
    shmctl(second, IPC_RMID, NULL);
    exit(0);
}
int status;
wait(&status);
assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
shmctl(first, IPC_RMID, NULL);
