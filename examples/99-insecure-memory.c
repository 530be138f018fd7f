// A pool of secure memory has to fit the limit as a whole.
// From the field: Why does gpg warn "using insecure memory", or run out of secure memory with many keys?
// Agents for keys lock a small pool at their start. If mlock fails they go on with ordinary memory
// and a warning; a second pool in a limit of 64 KiB is then too much. Ask once for all, check the
// result, and keep secrets that found no place out of ordinary memory.
#pragma rlimit RLIMIT_MEMLOCK 65536

int anon = MAP_PRIVATE | MAP_ANONYMOUS;
char *pool = mmap(NULL, 32 * KiB, PROT_READ | PROT_WRITE, anon, -1, 0);
assert(mlock(pool, 32 * KiB) == 0);

char *more = mmap(NULL, 64 * KiB, PROT_READ | PROT_WRITE, anon, -1, 0);
assert(mlock(more, 64 * KiB) == -1 && errno == ENOMEM);
assert(locked_vm() == 8);                               // not even a part of it
touch_write(more, PAGE_SIZE);                           // the program goes on:
assert(!(page_flags(more) & 1UL << KPF_MLOCKED));       // insecure memory

munmap(more, 64 * KiB);
more = mmap(NULL, 32 * KiB, PROT_READ | PROT_WRITE, anon | MAP_LOCKED, -1, 0);
assert(more != MAP_FAILED && locked_vm() == 16);        // what fits
assert(mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, anon | MAP_LOCKED, -1, 0) == MAP_FAILED);
