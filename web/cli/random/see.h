/*
 * What a random scenario sees of itself on a real kernel; see.ts prints the same of the simulator's state. Included
 * after playground.h, where puts("see") stands for pg_see().
 */
#define PG_FROM 0x100000000000UL /* the arena */
#define PG_TO 0x100000100000UL

static struct {
    long size, data, stack, anon, shmem;
    int begun;
} pg_first __attribute__((aligned(4096))) = {.begun = 0};

/* Segments end with the process, and with them what SHM_LOCK counts for the user. */
static __attribute__((constructor)) void pg_own_segments(void)
{
    if (unshare(CLONE_NEWIPC))
        pg_skip("cannot have SysV segments of its own");
}

static void pg_smaps(void)
{
    int fd = pg_open("/proc/self/smaps"), inside = 0;
    unsigned long start, end, offset;
    char perms[8], name[128];
    for (char *line; (line = pg_line(fd));) {
        name[0] = 0;
        if (sscanf(line, "%lx-%lx %7s %lx %*s %*s %127[^\n]", &start, &end, perms, &offset, name) >= 4) {
            inside = start >= PG_FROM && start < PG_TO;
            if (inside)
                printf("%lx-%lx %s %lx %s\n", start, end, perms, offset,
                       !strncmp(name, "/SYSV", 5) ? "/SYSV" : !strncmp(name, "/memfd", 6) ? "/memfd" : name);
        } else if (inside && strncmp(line, "Referenced:", 11))
            printf("%s\n", line);
    }
    close(fd);
}

/* Entry of pagemap, word of kpageflags and mapcount of each page; runs of equal ones. */
static void pg_pages(void)
{
    uint64_t entry[256], none = ~0UL, last = none, last_maps = 0, word, maps;
    unsigned long from = 0, i;
    int map = pg_open("/proc/self/pagemap"), flags = pg_open("/proc/kpageflags"), counts = pg_open("/proc/kpagecount");
    pread(map, entry, sizeof entry, (off_t)(PG_FROM / 4096 * 8));
    for (i = 0; i <= 256; i++) {
        uint64_t pfn = i < 256 ? entry[i] & ((1UL << 55) - 1) : 0;
        word = maps = 0;
        if (i == 256)
            word = none;
        else if (entry[i] >> 58 & 1)
            word = 2;
        else if (entry[i] >> 62 & 1)
            word = 1;
        else if (entry[i] >> 63) {
            pread(flags, &word, 8, (off_t)(pfn * 8));
            pread(counts, &maps, 8, (off_t)(pfn * 8));
            word &= PG_MASK;
            if (!(word >> KPF_ANON & 1))
                word &= ~(1UL << KPF_MAPPEDTODISK);
            if (word >> KPF_ZERO_PAGE & 1)
                word = 1UL << KPF_ZERO_PAGE, maps = 0;
        }
        if (word == last && maps == last_maps)
            continue;
        if (last != none && last)
            printf("pages %lu-%lu %lx x%lu\n", from, i - 1, (unsigned long)last, (unsigned long)last_maps);
        from = i;
        last = word;
        last_maps = maps;
    }
    close(map);
    close(flags);
    close(counts);
}

static void pg_see(void)
{
    int saved = errno;
    madvise((void *)getauxval(AT_SYSINFO_EHDR), 4096, MADV_COLD); /* drains this CPU's batches */
    if (!pg_first.begun)
        pg_first = (typeof(pg_first)){pg_status("VmSize"), pg_status("VmData"), pg_status("VmStk"),
                                      pg_status("RssAnon"), pg_status("RssShmem"), 1};
    printf("VmLck %ld VmSize %+ld VmData %+ld VmStk %+ld RssAnon %+ld RssShmem %+ld VmSwap %ld\n", locked_vm(),
           pg_status("VmSize") - pg_first.size, pg_status("VmData") - pg_first.data,
           pg_status("VmStk") - pg_first.stack, pg_status("RssAnon") - pg_first.anon,
           pg_status("RssShmem") - pg_first.shmem, pg_status("VmSwap"));
    pg_smaps();
    pg_pages();
    errno = saved;
}

#define puts(text) (strcmp((text), "see") ? (puts)(text) : (pg_see(), 0))
