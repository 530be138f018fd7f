// mlockall ends with EINTR only when a kill ends its wait.
// Where documents and the kernel differ: Is mlockall interrupted by a signal?
// A signal with a handler is not noticed. A fatal one counts only while another thread holds
// mmap_lock; the value is EINTR, the call is not restarted, and the process is gone.
char *p = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mlock(p, PAGE_SIZE) == 0);
pending_signal(SIGTERM);
assert(mlockall(MCL_CURRENT) == 0);
pending_signal(SIGKILL);
assert(mlockall(MCL_CURRENT) == -1 && errno == EINTR);
