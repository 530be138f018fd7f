// What each call of the language puts into its frame, and what it makes of the answer.
import { describe, expect, test } from 'vitest';
import { ENOMEM, ENOT_MODELLED, EOUT_OF_MEMORY, EPERM } from '../../assembly/abi/errno';
import { IMAGE_EMPTY, IMAGE_GLIBC, IMAGE_STATIC } from '../../assembly/abi/image';
import { CAPS_IPC_LOCK } from '../../assembly/abi/cap';
import { RLIMIT_MEMLOCK } from '../../assembly/abi/rlimit';
import * as sys from '../../assembly/abi/sysno';
import {
  SYSCTL_BATCHES,
  SYSCTL_KERNEL_FIXED,
  SYSCTL_MAX_MAP_COUNT,
  SYSCTL_SWAP_PAGES,
} from '../../assembly/abi/sysctl';
import { FakeMachine } from './fake-machine';
import { defaultSettings, type Run } from './model';
import { run } from './run';

type Answer = ConstructorParameters<typeof FakeMachine>[0];

function start(
  source: string,
  answer?: Answer,
): { result: Run; frames: (readonly [number, ...bigint[]])[]; text: string } {
  const machine = new FakeMachine(answer);
  const result = run(source, defaultSettings, machine);
  const [image, swap, ...rest] = machine.log.map(({ nr, args }) => [nr, ...args] as const);
  expect(swap?.slice(0, 2)).toEqual([sys.P_sysctl, BigInt(SYSCTL_SWAP_PAGES)]); // every machine has a swap area
  const frames = [image!, ...rest];
  return { result, frames, text: result.outputs.map(({ text }) => text).join('') };
}

/** Frames after the start. */
const calls = (source: string, answer?: Answer): (readonly [number, ...bigint[]])[] =>
  start(source, answer).frames.slice(1);

const M1 = (1n << 64n) - 1n;

test.each<[source: string, ...frames: (readonly [number, ...bigint[]])[]]>([
  ['mlock((void *)4096, 8);', [sys.SYS_mlock, 4096n, 8n]],
  ['mlock2((void *)4096, 8, MLOCK_ONFAULT);', [sys.SYS_mlock2, 4096n, 8n, 1n]],
  ['munlock(NULL, -1);', [sys.SYS_munlock, 0n, M1]],
  ['mlockall(MCL_CURRENT | MCL_FUTURE);', [sys.SYS_mlockall, 3n]],
  ['munlockall();', [sys.SYS_munlockall]],
  ['mprotect(NULL, 1, PROT_READ);', [sys.SYS_mprotect, 0n, 1n, 1n]],
  ['madvise(NULL, 1, MADV_DONTNEED);', [sys.SYS_madvise, 0n, 1n, 4n]],
  ['mremap(NULL, 1, 2, MREMAP_MAYMOVE | MREMAP_FIXED, (void *)8192);', [sys.SYS_mremap, 0n, 1n, 2n, 3n, 8192n]],
  ['msync(NULL, 1, MS_SYNC);', [sys.SYS_msync, 0n, 1n, 4n]],
  [
    'int fd = memfd_create("x", MFD_CLOEXEC); ftruncate(fd, 4096); close(fd);',
    [sys.SYS_memfd_create, 1n],
    [sys.SYS_ftruncate, 0n, 4096n],
    [sys.SYS_close, 0n],
  ],
  ['open("/tmp", O_TMPFILE | O_RDWR, 0600);', [sys.SYS_open, 0o20200002n, 1n]],
  ['open("f", O_RDONLY);', [sys.SYS_open, 0n, 0n]],
  ['fallocate(3, FALLOC_FL_PUNCH_HOLE, 4096, 8192);', [sys.SYS_fallocate, 3n, 2n, 4096n, 8192n]],
  [
    'shmget(IPC_PRIVATE, 4096, 0600); shmctl(0, SHM_LOCK, NULL);',
    [sys.SYS_shmget, 0n, 4096n, 0o600n],
    [sys.SYS_shmctl, 0n, 11n, 0n],
  ],
  ['syscall(SYS_mlock2, 4096, 1, 1);', [sys.SYS_mlock2, 4096n, 1n, 1n]],
  ['syscall(SYS_munlockall);', [sys.SYS_munlockall]],
  ['touch_write((void *)65536, 5);', [sys.P_touch_write, 65536n, 5n]],
  ['char *p = (char *)65536; p[3] = 1; *(long *)p = 2;', [sys.P_store, 65539n, 1n], [sys.P_store, 65536n, 8n]],
  ['int *p = (int *)65536; int x = p[1];', [sys.P_load, 65540n, 4n]],
  ['char *p = (char *)65536; p[0]++;', [sys.P_load, 65536n, 1n], [sys.P_store, 65536n, 1n]],
  ['memset((void *)65536, 0, 9000);', [sys.P_store, 65536n, 9000n]],
  ['memcpy((void *)65536, (void *)131072, 7);', [sys.P_load, 131072n, 7n], [sys.P_store, 65536n, 7n]],
  ['cap_raise(CAP_IPC_LOCK); cap_drop(CAP_IPC_LOCK);', [sys.P_capset, 1n], [sys.P_capset, 0n]],
  ['memory_pressure(1 * MiB);', [sys.P_memory_pressure, 1048576n]],
  ['pending_signal(SIGKILL);', [sys.P_pending_signal, 9n, 1n]],
  ['pending_signal(SIGKILL, 0);', [sys.P_pending_signal, 9n, 0n]],
  ['locked_vm(); total_vm(); rss(); map_count(); vma_flags(NULL); page_flags(NULL); getpid();'],
  ['struct rlimit r = { 1, 2 }; setrlimit(RLIMIT_MEMLOCK, &r);', [sys.SYS_setrlimit, 8n, 1n, 2n]],
  ['prlimit(0, RLIMIT_MEMLOCK, NULL, NULL);', [sys.SYS_prlimit64, 0n, 8n, 0n, 0n, 0n]],
  ['prlimit(7, RLIMIT_AS, &(struct rlimit){ 5, 6 }, NULL);', [sys.SYS_prlimit64, 7n, 9n, 1n, 5n, 6n]],
  ['brk((void *)0x600000);', [sys.SYS_brk, 0x600000n]],
  ['sbrk(0); sbrk(4096); sbrk(-4096);', [sys.SYS_brk, 0x4f1000n], [sys.SYS_brk, 0x4f0000n]],
])('%s', (source, ...frames) => {
  expect(calls(source)).toEqual(frames);
});

