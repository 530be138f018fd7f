// MREMAP_DONTUNMAP leaves pages that munlock cannot reach.
// Pages and the LRU: Can a page stay pinned in an unlocked mapping?
// Yes. Moving a part of a locked mapping with MREMAP_DONTUNMAP takes the lock off all of the old
// mapping, but its other pages stay pinned. munlock does not reach them.
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
mlock(p, 4 * PAGE_SIZE);
char *q = mremap(p + PAGE_SIZE, 2 * PAGE_SIZE, 2 * PAGE_SIZE, MREMAP_MAYMOVE | MREMAP_DONTUNMAP, NULL);

assert(!(vma_flags(p) & VM_LOCKED));                    // the whole mapping, not just the part that moved
assert(page_flags(p) & 1UL << KPF_MLOCKED);
assert(munlock(p, 4 * PAGE_SIZE) == 0);                 // the flags are right already: no page is looked at
assert(page_flags(p) & 1UL << KPF_MLOCKED);

assert(mlock(p, PAGE_SIZE) == 0 && munlock(p, PAGE_SIZE) == 0);
assert(page_flags(p) & 1UL << KPF_MLOCKED);             // counted twice, given back once
