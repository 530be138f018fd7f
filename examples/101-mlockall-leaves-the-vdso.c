// mlockall does not lock all that is mapped.
// Where documents and the kernel differ: Does mlockall(MCL_CURRENT) lock every page of the process?
// The manual says so, and names data that the kernel shares with programs. But special mappings are
// passed over without a word: [vvar] and [vdso] stay unlocked and uncounted, and so would device
// memory and huge pages. VmLck is then below VmSize although mlockall returned 0.
cap_raise(CAP_IPC_LOCK);
assert(mlockall(MCL_CURRENT) == 0);
assert(total_vm() - locked_vm() == 8);                  // [vvar] 4 pages, [vvar_vclock] 2, [vdso] 2

char *p = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mlockall(MCL_CURRENT) == 0);
assert(total_vm() - locked_vm() == 8);                  // again all but those
cap_drop(CAP_IPC_LOCK);
struct rlimit r = { locked_vm() * PAGE_SIZE, 8 * MiB };
setrlimit(RLIMIT_MEMLOCK, &r);
assert(mlockall(MCL_CURRENT) == -1 && errno == ENOMEM); // never locked, and yet compared with the limit
