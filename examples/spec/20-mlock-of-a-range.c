// mlock marks a range and brings its pages in.
// First steps: What does mlock change?
// VM_LOCKED comes, locked_vm grows by what was not locked yet, resident pages become PG_mlocked and
// unevictable, and absent ones are brought in.
char *p = mmap(NULL, 6 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
touch_write(p, 2 * PAGE_SIZE);
assert(mlock(p + 100, 1) == 0);
assert(mlock(p, 4 * PAGE_SIZE) == 0);
assert(locked_vm() == 4);
assert(mlock(p + 4 * PAGE_SIZE, 2 * PAGE_SIZE) == 0);   // heals the VMA
assert(mlock(p, ULONG_MAX) == 0);                       // rounds to nothing
assert(mlock(p, 0) == 0);
assert(mlock(p, 6 * PAGE_SIZE) == 0);
assert(mlock(p, 6 * PAGE_SIZE) == 0);
assert(munlock(p, 6 * PAGE_SIZE) == 0);
assert(mlock2(p, 2 * PAGE_SIZE, MLOCK_ONFAULT) == 0);
assert(mlock(p, 2 * PAGE_SIZE) == 0);                   // from lock on fault to lock at once
