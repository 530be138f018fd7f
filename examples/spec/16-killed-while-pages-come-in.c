// A kill between two pages ends populate, and the lock stays.
// Where documents and the kernel differ: What does a kill during mlock leave behind?
// A range that is locked and counted, with a part of it resident. mlock and mlock2 give EINTR, mlockall
// gives 0; the process sees neither.
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
pending_signal(SIGKILL, 0);                             // nobody holds mmap_lock
assert(mlock(p, 2 * PAGE_SIZE) == -1 && errno == EINTR);
assert(locked_vm() == 2);
pending_signal(SIGKILL, 0);
assert(mlock2(p, 4 * PAGE_SIZE, 0) == -1 && errno == EINTR);
assert(locked_vm() == 4);
pending_signal(SIGKILL, 0);
assert(mlockall(MCL_CURRENT) == 0);
assert(page_flags(p) == 0);
pending_signal(SIGKILL, 0);
assert(munlock(p, 4 * PAGE_SIZE) == 0);
