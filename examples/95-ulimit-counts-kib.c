// ulimit -l counts KiB, setrlimit counts bytes.
// From the field: Why does mlock fail although I set RLIMIT_MEMLOCK to 64?
// The shell's ulimit -l and limits.conf count in units of 1024 bytes; setrlimit, prlimit, systemd
// and container runtimes count bytes. 64 bytes are less than a page: not 0, so the errno is ENOMEM
// and not EPERM, and nothing can be locked.
char *p = mmap(NULL, 16 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
struct rlimit r = { 64, 8 * MiB };
setrlimit(RLIMIT_MEMLOCK, &r);
assert(mlock(p, 1) == -1 && errno == ENOMEM);           // one byte is one page, and the limit is none

r.rlim_cur = 64 * KiB;                                  // ulimit -l 64
setrlimit(RLIMIT_MEMLOCK, &r);
assert(mlock(p, 16 * PAGE_SIZE) == 0);
assert(locked_vm() * PAGE_SIZE == 64 * KiB);
