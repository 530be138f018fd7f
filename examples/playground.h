/*
 * playground.h: runs a scenario of mlock playground on a real Linux kernel.
 * MIT License, see LICENSE.
 *
 *     gcc -static -O0 -w -include playground.h scenario.c -o scenario && sudo ./scenario
 *
 * A scenario without main() needs its statements inside one: `npm run conformance` does that, and passes the
 * scenario's pragmas as PLAYGROUND_RLIMITS, PLAYGROUND_CAPS and PLAYGROUND_MAX_MAP_COUNT. Needs root: PFNs are secret without
 * CAP_SYS_ADMIN, and nobody else may raise CAP_IPC_LOCK.
 *
 * The helpers open /proc files on demand and close them, keep errno, and hold their only state in one page of .bss
 * that is touched before main(), so that they change neither VMAs nor page counts of the scenario.
 */
#ifndef PLAYGROUND_H
#define PLAYGROUND_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/capability.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#define KiB 1024L
#define MiB (1024L * KiB)
#define GiB (1024L * MiB)
#undef PAGE_SIZE
#define PAGE_SIZE 4096L

/* What older headers of the C library lack. */
#ifndef MAP_DROPPABLE
#define MAP_DROPPABLE 8
#endif
#ifndef MADV_DONTNEED_LOCKED
#define MADV_DONTNEED_LOCKED 24
#endif
#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif
#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#define MADV_GUARD_REMOVE 103
#endif
#ifndef SYS_memfd_secret
#define SYS_memfd_secret 447
#endif
#ifndef SYS_mseal
#define SYS_mseal 462
#endif

/* Bits of vma_flags(). */
#define VM_READ 0x1UL
#define VM_WRITE 0x2UL
#define VM_EXEC 0x4UL
#define VM_SHARED 0x8UL
#define VM_MAYREAD 0x10UL
#define VM_MAYWRITE 0x20UL
#define VM_MAYEXEC 0x40UL
#define VM_MAYSHARE 0x80UL
#define VM_GROWSDOWN 0x100UL
#define VM_PFNMAP 0x400UL
#define VM_MAYBE_GUARD 0x800UL
#define VM_LOCKED 0x2000UL
#define VM_IO 0x4000UL
#define VM_SEQ_READ 0x8000UL
#define VM_RAND_READ 0x10000UL
#define VM_DONTCOPY 0x20000UL
#define VM_DONTEXPAND 0x40000UL
#define VM_LOCKONFAULT 0x80000UL
#define VM_ACCOUNT 0x100000UL
#define VM_NORESERVE 0x200000UL
#define VM_HUGETLB 0x400000UL
#define VM_WIPEONFORK 0x2000000UL
#define VM_DONTDUMP 0x4000000UL
#define VM_MIXEDMAP 0x10000000UL
#define VM_HUGEPAGE 0x20000000UL
#define VM_NOHUGEPAGE 0x40000000UL
#define VM_MERGEABLE 0x80000000UL
#define VM_DROPPABLE 0x10000000000UL
#define VM_SEALED 0x40000000000UL

/* Bit numbers of page_flags(). */
#define KPF_LOCKED 0
#define KPF_REFERENCED 2
#define KPF_UPTODATE 3
#define KPF_DIRTY 4
#define KPF_LRU 5
#define KPF_ACTIVE 6
#define KPF_MMAP 11
#define KPF_ANON 12
#define KPF_SWAPCACHE 13
#define KPF_SWAPBACKED 14
#define KPF_UNEVICTABLE 18
#define KPF_ZERO_PAGE 24
#define KPF_MLOCKED 33
#define KPF_MAPPEDTODISK 34

/* All state of the helpers: one page. */
static struct {
    int used, at, out;      /* pg_line(): bytes read, next byte, characters of the line */
    long fillers;           /* VMAs, of one page each, that stand for a lower vm.max_map_count */
    char line[256];
    char text[2048];
    sigjmp_buf jump;
} pg_state __attribute__((aligned(4096)));

/* Ends a scenario that this machine cannot run; 77 is "skipped". */
static __attribute__((noreturn, unused)) void pg_skip(const char *why)
{
    fprintf(stderr, "playground.h: %s\n", why);
    _exit(77);
}

