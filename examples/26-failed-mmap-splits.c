// An mmap that fails may already have cut its neighbours.
// Ranges and holes: Is a failed mmap(MAP_FIXED) without effect?
// Not quite. The mappings at the borders of the range may have been cut before it failed, and
// nothing puts them together.
char *p = mmap(NULL, 8 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
munmap(p + 4 * PAGE_SIZE, 2 * PAGE_SIZE);               // [0,4) and [6,8)
mlock(p, 4 * PAGE_SIZE);
long vmas = map_count();

struct rlimit r = { total_vm() * PAGE_SIZE, RLIM_INFINITY };
setrlimit(RLIMIT_AS, &r);
int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED;
assert(mmap(p + 2 * PAGE_SIZE, 5 * PAGE_SIZE, PROT_READ, flags, -1, 0) == MAP_FAILED && errno == ENOMEM);
assert(map_count() == vmas + 2);                        // [0,2) [2,4) [6,7) [7,8)
assert(locked_vm() == 4);
assert(page_flags(p + 2 * PAGE_SIZE) & 1UL << KPF_MLOCKED);     // pages and locks are untouched
