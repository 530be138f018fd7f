// An mremap that removes its own source.
// Ranges and holes: What does mremap do when its target covers the start of the mapping that is to move?
// It unmaps the target first, finds that the source is gone, and fails with EFAULT: the unmapped pages stay unmapped.
// The check for an overlap does not see it, for an old length near 2^64 wraps.
char *p = mmap(NULL, 5 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
munmap(p, 2 * PAGE_SIZE);
char *q = mremap(p + 2 * PAGE_SIZE, -2 * PAGE_SIZE, 3 * PAGE_SIZE, MREMAP_MAYMOVE | MREMAP_FIXED, p);
assert(q == MAP_FAILED && errno == EFAULT);
assert(vma_flags(p + 2 * PAGE_SIZE) == 0);
assert(vma_flags(p + 3 * PAGE_SIZE) != 0);