describe('malloc', () => {
  test('small pieces come from the heap, which grows by 132 KiB', () => {
    const { frames, text } = start(
      'char *a = malloc(100), *b = malloc(100); printf("%ld %ld", a - (char *)0x4f0000, b - a);',
    );
    expect(frames.slice(1)).toEqual([[sys.SYS_brk, 0x4f0000n + 132n * 1024n]]);
    expect(text).toBe('16 112');
  });

  test('a freed piece is given again', () => {
    expect(start('char *a = malloc(50); free(a); printf("%d", malloc(50) == a);').text).toBe('1');
  });

  test('from 128 KiB on it is a mapping with 16 bytes more, which free() unmaps', () => {
    const { frames, text } = start('char *a = malloc(128 * KiB); free(a); printf("%lx", (long)a % PAGE_SIZE);');
    expect(frames.slice(1).map(([nr, addr, len]) => [nr, nr === sys.SYS_mmap ? addr : 0n, len])).toEqual([
      [sys.SYS_mmap, 0n, 33n * 4096n],
      [sys.SYS_munmap, 0n, 33n * 4096n],
    ]);
    expect(text).toBe('10');
  });

  test('no memory is NULL', () => {
    const answer: Answer = (_pid, nr) =>
      nr === sys.SYS_mmap ? BigInt(-ENOMEM) : nr === sys.SYS_brk ? 0x4f0000n : undefined;
    expect(start('printf("%p %p %d", malloc(1), malloc(1 * MiB), errno == ENOMEM);', answer).text).toBe(
      '(nil) (nil) 1',
    );
  });

  test('free() of anything else ends the process', () => {
    expect(start('free((void *)4096);').result.outcome).toMatchObject({ kind: 'signal', signal: 6 });
  });
});