static int pg_open(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        pg_skip(path);
    pg_state.used = pg_state.at = 0;
    return fd;
}

/* The next line without its newline, cut at 255 characters; NULL at the end. */
static char *pg_line(int fd)
{
    for (pg_state.out = 0;;) {
        if (pg_state.at == pg_state.used) {
            pg_state.used = (int)read(fd, pg_state.text, sizeof pg_state.text);
            pg_state.at = 0;
            if (pg_state.used <= 0)
                return NULL;
        }
        char c = pg_state.text[pg_state.at++];
        if (c == '\n')
            break;
        if (pg_state.out < (int)sizeof pg_state.line - 1)
            pg_state.line[pg_state.out++] = c;
    }
    pg_state.line[pg_state.out] = 0;
    return pg_state.line;
}

/* A kB line of /proc/self/status, in pages. */
static __attribute__((unused)) long pg_status(const char *name)
{
    int saved = errno, fd = pg_open("/proc/self/status");
    size_t length = strlen(name);
    long kb = 0;
    for (char *line; (line = pg_line(fd));)
        if (!strncmp(line, name, length) && line[length] == ':')
            kb = strtol(line + length + 1, NULL, 10);
    close(fd);
    errno = saved;
    return kb / 4;
}

static __attribute__((unused)) long locked_vm(void) { return pg_status("VmLck"); }
static __attribute__((unused)) long total_vm(void) { return pg_status("VmSize") - pg_state.fillers; }
static __attribute__((unused)) long rss(void) { return pg_status("VmRSS"); }

static __attribute__((unused)) long map_count(void)
{
    int saved = errno, fd = pg_open("/proc/self/maps");
    long count = -pg_state.fillers;
    for (char *line; (line = pg_line(fd));)
        count += !strstr(line, "[vsyscall]");
    close(fd);
    errno = saved;
    return count;
}

/* VM_* bits of the VMA at addr, with the protection key in bits 32 to 35; 0 where nothing is mapped. */
static __attribute__((unused)) unsigned long vma_flags(const void *addr)
{
    static const char letters[] = "rdwrexshmrmwmemsgdumpfguuwloiosrrrdcdelfacnrhtsfarwfddsdmmhgnhmg";
    int saved = errno, inside = 0, fd = pg_open("/proc/self/smaps");
    unsigned long start, end, flags = 0;
    for (char *line; (line = pg_line(fd));) {
        if (sscanf(line, "%lx-%lx ", &start, &end) == 2) {
            inside = (unsigned long)addr >= start && (unsigned long)addr < end;
        } else if (inside && !strncmp(line, "ProtectionKey:", 14)) {
            flags |= strtoul(line + 14, NULL, 10) << 32;
        } else if (inside && !strncmp(line, "VmFlags:", 8)) {
            for (char *word = line + 9; word[0] && word[1]; word += 3) {
                for (int bit = 0; bit < 32; bit++)
                    if (word[0] == letters[2 * bit] && word[1] == letters[2 * bit + 1])
                        flags |= 1UL << bit;
                flags |= !strncmp(word, "dp", 2) ? VM_DROPPABLE : !strncmp(word, "sl", 2) ? VM_SEALED : 0;
            }
            break;
        }
    }
    close(fd);
    errno = saved;
    return flags;
}

/* The word of /proc/kpageflags for the page at addr, after this CPU's batches; 0 where no page is present. */
static __attribute__((unused)) unsigned long page_flags(const void *addr)
{
    int saved = errno;
    /* An advice that drains the batches. The vdso is never locked, so it is never refused. */
    madvise((void *)getauxval(AT_SYSINFO_EHDR), 4096, MADV_COLD);
    uint64_t entry = 0, word = 0;
    int fd = pg_open("/proc/self/pagemap");
    if (pread(fd, &entry, 8, (off_t)((unsigned long)addr / 4096 * 8)) != 8)
        entry = 0;
    close(fd);
    if (entry >> 63) {
        uint64_t pfn = entry & ((1UL << 55) - 1);
        if (!pfn)
            pg_skip("page_flags() needs CAP_SYS_ADMIN");
        fd = pg_open("/proc/kpageflags");
        if (pread(fd, &word, 8, (off_t)(pfn * 8)) != 8)
            word = 0;
        close(fd);
    }
    errno = saved;
    return word;
}

