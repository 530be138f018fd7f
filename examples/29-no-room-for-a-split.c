// mlock of one page needs room for two more VMAs; with room for one it fails and leaves a cut.
// What does mlock do when the process has all the VMAs it may have?
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

char *filler = mmap(NULL, 65536 * PAGE_SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
long more = 65529 - map_count();                        // vm.max_map_count is 65530
if (more % 2)
    mprotect(filler, PAGE_SIZE, PROT_READ);             // cuts once
for (long i = 1; i <= more / 2; i++)
    mprotect(filler + 2 * i * PAGE_SIZE, PAGE_SIZE, PROT_READ);     // cuts twice
assert(map_count() == 65529);

assert(mlock(p + PAGE_SIZE, PAGE_SIZE) == -1 && errno == ENOMEM);
assert(map_count() == 65530);                           // the first cut was made: [0,1) [1,4)
assert(locked_vm() == 0);
assert(mlock(p, 4 * PAGE_SIZE) == 0);                   // what needs no cut always works
assert(locked_vm() == 4);
