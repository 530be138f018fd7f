// The kernel looks at the lower 32 bits of the flags only.
// Where documents and the kernel differ: Is every unknown flag of mlock2 an error?
// No. The flags are an int: the kernel never sees the upper 32 bits, so 1L << 32 is no flag at all.
char *p = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mlock2(p, PAGE_SIZE, 2) == -1 && errno == EINVAL);

assert(syscall(SYS_mlock2, p, PAGE_SIZE, 1UL << 32) == 0);              // flags 0: an ordinary mlock
assert(locked_vm() == 1 && !(vma_flags(p) & VM_LOCKONFAULT));
assert(syscall(SYS_mlock2, p, PAGE_SIZE, 1UL << 32 | MLOCK_ONFAULT) == 0);
assert(vma_flags(p) & VM_LOCKONFAULT);
assert(syscall(SYS_mlockall, 1UL << 32) == -1 && errno == EINVAL);      // flags 0: none given
assert(syscall(SYS_mlockall, 1UL << 32 | MCL_FUTURE) == 0);
