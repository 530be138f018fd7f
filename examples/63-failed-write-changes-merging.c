// A write that dies can decide which mappings merge later.
// Ranges and holes: Does an access that failed leave a trace?
// Yes. A write that dies with SIGBUS has given the mapping its anon_vma already, and that decides
// what merges later.
int fd = memfd_create("short", 0);
ftruncate(fd, 4 * PAGE_SIZE);
char *p = mmap(NULL, 8 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
long vmas = map_count();

mlock2(p + 4 * PAGE_SIZE, 4 * PAGE_SIZE, MLOCK_ONFAULT);
assert(touch_write(p + 4 * PAGE_SIZE, 1) == SIGBUS);    // no page, but an anon_vma
touch_write(p, 1);                                      // another one here
munlock(p + 4 * PAGE_SIZE, 4 * PAGE_SIZE);
assert(map_count() == vmas + 1);
