// Secret memory is born locked, and mlock of it says ENOMEM.
// Files and shared memory: How do the lock calls treat memfd_secret?
// It is born locked and counted, and nothing but munmap unlocks it. mlock says ENOMEM, munlock
// succeeds and does nothing.
int fd = memfd_secret(0);
if (fd == -1)
    exit(0);                                            // a kernel may have it switched off
ftruncate(fd, 2 * PAGE_SIZE);
char *p = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
assert(vma_flags(p) & VM_LOCKED && locked_vm() == 2);
assert(page_flags(p) == 0);                             // locked, and not filled

assert(mlock(p, PAGE_SIZE) == -1 && errno == ENOMEM);
assert(munlock(p, 2 * PAGE_SIZE) == 0);
munlockall();
assert(vma_flags(p) & VM_LOCKED && locked_vm() == 2);   // nothing unlocks it
assert(mmap(NULL, PAGE_SIZE, PROT_READ, MAP_PRIVATE, fd, 0) == MAP_FAILED && errno == EINVAL);
munmap(p, 2 * PAGE_SIZE);
assert(locked_vm() == 0);
