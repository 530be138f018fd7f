// mlock of memory without access fails and locks it.
// Where documents and the kernel differ: After ENOMEM from mlock, does the range count against the limit?
// Yes. mlock locks and counts the range first and brings pages in later; that this fails undoes
// nothing. The manual does not mention it.
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mlock(p, 4 * PAGE_SIZE) == -1 && errno == ENOMEM);       // the pages cannot be brought in
assert(vma_flags(p) & VM_LOCKED);                       // but that came after the VMA was marked
assert(locked_vm() == 4);
assert(page_flags(p) == 0);

mprotect(p, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE);     // a locked private mapping that becomes writable is filled
assert(page_flags(p) & 1UL << KPF_MLOCKED);
