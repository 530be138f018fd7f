// munlock can fail with ENOMEM although every page of the range is mapped.
// Can locked memory stay locked against the will of the program?
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
mlock(p, 4 * PAGE_SIZE);

char *filler = mmap(NULL, 65536 * PAGE_SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
long more = 65530 - map_count();                        // all that vm.max_map_count permits
if (more % 2)
    mprotect(filler, PAGE_SIZE, PROT_READ);
for (long i = 1; i <= more / 2; i++)
    mprotect(filler + 2 * i * PAGE_SIZE, PAGE_SIZE, PROT_READ);
assert(map_count() == 65530);

assert(munlock(p + PAGE_SIZE, PAGE_SIZE) == -1 && errno == ENOMEM);
assert(munlock(p, PAGE_SIZE) == -1 && errno == ENOMEM); // even one cut is one too many
assert(locked_vm() == 4);
assert(munlock(p, 4 * PAGE_SIZE) == 0);                 // a whole VMA needs none
assert(locked_vm() == 0);
