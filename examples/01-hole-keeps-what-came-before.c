// A hole does not undo what came before it.
// First steps: After ENOMEM, is part of the range locked?
#pragma rlimit RLIMIT_MEMLOCK 65536     // 16 pages
char *buf = mmap(NULL, 16 * PAGE_SIZE, PROT_READ | PROT_WRITE,
           MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
munmap(buf + 10 * PAGE_SIZE, 2 * PAGE_SIZE);

for (int i = 0; i < 4; i++)
    touch_write(buf + i * PAGE_SIZE, 1);
touch_read(buf + 4 * PAGE_SIZE, 2 * PAGE_SIZE);
mlock2(buf + 14 * PAGE_SIZE, 8 * KiB, MLOCK_ONFAULT);

int r = mlock(buf, 16 * PAGE_SIZE);
assert(r == -1 && locked_vm() == 12);   // 10 + 2
printf("%ld pages locked\n", locked_vm());

munlock(buf + 2 * PAGE_SIZE, PAGE_SIZE);
mlock(buf + 12 * PAGE_SIZE, 4 * PAGE_SIZE);

char *more = mmap(NULL, 8 * PAGE_SIZE, PROT_READ | PROT_WRITE,
           MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
mlock(more, 8 * PAGE_SIZE);
munlockall();