describe('results', () => {
  test('-errno becomes -1 and errno; a success leaves errno alone', () => {
    const { text, result } = start('int r = mlock(NULL, 2 * GiB); munlockall(); printf("%d %d", r, errno);');
    expect(text).toBe('-1 12');
    expect([...result.steps.errno]).toEqual([ENOMEM, 0]);
    expect([...result.steps.result]).toEqual([BigInt(-ENOMEM), 0n]);
  });

  test('mmap gives MAP_FAILED', () => {
    const { text } = start('printf("%d", mmap(NULL, 0, 0, 0, -1, 0) == MAP_FAILED);', (_p, nr) =>
      nr === sys.SYS_mmap ? -22n : undefined,
    );
    expect(text).toBe('1');
  });

  test('brk that does not do as asked gives -1', () => {
    const { text } = start('printf("%d %d", brk((void *)0x900000), errno);', (_p, nr) =>
      nr === sys.SYS_brk ? 0x4f0000n : undefined,
    );
    expect(text).toBe('-1 12');
  });

  test('a call that failed is a warning where it stands, once', () => {
    const { result } = start('for (int i = 0; i < 3; i++)\n  mlock(NULL, 2 * GiB);');
    expect(result.diagnostics).toMatchObject([
      { severity: 'warning', code: 'call-failed', place: { line: 2, column: 3 } },
      { severity: 'hint', code: 'unchecked-lock', place: { line: 2, column: 3 } },
    ]);
    expect(result.diagnostics[0]!.message).toMatch(/^mlock\(\) gave -1 ENOMEM\./);
  });

  test('mincore fills its vector', () => {
    const { text } = start(
      'unsigned char v[4]; mincore(NULL, 3 * PAGE_SIZE + 1, v); printf("%d%d%d%d", v[0], v[1], v[2], v[3]);',
    );
    expect(text).toBe('0101');
  });

  test('getrlimit and prlimit fill their structs', () => {
    const { text } = start(
      'struct rlimit r, old; prlimit(0, RLIMIT_MEMLOCK, &(struct rlimit){ 1, 2 }, &old); getrlimit(RLIMIT_MEMLOCK, &r); printf("%lu %lu %lu", old.rlim_cur, r.rlim_cur, r.rlim_max);',
    );
    expect(text).toBe('8388608 1 2');
  });

  test('a touch gives the signal and the process survives', () => {
    const { text, result } = start('int s = touch_read(NULL, 1); printf("%d", s == SIGSEGV);');
    expect(text).toBe('1');
    expect([...result.steps.signal]).toEqual([11]);
    expect(result.outcome).toEqual({ kind: 'end' });
  });

  test('a store that faults ends the process', () => {
    const { result, frames } = start('char *p = NULL;\np[2] = 1;\nputs("never");');
    expect(result.outcome).toMatchObject({
      kind: 'signal',
      signal: 11,
      place: { line: 2, column: 1 },
      message: 'SIGSEGV: a write at 0x2, which is not mapped.',
    });
    expect(frames.at(-1)).toEqual([sys.P_die, 11n]);
    expect([...result.steps.signal]).toEqual([11, 11]);
    expect(result.outputs).toEqual([]);
  });

  test('a capability that the process may not have is EPERM', () => {
    expect(start('printf("%d %d", cap_raise(CAP_SYS_RESOURCE), errno);').text).toBe(`-1 ${EPERM}`);
    expect(
      start('#pragma cap CAP_SYS_RESOURCE\ncap_drop(CAP_SYS_RESOURCE);printf("%d", cap_raise(CAP_SYS_RESOURCE));').text,
    ).toBe('0');
  });

  test("the playground's own numbers are no system calls", () => {
    const { text, frames } = start('printf("%ld %d", syscall(1010, 9), errno);');
    expect(text).toBe('-1 38');
    expect(frames).toHaveLength(1);
  });

  test('what is not modelled ends the run with that said', () => {
    const { result } = start('munlockall();\nmseal(NULL, 1, 0);\nputs("never");', (_p, nr) =>
      nr === sys.SYS_mseal ? BigInt(-ENOT_MODELLED) : undefined,
    );
    expect(result.outcome).toMatchObject({
      kind: 'not-modelled',
      place: { line: 2 },
      message: expect.stringMatching(/^Not modelled: /),
    });
    expect(result.steps.length).toBe(2);
    expect(result.outputs).toEqual([]);
  });

  test('so does a full simulated memory', () => {
    const { result } = start('munlockall();', (_p, nr) =>
      nr === sys.SYS_munlockall ? BigInt(-EOUT_OF_MEMORY) : undefined,
    );
    expect(result.outcome).toMatchObject({ kind: 'limit', limit: 'memory' });
  });
});

describe('variables are not simulated memory', () => {
  test('their address through a pointer stops the run', () => {
    const { result } = start('char a[8]; char *p = a; mlock(p, 8);');
    expect(result.outcome).toMatchObject({ kind: 'error', message: expect.stringContaining('address of a variable') });
    expect(result.diagnostics).toMatchObject([{ severity: 'error', code: 'variable-address' }]);
  });

  test('a vector in simulated memory would be lost', () => {
    const { result } = start('unsigned char *v = mmap(NULL, 4096, 3, 34, -1, 0); mincore(NULL, 1, v);');
    expect(result.outcome).toMatchObject({ kind: 'error', message: expect.stringContaining('Write an array') });
  });

  test('a branch on a loaded value is a warning', () => {
    const text = 'char *p = mmap(NULL, 4096, 3, 34, -1, 0);\nchar c = p[0];\nif (c == 0) munlockall();\nwhile (*p) ;\n';
    expect(start(text).result.diagnostics).toMatchObject([
      { severity: 'warning', code: 'loaded-value', place: { line: 3, column: 5 } },
      { severity: 'warning', code: 'loaded-value', place: { line: 4, column: 8 } },
    ]);
    expect(start('char a[2] = { 1 }; char *p = a; if (*p) munlockall();').result.diagnostics).toEqual([]);
  });
});

