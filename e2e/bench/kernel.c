// The same calls on this machine's kernel, for `npm run bench`.
//   kernel calls PAGES SPLIT FILE   prints ns a call, pages of VmLck, VMAs of the mapping; FILE: u32 triples (op, page, n)
//   kernel large BYTES              prints ns of one mlock
// Where the machine does not allow it, prints a sentence that begins with "not".
#define _GNU_SOURCE
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define PAGE 4096ul
#define BASE ((char *)0x200000000000)

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1e9 + t.tv_nsec;
}

static void not(const char *what)
{
	printf("not measured: %s: %s\n", what, strerror(errno));
	exit(0);
}

static char *map(size_t len, int flags)
{
	flags |= MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE;
	char *p = mmap(BASE, len, PROT_READ | PROT_WRITE, flags, -1, 0);
	if (p != BASE)
		not("mmap");
	return p;
}

static long vm_lck(void)
{
	char line[256];
	long kb = -1;
	FILE *f = fopen("/proc/self/status", "r");
	while (f && fgets(line, sizeof line, f))
		sscanf(line, "VmLck: %ld", &kb);
	return kb / 4;
}

static long vmas(size_t len)
{
	char line[512];
	long n = 0;
	unsigned long start;
	FILE *f = fopen("/proc/self/maps", "r");
	while (f && fgets(line, sizeof line, f))
		n += sscanf(line, "%lx", &start) == 1 && start >= (unsigned long)BASE && start < (unsigned long)BASE + len;
	return n;
}

static void run(char *p, const uint32_t *calls, long n)
{
	for (long i = 0; i < n; i++, calls += 3) {
		char *at = p + calls[1] * PAGE;
		long ret = calls[0] ? syscall(SYS_mlock2, at, calls[2] * PAGE, 1 /* MLOCK_ONFAULT */)
				    : syscall(SYS_munlock, at, calls[2] * PAGE);
		if (ret)
			not(calls[0] ? "mlock2" : "munlock");
	}
}

static void measure_calls(size_t pages, int split, const char *path)
{
	FILE *f = fopen(path, "rb");
	static uint32_t calls[3 << 20];
	long n = f ? fread(calls, 12, 1 << 20, f) : 0;
	char *p = map(pages * PAGE, MAP_POPULATE);
	for (size_t i = 1; split && i < pages; i += 2)
		if (mprotect(p + i * PAGE, PAGE, PROT_READ))
			not("mprotect");
	run(p, calls, n); // brings the mapping to its usual state
	double start = now();
	run(p, calls, n);
	printf("%f %ld %ld\n", (now() - start) / n, vm_lck(), vmas(pages * PAGE));
}

static void measure_large(size_t len)
{
	if ((size_t)sysconf(_SC_AVPHYS_PAGES) * PAGE < 2 * len) {
		errno = ENOMEM;
		not("free memory");
	}
	char *p = map(len, 0);
	double start = now();
	if (mlock(p, len))
		not("mlock");
	printf("%f\n", now() - start);
}

int main(int argc, char **argv)
{
	if (argc == 5 && !strcmp(argv[1], "calls"))
		measure_calls(strtoul(argv[2], 0, 0), atoi(argv[3]), argv[4]);
	else if (argc == 3 && !strcmp(argv[1], "large"))
		measure_large(strtoul(argv[2], 0, 0));
	else
		return 2;
	return 0;
}
