// munlock can fail with ENOMEM though all is mapped.
// Limits and rights: Can memory stay locked against the will of the program?
// Yes. munlock of a part has to cut the mapping; without room for that it is ENOMEM and the pages
// stay locked. munlock of the whole mapping always works.
#pragma sysctl vm.max_map_count 30

char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
mlock(p, 4 * PAGE_SIZE);
while (map_count() < 30)
    mmap(NULL, PAGE_SIZE, PROT_NONE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

assert(munlock(p + PAGE_SIZE, PAGE_SIZE) == -1 && errno == ENOMEM);     // would need two cuts
assert(munlock(p, PAGE_SIZE) == -1 && errno == ENOMEM); // even one is too many
assert(locked_vm() == 4);
assert(munlock(p, 4 * PAGE_SIZE) == 0);                 // a whole VMA needs none
assert(locked_vm() == 0);
