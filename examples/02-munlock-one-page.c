// Unlocking one page in the middle makes three VMAs of one.
// First steps: What does munlock of one page do to the mapping around it?
// The mapping is cut in three: what is before, the page, what is after. Only the page is unlocked,
// and locking it again makes one mapping of the three.
char *p = mmap(NULL, 5 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
mlock(p, 5 * PAGE_SIZE);
assert(locked_vm() == 5);
long vmas = map_count();

char *addr = p + 2 * PAGE_SIZE;
assert(munlock(addr, 4096) == 0);
assert(locked_vm() == 4);
assert(map_count() == vmas + 2);                        // before it, the page, after it
assert(!(vma_flags(addr) & VM_LOCKED));
assert(vma_flags(addr - 1) & VM_LOCKED);
assert(vma_flags(addr + PAGE_SIZE) & VM_LOCKED);
assert(page_flags(addr));                               // still there, but it may leave
assert(!(page_flags(addr) & 1UL << KPF_MLOCKED));

assert(mlock(addr, 4096) == 0);                         // equal neighbours merge again
assert(map_count() == vmas && locked_vm() == 5);
