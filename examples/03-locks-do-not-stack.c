// One munlock undoes any number of mlock calls.
// First steps: If two parts of a program lock the same range, what does one munlock do?
// Locks do not add up. However often a range was locked, one munlock unlocks it for everybody in
// the process.
size_t len = 4 * PAGE_SIZE;
char *addr = mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

for (int i = 0; i < 3; i++)
    mlock(addr, len);
assert(locked_vm() == 4);                               // counted once, not three times

assert(munlock(addr, len) == 0);
assert(locked_vm() == 0);
assert(!(page_flags(addr) & 1UL << KPF_MLOCKED));
assert(munlock(addr, len) == 0);                        // nothing to undo is no error
