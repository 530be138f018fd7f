// One read of a file mapping pins up to sixteen pages.
// Files and shared memory: How many pages does one access lock?
// Up to sixteen. One read of a lock-on-fault file mapping maps its neighbours from the page cache
// as well, and all of them are pinned.
int fd = memfd_create("cached", 0);
ftruncate(fd, 64 * PAGE_SIZE);
char *all = mmap(NULL, 64 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
touch_write(all, 64 * PAGE_SIZE);                       // now the page cache has them

char *p = mmap(NULL, 64 * PAGE_SIZE, PROT_READ, MAP_SHARED, fd, 0);
mlock2(p, 64 * PAGE_SIZE, MLOCK_ONFAULT);
long before = rss();
touch_read(p, 1);
assert(rss() == before + 16);                           // fault-around: 64 KiB
assert(page_flags(p + 15 * PAGE_SIZE) & 1UL << KPF_MLOCKED);
assert(page_flags(p + 16 * PAGE_SIZE) == 0);
