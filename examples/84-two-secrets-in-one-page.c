// Forgetting one secret unlocks its neighbour.
// From the field: Is it safe to mlock and munlock two small buffers from malloc?
// Locks belong to pages and do not add up. Two secrets that share a page are locked together, and
// the first munlock unlocks both. Give each secret pages of its own, or keep one pool locked as
// long as anything is in it.
char *heap = mmap(NULL, 3 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
char *key = heap + 128, *token = heap + 512;            // as an allocator would place them
mlock(key, 32);
mlock(token, 64);
assert(locked_vm() == 1);                               // one page, locked once

assert(munlock(key, 32) == 0);                          // done with the key
assert(locked_vm() == 0);
assert(!(page_flags(token) & 1UL << KPF_MLOCKED));      // the token may be swapped out from now on

char *own = heap + PAGE_SIZE, *other = heap + 2 * PAGE_SIZE;
mlock(own, 32);
mlock(other, 64);
munlock(own, 32);
assert(page_flags(other) & 1UL << KPF_MLOCKED);
