// mlock locks what lies before a hole, and fails.
// Ranges and holes: Is a mlock that fails without effect?
// No: what lies before the hole is marked and counted, but no page of it is brought in.
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
munmap(p + 2 * PAGE_SIZE, PAGE_SIZE);
assert(mlock(p, 4 * PAGE_SIZE) == -1 && errno == ENOMEM);
assert(locked_vm() == 2);
assert(page_flags(p) == 0);
cap_raise(CAP_IPC_LOCK);                                // else the limit comes first
assert(mlock(p, -4096) == -1 && errno == EINVAL);
assert(mlock((char *)-8192L, PAGE_SIZE) == -1 && errno == ENOMEM);
assert(mlock2((char *)-8192L, PAGE_SIZE, 0) == -1 && errno == ENOMEM);
assert(mlock2(p, -4096, 0) == -1 && errno == EINVAL);
assert(mlock2(p + PAGE_SIZE, 3 * PAGE_SIZE, 0) == -1 && errno == ENOMEM);