static void pg_caught(int signal) { siglongjmp(pg_state.jump, signal); }

/* One byte of each page; a locked "or 0" writes without reading first and keeps what is there. */
static __attribute__((unused)) int pg_touch(const void *addr, size_t len, int write)
{
    struct sigaction action = {.sa_handler = pg_caught}, segv, bus;
    int saved = errno, signal;
    sigaction(SIGSEGV, &action, &segv);
    sigaction(SIGBUS, &action, &bus);
    if (!(signal = sigsetjmp(pg_state.jump, 1))) {
        unsigned long at = (unsigned long)addr, end = at + len;
        for (; at < end; at = (at & ~4095UL) + 4096) {
            if (write)
                __atomic_fetch_or((unsigned char *)at, 0, __ATOMIC_RELAXED);
            else
                (void)*(volatile unsigned char *)at;
        }
    }
    sigaction(SIGSEGV, &segv, NULL);
    sigaction(SIGBUS, &bus, NULL);
    errno = saved;
    return signal;
}

static __attribute__((unused)) int touch_read(const void *addr, size_t len) { return pg_touch(addr, len, 0); }
static __attribute__((unused)) int touch_write(const void *addr, size_t len) { return pg_touch(addr, len, 1); }

/* Sets or clears capabilities of the effective set; with `permitted` clears them there too, for good. */
static int pg_cap(unsigned long mask, int raise, int permitted)
{
    struct __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct data[2];
    if (syscall(SYS_capget, &head, data))
        return -1;
    for (int i = 0; i < 2; i++) {
        unsigned bits = (unsigned)(mask >> 32 * i);
        data[i].effective = raise ? data[i].effective | bits : data[i].effective & ~bits;
        if (permitted)
            data[i].permitted &= ~bits;
    }
    return (int)syscall(SYS_capset, &head, data);
}

static __attribute__((unused)) int cap_raise(int cap) { return pg_cap(1UL << cap, 1, 0); }
static __attribute__((unused)) int cap_drop(int cap) { return pg_cap(1UL << cap, 0, 0); }

/* The n-th mapping of /proc/self/maps, from 0: its line, or NULL after the last. */
static char *pg_mapping(int n, unsigned long *start, unsigned long *end)
{
    int fd = pg_open("/proc/self/maps");
    char *line;
    do
        line = pg_line(fd);
    while (line && n--);
    close(fd);
    return line && sscanf(line, "%lx-%lx ", start, end) == 2 ? line : NULL;
}

/* Asks the kernel to reclaim what it can of this process's own memory; returns the pages taken. Best effort. */
static __attribute__((unused)) long memory_pressure(size_t bytes)
{
    int saved = errno;
    long before = rss(), wanted = (long)(bytes / 4096);
    unsigned long start, end;
    for (int i = 0; before - rss() < wanted && pg_mapping(i, &start, &end); i++)
        madvise((void *)start, end - start, MADV_PAGEOUT);
    errno = saved;
    return before - rss();
}

/* No program can watch its own pending SIGKILL at work: it is dead before its next instruction. */
static __attribute__((unused)) int pending_signal(int signal, ...)
{
    (void)signal;
    pg_skip("pending_signal() works in the simulator only");
}

/* fork() as in the simulator: the child runs to its end, or to pause(), before the parent goes on. */
static __attribute__((unused)) pid_t pg_fork(void)
{
    siginfo_t info;
    pid_t child = fork();
    if (child > 0)
        waitid(P_PID, (id_t)child, &info, WEXITED | WSTOPPED | WNOWAIT);
    else if (child == 0)
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* a child that pauses ends with its parent */
    return child;
}
#define fork() pg_fork()
#define pause() raise(SIGSTOP)

