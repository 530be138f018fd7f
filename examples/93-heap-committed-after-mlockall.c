// A heap that is committed after mlockall may not be locked.
// From the field: Why is my Java or Redis heap swapped out although mlockall(MCL_CURRENT) succeeded?
// A heap is often reserved without access and committed piece by piece. Committing by mmap over the
// reservation replaces the locked mapping by a new one, which MCL_CURRENT does not cover;
// committing by mprotect keeps the lock and fills it. Use MCL_FUTURE too, or touch the whole heap
// before mlockall (-Xms equal to -Xmx with AlwaysPreTouch).
cap_raise(CAP_IPC_LOCK);
int anon = MAP_PRIVATE | MAP_ANONYMOUS;
char *heap = mmap(NULL, 1 * MiB, PROT_NONE, anon | MAP_NORESERVE, -1, 0);
mlockall(MCL_CURRENT);
assert(vma_flags(heap) & VM_LOCKED);
long locked = locked_vm();

mmap(heap, 64 * KiB, PROT_READ | PROT_WRITE, anon | MAP_FIXED, -1, 0);
touch_write(heap, 64 * KiB);
assert(!(vma_flags(heap) & VM_LOCKED) && locked_vm() == locked - 16);
assert(!(page_flags(heap) & 1UL << KPF_MLOCKED));       // may be swapped out

char *next = heap + 64 * KiB;
mprotect(next, 64 * KiB, PROT_READ | PROT_WRITE);
assert(page_flags(next) & 1UL << KPF_MLOCKED);          // there, and pinned

mlockall(MCL_CURRENT | MCL_FUTURE);
mmap(heap + 128 * KiB, 64 * KiB, PROT_READ | PROT_WRITE, anon | MAP_FIXED, -1, 0);
assert(page_flags(heap + 128 * KiB) & 1UL << KPF_MLOCKED);
