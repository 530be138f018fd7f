// MCL_ONFAULT counts all pages and pins what is touched.
// mlockall: What is locked right after mlockall(MCL_CURRENT | MCL_ONFAULT)?
// All mappings are locked and counted in full, but only the pages that were there already are
// pinned. Each other page is pinned when it is touched.
cap_raise(CAP_IPC_LOCK);
char *p = mmap(NULL, 6 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
touch_write(p, PAGE_SIZE);

assert(mlockall(MCL_CURRENT | MCL_ONFAULT) == 0);
assert(vma_flags(p) & VM_LOCKED && vma_flags(p) & VM_LOCKONFAULT);
assert(locked_vm() >= 6);                               // all of it counts already
assert(page_flags(p) & 1UL << KPF_MLOCKED);             // was there before: pinned at once
assert(page_flags(p + PAGE_SIZE) == 0);                 // still absent

touch_write(p + PAGE_SIZE, PAGE_SIZE);
assert(page_flags(p + PAGE_SIZE) & 1UL << KPF_MLOCKED);
