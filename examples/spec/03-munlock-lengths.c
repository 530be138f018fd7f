// munlock rounds before it compares.
// Ranges and holes: Which lengths does munlock refuse?
// Only those whose range wraps after rounding. The longest length of all rounds to nothing and is
// taken; so is 0.
char *p = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mlock(p, PAGE_SIZE) == 0);
assert(munlock(p, ULONG_MAX) == 0);
assert(munlock(p, 0) == 0);
assert(locked_vm() == 1);
assert(munlock(p, -4096) == -1 && errno == EINVAL);
assert(munlock(p + 4095, 2) == 0);                      // two bytes, two pages
assert(locked_vm() == 0);
