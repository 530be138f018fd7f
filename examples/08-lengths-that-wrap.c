// A length that wraps is EINVAL, unless rounding made it 0.
// Where documents and the kernel differ: Why does munlock(p, -1) return 0 and unlock nothing?
// The length is rounded up to whole pages first, and -1 rounds to 2^64, which is 0: a success
// without effect. Only a sum that wraps after rounding is EINVAL.
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
mlock(p, 4 * PAGE_SIZE);

assert(munlock(p, -4096) == -1 && errno == EINVAL);     // start + len is below start
assert(locked_vm() == 4);
assert(munlock(p, -1) == 0);                            // rounds up to 2^64, which is 0
assert(locked_vm() == 4);
assert(munlock(p, 1UL << 63) == -1 && errno == ENOMEM); // no wrap: works up to the first hole or special mapping
assert(locked_vm() == 0);                               // and all four pages came before it

assert(mlock(p, -1) == 0 && locked_vm() == 0);
assert(mlock(p, -4096) == -1 && errno == ENOMEM);       // mlock asks for the limit first
cap_raise(CAP_IPC_LOCK);
assert(mlock(p, -4096) == -1 && errno == EINVAL);
