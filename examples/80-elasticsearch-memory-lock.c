// Elasticsearch cannot lock 64 KiB worth of a whole JVM.
// From the field: Why does Elasticsearch say "Unable to lock JVM Memory: error=12" in a container?
// bootstrap.memory_lock is one mlockall(MCL_CURRENT), and it compares all that is mapped with the
// soft limit. Containers start with the limit of their runtime, often 64 KiB, whatever limits.conf
// of the host says. Raise memlock for the container (soft and hard): with room for all of VmSize
// the same call succeeds.
#pragma rlimit RLIMIT_MEMLOCK 65536 8388608     // soft 64 KiB, hard 8 MiB

char *heap = mmap(NULL, 2 * MiB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mlockall(MCL_CURRENT) == -1 && errno == ENOMEM);     // error=12
assert(locked_vm() == 0);                               // the heap may be swapped out, as the log warns
assert(page_flags(heap) == 0);

struct rlimit r;
getrlimit(RLIMIT_MEMLOCK, &r);
assert(r.rlim_cur < total_vm() * PAGE_SIZE && total_vm() * PAGE_SIZE < r.rlim_max);
r.rlim_cur = r.rlim_max;                                // what "ulimits: memlock" of a container sets at its start
setrlimit(RLIMIT_MEMLOCK, &r);

assert(mlockall(MCL_CURRENT) == 0);
assert(vma_flags(heap) & VM_LOCKED);
assert(page_flags(heap + 2 * MiB - 1) & 1UL << KPF_MLOCKED);
