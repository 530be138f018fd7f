// Pages that are locked already are not counted twice.
// Limits and rights: At the limit, can a range be locked that overlaps a locked one?
// Yes. Pages of the range that are locked already are taken off before the sum is compared with the
// limit.
#pragma rlimit RLIMIT_MEMLOCK 32768     // 8 pages

char *p = mmap(NULL, 12 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
assert(mlock(p, 6 * PAGE_SIZE) == 0);
assert(mlock(p + 4 * PAGE_SIZE, 4 * PAGE_SIZE) == 0);   // 6 + 4 - 2 in both = 8
assert(locked_vm() == 8);

assert(mlock(p, 8 * PAGE_SIZE) == 0);
assert(mlock(p, 9 * PAGE_SIZE) == -1 && errno == ENOMEM);
assert(locked_vm() == 8);                               // over the limit nothing is done at all
