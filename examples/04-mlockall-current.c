// MCL_CURRENT locks what is mapped now, and nothing later.
// mlockall: Does mlockall(MCL_CURRENT) lock memory that is mapped afterwards?
// No. It locks what is mapped at the moment of the call, brings all of it in, and leaves later
// mappings alone. Even now it passes [vvar] and [vdso] over.
cap_raise(CAP_IPC_LOCK);                                // or total_vm would have to fit the limit
char *before = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

assert(mlockall(MCL_CURRENT) == 0);
assert(vma_flags(before) & VM_LOCKED);
assert(page_flags(before) & 1UL << KPF_MLOCKED);        // brought in although never touched
assert(locked_vm() < total_vm());                       // [vvar] and [vdso] are passed over without a word
long locked = locked_vm();

char *after = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(!(vma_flags(after) & VM_LOCKED));
assert(locked_vm() == locked);
