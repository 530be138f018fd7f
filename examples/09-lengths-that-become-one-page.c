// A length of 0 at an odd address locks a page.
// Ranges and holes: How much does mlock(p + 1, 0) lock?
// One page. The length is rounded together with the offset of the start, so 0 bytes can be a page,
// and so can a huge length that wraps.
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

mlock(p, 0);
assert(locked_vm() == 0);
mlock(p + 1, 0);                                        // 0 bytes plus offset 1, rounded up
assert(locked_vm() == 1);
munlock(p + 1, 0);
assert(locked_vm() == 0);

mlock(p + 4095, 2);                                     // two bytes, two pages
assert(locked_vm() == 2);
munlockall();

assert(mlock(p + 4095, -1) == 0);                       // 2^64 - 1 + 4095 wraps past 0 to 4094
assert(locked_vm() == 1);
munlockall();

munmap(p + 2 * PAGE_SIZE, PAGE_SIZE);
assert(mlock(p + 2 * PAGE_SIZE, 0) == 0);               // nothing is mapped there, and nothing asked for
assert(mlock(p + 2 * PAGE_SIZE + 1, 0) == -1 && errno == ENOMEM);