describe('the start', () => {
  test.each([
    ['', 1n << 18n],
    ['#pragma swap 0', 0n],
    ['#pragma swap 65537', 16n],
  ])('swap: %s', (source, pages) => {
    const machine = new FakeMachine();
    run(source, defaultSettings, machine);
    expect(machine.log[1]!.args).toEqual([BigInt(SYSCTL_SWAP_PAGES), pages]);
  });

  const boot = (source: string): (readonly [number, ...bigint[]])[] =>
    start(source).frames as (readonly [number, ...bigint[]])[];

  test.each<[source: string, ...frames: (readonly [number, ...bigint[]])[]]>([
    ['', [sys.P_start, BigInt(IMAGE_STATIC)]],
    ['#pragma process glibc', [sys.P_start, BigInt(IMAGE_GLIBC)]],
    ['#pragma kernel 6.18', [sys.P_start, BigInt(IMAGE_STATIC)]],
    ['#pragma kernel 6.18-fixed', [sys.P_start, BigInt(IMAGE_STATIC)], [sys.P_sysctl, BigInt(SYSCTL_KERNEL_FIXED), 1n]],
    [
      '#pragma batches on // as a real kernel',
      [sys.P_start, BigInt(IMAGE_STATIC)],
      [sys.P_sysctl, BigInt(SYSCTL_BATCHES), 1n],
    ],
    [
      '#pragma sysctl vm.max_map_count 20',
      [sys.P_start, BigInt(IMAGE_STATIC)],
      [sys.P_sysctl, BigInt(SYSCTL_MAX_MAP_COUNT), 20n],
    ],
    [
      '#pragma rlimit RLIMIT_MEMLOCK 65536 /* 16 pages */',
      [sys.P_start, BigInt(IMAGE_STATIC)],
      [sys.P_rlimit, BigInt(RLIMIT_MEMLOCK), 65536n, 8n << 20n],
    ],
    [
      '#pragma rlimit RLIMIT_MEMLOCK 0x1000 0x2000',
      [sys.P_start, BigInt(IMAGE_STATIC)],
      [sys.P_rlimit, BigInt(RLIMIT_MEMLOCK), 4096n, 8192n],
    ],
    [
      '#pragma rlimit RLIMIT_MEMLOCK RLIM_INFINITY',
      [sys.P_start, BigInt(IMAGE_STATIC)],
      [sys.P_rlimit, BigInt(RLIMIT_MEMLOCK), M1, M1],
    ],
    ['#pragma cap CAP_IPC_LOCK', [sys.P_start, BigInt(IMAGE_STATIC)], [sys.P_capset, BigInt(CAPS_IPC_LOCK)]],
  ])('%s', (source, ...frames) => {
    expect(boot(source)).toEqual(frames);
  });

  test('lines of /proc/PID/maps', () => {
    const text = `#pragma map 00400000-00401000 r-xp 00001000 08:01 42   /bin/x
#pragma map 7ffffffde000-7ffffffff000 rw-p 00000000 00:00 0   [stack]
#pragma map 00601000-00622000 rw-p 00000000 00:00 0 [heap] VmFlags: rd wr mr mw me lo ac`;
    expect(boot(text)).toEqual([
      [sys.P_start, BigInt(IMAGE_EMPTY)],
      [sys.P_vma, 0x400000n, 0x401000n, 0x75n, 1n, 10n, 0n],
      [sys.P_vma, 0x601000n, 0x622000n, 0x102073n, 0n, 0n, 0n],
      [sys.P_vma, 0x7ffffffde000n, 0x7ffffffff000n, 0x100173n, 0n, 4n, 0n],
      [sys.P_brk_base, 0x601000n, 0x622000n, 0n],
    ]);
  });
});

describe('names', () => {
  test('a variable that is given a mapping has its range', () => {
    const { result } = start(
      'char *buf;\nbuf = (char *)mmap(NULL, 5000, 3, 34, -1, 0);\nlong n = mlock(buf, 1);\nvoid *m = malloc(10);',
    );
    expect(result.names.map(({ name, start: from, end, step }) => [name, end - from, step])).toEqual([
      ['buf', 8192n, 1],
      ['m', 10n, 3],
    ]);
  });

  test('a mapping that failed has no name', () => {
    const { result } = start('char *p = mmap(NULL, 1, 0, 0, -1, 0);', (_p, nr) =>
      nr === sys.SYS_mmap ? -22n : undefined,
    );
    expect(result.names).toEqual([]);
  });
});
