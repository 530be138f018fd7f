// An allocator that ignores EINVAL believes its pages are zero.
// From the field: Why does madvise(MADV_DONTNEED) fail with EINVAL after mlockall?
// Allocators drop free pages with MADV_DONTNEED and count on zeros when they come back. Locked
// memory refuses that advice and keeps its pages with what is in them. MADV_DONTNEED_LOCKED drops
// them and keeps the lock.
cap_raise(CAP_IPC_LOCK);
mlockall(MCL_CURRENT | MCL_FUTURE);
size_t len = 64 * PAGE_SIZE;
char *freed = mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
memset(freed, 0xaa, len);
long full = rss();

assert(madvise(freed, len, MADV_DONTNEED) == -1 && errno == EINVAL);
assert(rss() == full);                                  // the old bytes are all there

long locked = locked_vm();
assert(madvise(freed, len, MADV_DONTNEED_LOCKED) == 0);
assert(rss() == full - 64);
assert(locked_vm() == locked);                          // what is touched next is new, zero, and pinned
touch_write(freed, PAGE_SIZE);
assert(page_flags(freed) & 1UL << KPF_MLOCKED);
