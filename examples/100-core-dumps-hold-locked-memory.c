// A lock keeps memory from swap, not from a core dump.
// From the field: Does mlock keep a secret out of core dumps and out of child processes?
// A lock speaks of reclaim only. Memory that is locked is dumped like any other, and fork gives the
// child its pages. Use MADV_DONTDUMP against the first; MADV_WIPEONFORK (empty pages) or
// MADV_DONTFORK (no mapping) against the second.
char *p = mmap(NULL, 3 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
char *wiped = p + PAGE_SIZE, *kept = p + 2 * PAGE_SIZE;
mlock(p, 3 * PAGE_SIZE);
assert(!(vma_flags(p) & VM_DONTDUMP));

madvise(p, 3 * PAGE_SIZE, MADV_DONTDUMP);
madvise(wiped, PAGE_SIZE, MADV_WIPEONFORK);
madvise(kept, PAGE_SIZE, MADV_DONTFORK);
assert(vma_flags(p) & VM_DONTDUMP && locked_vm() == 3); // an advice takes no lock away

if (fork() == 0) {
    assert(page_flags(p) & 1UL << KPF_MLOCKED);         // the very page of the parent
    assert(page_flags(wiped) == 0);                     // mapped, and nothing in it
    assert(vma_flags(kept) == 0);                       // not mapped
    exit(0);
}
int status;
wait(&status);
assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
