// mremap to the same size does nothing, even over holes.
// Where documents and the kernel differ: May the range of mremap have holes?
// Yes, although the manual has EFAULT for it. To the same size the call does nothing; with
// MREMAP_FIXED it moves all mappings of the range and keeps the holes.
char *p = mmap(NULL, 6 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
munmap(p + 2 * PAGE_SIZE, PAGE_SIZE);
mlock(p + 3 * PAGE_SIZE, PAGE_SIZE);                    // [0,2) hole [3,4) locked [4,6)
assert(mremap(p, 6 * PAGE_SIZE, 6 * PAGE_SIZE, 0) == p);

char *to = mmap(NULL, 6 * PAGE_SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mremap(p, 6 * PAGE_SIZE, 6 * PAGE_SIZE, MREMAP_MAYMOVE | MREMAP_FIXED, to) == to);
assert(locked_vm() == 1 && vma_flags(to + 3 * PAGE_SIZE) & VM_LOCKED);
assert(page_flags(to + 3 * PAGE_SIZE) & 1UL << KPF_MLOCKED);    // the page came along
assert(vma_flags(p) == 0);
assert(vma_flags(to + 2 * PAGE_SIZE) && !(vma_flags(to + 2 * PAGE_SIZE) & VM_READ));    // under the hole
