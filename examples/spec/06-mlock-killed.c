// mlock ends with EINTR only when a kill ends its wait.
// Where documents and the kernel differ: Is mlock interrupted by a signal?
// A signal with a handler is not noticed. A fatal one counts only while another thread holds
// mmap_lock; the value is EINTR, the call is not restarted, and the process is gone.
char *p = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mlock(p, PAGE_SIZE) == 0);
pending_signal(SIGTERM);
assert(mlock(p, PAGE_SIZE) == 0);
pending_signal(SIGKILL);
assert(mlock(p, PAGE_SIZE) == -1 && errno == EINTR);
