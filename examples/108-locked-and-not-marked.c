// A page of a locked mapping can lose its mark.
// Where documents and the kernel differ: Is every resident page of a locked mapping kept from reclaim?
// Nearly. Replacing a locked file mapping by a locked one queues an unlock and a lock of the same page,
// and the unlock wins: the mapping is locked and counted, the page is not marked. Locking again does
// not help, because nothing changes; munlock and mlock do. Reclaim itself would notice the lock.
int fd = memfd_create("state", 0);
ftruncate(fd, PAGE_SIZE);
int flags = MAP_SHARED | MAP_LOCKED;
char *p = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, flags, fd, 0);
assert(page_flags(p) & 1UL << KPF_MLOCKED);

mmap(p, PAGE_SIZE, PROT_READ | PROT_WRITE, flags | MAP_FIXED, fd, 0);
assert(vma_flags(p) & VM_LOCKED && locked_vm() == 1);
assert(page_flags(p) && !(page_flags(p) & 1UL << KPF_MLOCKED));
assert(mlock(p, PAGE_SIZE) == 0);
assert(!(page_flags(p) & 1UL << KPF_MLOCKED));

munlock(p, PAGE_SIZE);
mlock(p, PAGE_SIZE);
assert(page_flags(p) & 1UL << KPF_MLOCKED);
