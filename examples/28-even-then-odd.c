// The order of locking decides how many VMAs are left.
// Ranges and holes: How many VMAs are eight locked pages?
// It depends on the order. Even pages first and then odd ones leave four mappings; in ascending
// order, or filled beforehand, all of them merge into one.
char *p = mmap(NULL, 8 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
long vmas = map_count();
for (int i = 0; i < 8; i += 2)
    mlock(p + i * PAGE_SIZE, PAGE_SIZE);
for (int i = 1; i < 8; i += 2)
    mlock(p + i * PAGE_SIZE, PAGE_SIZE);
assert(locked_vm() == 8);
assert(map_count() == vmas + 3);                        // four pairs: each even page brought an anon_vma of its own

char *q = mmap(NULL, 8 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
vmas = map_count();
for (int i = 0; i < 8; i += 2)
    mlock(q + i * PAGE_SIZE, PAGE_SIZE);
for (int i = 1; i < 8; i += 2)
    mlock(q + i * PAGE_SIZE, PAGE_SIZE);
assert(map_count() == vmas);                            // populated before: one anon_vma, and all parts merge

char *s = mmap(NULL, 8 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
vmas = map_count();
for (int i = 0; i < 8; i++)
    mlock(s + i * PAGE_SIZE, PAGE_SIZE);
assert(map_count() == vmas);                            // one after the other: each joins the one before it
