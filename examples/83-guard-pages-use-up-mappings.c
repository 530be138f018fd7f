// A guarded secret costs two mappings or more.
// From the field: Why does sodium_malloc fail with ENOMEM long before the memory lock limit is reached?
// Each secret between guard pages is a mapping of its own, and the guards are others;
// vm.max_map_count is then used up first. Many secrets in one arena between two guard pages need
// three mappings, however many they are.
#pragma sysctl vm.max_map_count 30

int anon = MAP_PRIVATE | MAP_ANONYMOUS, made = 0;
char *p;
while (map_count() < 29) {
    p = mmap(NULL, 3 * PAGE_SIZE, PROT_NONE, anon, -1, 0);
    mprotect(p + PAGE_SIZE, PAGE_SIZE, PROT_READ | PROT_WRITE);
    mlock(p + PAGE_SIZE, PAGE_SIZE);
    made++;
}
p = mmap(NULL, 3 * PAGE_SIZE, PROT_NONE, anon, -1, 0);  // merges with the guard above it
assert(mprotect(p + PAGE_SIZE, PAGE_SIZE, PROT_READ | PROT_WRITE) == -1 && errno == ENOMEM);
assert(locked_vm() == made && made < 12);               // of the 2048 pages that the limit allows
munmap(p, (made + 1) * 3 * PAGE_SIZE);

long vmas = map_count();
char *arena = mmap(NULL, 102 * PAGE_SIZE, PROT_NONE, anon, -1, 0);
mprotect(arena + PAGE_SIZE, 100 * PAGE_SIZE, PROT_READ | PROT_WRITE);
assert(mlock(arena + PAGE_SIZE, 100 * PAGE_SIZE) == 0);
assert(locked_vm() == 100 && map_count() <= vmas + 3);
