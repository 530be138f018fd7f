// CAP_IPC_LOCK makes the limit not matter.
// From the field: Why does Vault say "Failed to lock memory: cannot allocate memory" although mlock is supported?
// Vault calls mlockall(MCL_CURRENT | MCL_FUTURE). Without CAP_IPC_LOCK in effect that is ENOMEM
// below the limit, and EPERM where the limit is 0. Give the capability to the process itself
// (setcap, cap_add and a user that keeps it), or a limit with room for all that will ever be
// mapped.
#pragma rlimit RLIMIT_MEMLOCK 65536

int flags = MCL_CURRENT | MCL_FUTURE;
assert(mlockall(flags) == -1 && errno == ENOMEM);       // "cannot allocate memory"

struct rlimit none = { 0, 65536 };
setrlimit(RLIMIT_MEMLOCK, &none);
assert(mlockall(flags) == -1 && errno == EPERM);        // "operation not permitted"

cap_raise(CAP_IPC_LOCK);
assert(mlockall(flags) == 0);                           // the limit is still 0
assert(mmap(NULL, 1 * MiB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);

cap_drop(CAP_IPC_LOCK);                                 // a program that gives its rights away afterwards
assert(mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED);
assert(errno == EAGAIN);                                // keeps its locks, and gets no more memory
