// MREMAP_DONTUNMAP counts pages nobody can give back.
// Where documents and the kernel differ: Can VmLck stay above 0 when nothing is locked?
// Yes, on 6.18. mremap with MREMAP_DONTUNMAP counts the new place and forgets to subtract the old
// one. Nobody can give those pages back, and they count against the limit.
for (int i = 1; i <= 3; i++) {
    char *p = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    mlock(p, 2 * PAGE_SIZE);
    char *q = mremap(p, 2 * PAGE_SIZE, 2 * PAGE_SIZE, MREMAP_MAYMOVE | MREMAP_DONTUNMAP, NULL);
    assert(!(vma_flags(p) & VM_LOCKED));                // the old place lost its lock, and nothing was subtracted
    munmap(p, 2 * PAGE_SIZE);
    munmap(q, 2 * PAGE_SIZE);
    assert(locked_vm() == 2 * i);
}
munlockall();
assert(locked_vm() == 6);
struct rlimit r = { 6 * PAGE_SIZE, 8 * MiB };
setrlimit(RLIMIT_MEMLOCK, &r);
char *p = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mlock(p, PAGE_SIZE) == -1 && errno == ENOMEM);   // and it counts against the limit
