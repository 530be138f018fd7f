// MREMAP_DONTUNMAP takes a mapping over the limit.
// Where documents and the kernel differ: Does mremap of locked memory always ask RLIMIT_MEMLOCK?
// The manual has EAGAIN for locked memory that grows over the limit, and growth is refused so. A move
// with MREMAP_DONTUNMAP is not, although 6.18 counts it a second time: VmLck is then above the limit.
#pragma rlimit RLIMIT_MEMLOCK 8192      // 2 pages

char *p = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
mlock(p, 2 * PAGE_SIZE);
assert(mremap(p, 2 * PAGE_SIZE, 4 * PAGE_SIZE, MREMAP_MAYMOVE, NULL) == MAP_FAILED && errno == EAGAIN);

char *q = mremap(p, 2 * PAGE_SIZE, 2 * PAGE_SIZE, MREMAP_MAYMOVE | MREMAP_DONTUNMAP, NULL);
assert(q != MAP_FAILED);
assert(locked_vm() == 4);                               // of 2 that are allowed
assert(vma_flags(q) & VM_LOCKED && !(vma_flags(p) & VM_LOCKED));
assert(munlock(q, 2 * PAGE_SIZE) == 0 && locked_vm() == 2);
assert(mlock(q, PAGE_SIZE) == -1 && errno == ENOMEM);   // nothing is locked, and the limit is used up
