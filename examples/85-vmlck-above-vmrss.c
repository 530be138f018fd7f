// VmLck counts addresses, VmRSS counts pages.
// From the field: Why is VmLck larger than VmRSS?
// A lock counts from the moment that the mapping has it, with all pages of the mapping. Those of
// lock-on-fault that nobody touched, reserved ones without access, and those that still are the
// zero page use no memory. mlock without MLOCK_ONFAULT brings in what it can, and then both grow
// alike.
int anon = MAP_PRIVATE | MAP_ANONYMOUS;
char *cache = mmap(NULL, 4 * MiB, PROT_READ | PROT_WRITE, anon, -1, 0);
long before = rss();
assert(mlock2(cache, 4 * MiB, MLOCK_ONFAULT) == 0);
touch_write(cache, 10 * PAGE_SIZE);
assert(locked_vm() == 1024 && rss() == before + 10);

mmap(NULL, 1 * MiB, PROT_NONE, anon | MAP_LOCKED, -1, 0);       // reserved
mmap(NULL, 1 * MiB, PROT_READ, anon | MAP_LOCKED, -1, 0);       // zeros
assert(locked_vm() == 1536 && rss() == before + 10);

assert(mlock(cache, 4 * MiB) == 0);
assert(locked_vm() == 1536 && rss() == before + 1024);
