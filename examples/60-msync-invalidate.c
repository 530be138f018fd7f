// msync with MS_INVALIDATE refuses locked memory.
// Files and shared memory: Why is msync(MS_INVALIDATE) EBUSY on anonymous memory?
// Because it is locked. MS_INVALIDATE refuses every locked mapping, even if no file is behind it.
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
touch_write(p, 4 * PAGE_SIZE);
assert(msync(p, 4 * PAGE_SIZE, MS_INVALIDATE) == 0);
mlock2(p + 2 * PAGE_SIZE, PAGE_SIZE, MLOCK_ONFAULT);
assert(msync(p, 4 * PAGE_SIZE, MS_INVALIDATE) == -1 && errno == EBUSY);
assert(msync(p, 4 * PAGE_SIZE, MS_SYNC) == 0);

assert(madvise(p, 4 * PAGE_SIZE, MADV_FREE) == -1 && errno == EINVAL);
assert(madvise(p + 2 * PAGE_SIZE, PAGE_SIZE, MADV_COLD) == -1 && errno == EINVAL);
assert(madvise(p + 2 * PAGE_SIZE, PAGE_SIZE, MADV_PAGEOUT) == -1 && errno == EINVAL);
assert(madvise(p + 2 * PAGE_SIZE, PAGE_SIZE, MADV_WILLNEED) == 0);
