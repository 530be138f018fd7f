// Without room for a split, madvise says EAGAIN.
// Where documents and the kernel differ: Which errno means that a process has too many mappings?
// For mlock, munlock and mprotect the manuals name ENOMEM, and that is what they say. madvise turns
// the same refusal into EAGAIN, as if it were worth another try; nothing will change until mappings
// are unmapped or merge.
#pragma sysctl vm.max_map_count 30

char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
while (map_count() < 30)
    mmap(NULL, PAGE_SIZE, PROT_NONE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

assert(mlock(p, PAGE_SIZE) == -1 && errno == ENOMEM);
assert(mprotect(p, PAGE_SIZE, PROT_READ) == -1 && errno == ENOMEM);
assert(madvise(p, PAGE_SIZE, MADV_DONTFORK) == -1 && errno == EAGAIN);
assert(madvise(p, PAGE_SIZE, MADV_DONTFORK) == -1 && errno == EAGAIN);
assert(madvise(p, 4 * PAGE_SIZE, MADV_DONTFORK) == 0);  // all of a mapping needs no split
assert(mlock(p, 4 * PAGE_SIZE) == 0);
