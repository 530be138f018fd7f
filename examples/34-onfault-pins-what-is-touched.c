// MLOCK_ONFAULT counts all pages and brings in none.
// First steps: What is the difference between mlock and lock-on-fault?
// mlock brings in all pages before it returns. With MLOCK_ONFAULT it brings in none, and pins each
// page when it is touched. Both count all pages against the limit.
char *a = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
long before = rss();
assert(mlock2(a, 4 * PAGE_SIZE, MLOCK_ONFAULT) == 0);
assert(locked_vm() == 4 && rss() == before);

touch_write(a + 2 * PAGE_SIZE, PAGE_SIZE);
assert(rss() == before + 1);
assert(page_flags(a + 2 * PAGE_SIZE) & 1UL << KPF_UNEVICTABLE);
touch_read(a, PAGE_SIZE);                               // a read finds the zero page: nothing to pin
assert(rss() == before + 1);
assert(!(page_flags(a) & 1UL << KPF_MLOCKED));

assert(mlock2(a, 4 * PAGE_SIZE, 0) == 0);               // mlock brings in all four, writable
assert(locked_vm() == 4 && rss() == before + 4);
