// mlockall(MCL_CURRENT) ends an earlier MCL_FUTURE.
// mlockall: Do the flags of two mlockall calls add up?
// No. Each call replaces what an earlier one said about the future, so mlockall(MCL_CURRENT) ends
// MCL_FUTURE.
cap_raise(CAP_IPC_LOCK);
int anon = MAP_PRIVATE | MAP_ANONYMOUS;
assert(mlockall(MCL_FUTURE) == 0);
assert(locked_vm() == 0);                               // nothing that exists is touched
char *a = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, anon, -1, 0);
assert(vma_flags(a) & VM_LOCKED);

assert(mlockall(MCL_CURRENT) == 0);                     // each call says all that holds from now on
char *b = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, anon, -1, 0);
assert(!(vma_flags(b) & VM_LOCKED));

assert(mlockall(MCL_FUTURE) == 0);                      // and this one unlocks nothing
assert(vma_flags(a) & VM_LOCKED);
assert(!(vma_flags(b) & VM_LOCKED));
