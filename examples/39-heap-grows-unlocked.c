// A locked heap grows by an unlocked part.
// mlockall: Is what sbrk adds to a locked heap locked?
// Only with MCL_FUTURE. New heap does not look at the old heap beside it, so a locked heap grows by
// an unlocked part.
char *heap = sbrk(4 * PAGE_SIZE);
assert(mlock(heap, 4 * PAGE_SIZE) == 0);
long locked = locked_vm(), vmas = map_count();

char *more = sbrk(4 * PAGE_SIZE);
assert(more == heap + 4 * PAGE_SIZE);
assert(locked_vm() == locked);
assert(map_count() == vmas + 1);                        // two VMAs, both called [heap]

mlockall(MCL_FUTURE);
char *most = sbrk(4 * PAGE_SIZE);
assert(locked_vm() == locked + 4);
assert(page_flags(most) & 1UL << KPF_MLOCKED);          // and it is there at once
sbrk(-4 * PAGE_SIZE);
assert(locked_vm() == locked);