/* open() of any name makes a file in memory, as in the simulator. */
static __attribute__((unused)) int pg_file(const char *name, int flags)
{
    char path[32];
    int fd = memfd_create(name, 0);
    if (fd >= 0 && (flags & O_ACCMODE) != O_RDWR) {
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
        int narrow = open(path, flags & O_ACCMODE);
        dup2(narrow, fd);
        close(narrow);
    }
    return fd;
}
#define open(name, flags, ...) pg_file((name), (flags))

#define mseal(addr, len, flags) ((int)syscall(SYS_mseal, (addr), (len), (flags)))
#define memfd_secret(flags) ((int)syscall(SYS_memfd_secret, (flags)))

static void pg_limit(int resource, rlim_t soft, rlim_t hard)
{
    struct rlimit limit = {soft, hard};
    if (setrlimit(resource, &limit))
        pg_skip("this machine does not permit the limit that the scenario starts with");
}

/* Leaves room for `count` VMAs in all: vm.max_map_count itself is the whole machine's. */
static __attribute__((unused)) void pg_max_map_count(long count)
{
    int fd = pg_open("/proc/sys/vm/max_map_count");
    char *line = pg_line(fd), *at = (char *)0x200000000000;
    close(fd);
    long fillers = strtol(line, NULL, 10) - count;
    if (fillers < 0 || mmap(at, fillers * 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != at)
        pg_skip("this machine's vm.max_map_count is lower than the scenario's");
    for (long i = 1; i < fillers; i += 2)
        mprotect(at + i * 4096, 4096, PROT_READ);
    pg_state.fillers = fillers;
}

/* Puts the process into the state in which a scenario starts. */
static __attribute__((constructor)) void pg_start(int argc, char **argv, char **envp)
{
    (void)argc;
    int persona = personality(0xffffffff);
    struct rlimit stack;
    getrlimit(RLIMIT_STACK, &stack);
    if (!(persona & ADDR_NO_RANDOMIZE) || stack.rlim_cur != 8 * MiB) {
        stack.rlim_cur = 8 * MiB; /* decides where mmap begins, so it must hold at the exec */
        if (!setrlimit(RLIMIT_STACK, &stack) && personality((unsigned)persona | ADDR_NO_RANDOMIZE) != -1)
            execve("/proc/self/exe", argv, envp);
        pg_skip("cannot switch address space randomisation off");
    }
    setvbuf(stdout, NULL, _IONBF, 0);
    prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);

    cpu_set_t one; /* the batches are per CPU */
    int cpu = sched_getcpu();
    CPU_ZERO(&one);
    CPU_SET(cpu < 0 ? 0 : cpu, &one);
    sched_setaffinity(0, sizeof one, &one);

    /* Brings every page of the program in: running new code must not change rss() later. */
    unsigned long start, end;
    char *line;
    for (int i = 0; (line = pg_mapping(i, &start, &end)); i++)
        if (!strstr(line, "[v"))
            madvise((void *)start, end - start, strstr(line, " rw") ? MADV_POPULATE_WRITE : MADV_POPULATE_READ);

    pg_limit(RLIMIT_AS, RLIM_INFINITY, RLIM_INFINITY);
    pg_limit(RLIMIT_DATA, RLIM_INFINITY, RLIM_INFINITY);
    pg_limit(RLIMIT_MEMLOCK, 8 * MiB, 8 * MiB);
#ifdef PLAYGROUND_RLIMITS /* for example pg_limit(RLIMIT_MEMLOCK, 65536, 65536); */
    PLAYGROUND_RLIMITS
#endif
#ifdef PLAYGROUND_MAX_MAP_COUNT
    pg_max_map_count(PLAYGROUND_MAX_MAP_COUNT);
#endif
#ifndef PLAYGROUND_CAPS /* for example 1UL << CAP_IPC_LOCK */
#define PLAYGROUND_CAPS 0UL
#endif
    pg_cap((1UL << CAP_SYS_RESOURCE | 1UL << CAP_SYS_RAWIO) & ~(PLAYGROUND_CAPS), 0, 1);
    cap_drop(CAP_IPC_LOCK);
    if (pg_cap(PLAYGROUND_CAPS, 1, 0))
        pg_skip("this process may not have the capability that the scenario starts with");
}

#endif
