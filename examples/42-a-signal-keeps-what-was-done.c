// A touch that meets a hole keeps what it faulted in.
// Ranges and holes: What is left when an access ends with SIGSEGV?
// All that it touched before the hole is faulted in and stays. The access does not take anything
// back.
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
mlock2(p, 4 * PAGE_SIZE, MLOCK_ONFAULT);
munmap(p + 3 * PAGE_SIZE, PAGE_SIZE);
mprotect(p + 2 * PAGE_SIZE, PAGE_SIZE, PROT_READ);

assert(touch_write(p, 4 * PAGE_SIZE) == SIGSEGV);       // page 2 may not be written
assert(page_flags(p + PAGE_SIZE) & 1UL << KPF_MLOCKED);
assert(page_flags(p + 2 * PAGE_SIZE) == 0);
assert(touch_read(p, 4 * PAGE_SIZE) == SIGSEGV);        // page 3 is not mapped
assert(page_flags(p + 2 * PAGE_SIZE) & 1UL << KPF_ZERO_PAGE);
assert(locked_vm() == 3);
exit(0);
