// Neighbours that look equal in maps can stay two.
// Ranges and holes: Why does munlock not put together what mlock has cut?
// A part that was written while it was locked has got an anon_vma of its own. That is not shown in
// maps, and mappings with different ones never merge.
char *p = mmap(NULL, 8 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
long vmas = map_count();

mlock2(p + 2 * PAGE_SIZE, 2 * PAGE_SIZE, MLOCK_ONFAULT);
assert(map_count() == vmas + 2);
munlock(p + 2 * PAGE_SIZE, 2 * PAGE_SIZE);
assert(map_count() == vmas);                            // so far it heals

mlock2(p + 2 * PAGE_SIZE, 2 * PAGE_SIZE, MLOCK_ONFAULT);
touch_write(p, 1);                                      // this part gets an anon_vma of its own,
touch_write(p + 2 * PAGE_SIZE, 1);                      // and this one another: the flags differ just now
munlock(p + 2 * PAGE_SIZE, 2 * PAGE_SIZE);
assert(map_count() == vmas + 1);
assert(vma_flags(p) == vma_flags(p + 2 * PAGE_SIZE));

madvise(p, 8 * PAGE_SIZE, MADV_DONTNEED);               // not even without pages
mlock(p, 8 * PAGE_SIZE);
munlock(p, 8 * PAGE_SIZE);
assert(map_count() == vmas + 1);
