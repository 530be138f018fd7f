// mlock2 with MLOCK_ONFAULT brings nothing in.
// Pages and the LRU: What does MLOCK_ONFAULT leave out?
// Pages that are resident are PG_mlocked at once; absent ones stay absent, and become PG_mlocked when
// they are touched. The size counts at once.
char *p = mmap(NULL, 6 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
touch_write(p, PAGE_SIZE);
assert(mlock2(p, 4 * PAGE_SIZE, MLOCK_ONFAULT) == 0);
assert(locked_vm() == 4);
assert(page_flags(p) & 1UL << KPF_MLOCKED);
assert(page_flags(p + PAGE_SIZE) == 0);
touch_write(p + PAGE_SIZE, PAGE_SIZE);
assert(mlock2(p + PAGE_SIZE, 2 * PAGE_SIZE, 0) == 0);   // cuts
assert(mlock2(p, 4 * PAGE_SIZE, 0) == 0);               // heals
assert(mlock2(p, 4 * PAGE_SIZE, MLOCK_ONFAULT) == 0);   // back to lock on fault
assert(mlock2(p, 6 * PAGE_SIZE, 0) == 0);
assert(mlock2(p, ULONG_MAX, 0) == 0);
assert(mlock2(p, 0, 0) == 0);
assert(mlock2(p + 100, 1, 0) == 0);
assert(mlock2(p, 100, 1L << 32) == 0);                  // the upper half of flags is not seen
assert(munlock(p, 6 * PAGE_SIZE) == 0);
