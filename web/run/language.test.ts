// What C means: good programs and what they print.
import { expect, test } from 'vitest';
import { FakeMachine } from './fake-machine';
import { defaultSettings, type Run } from './model';
import { run } from './run';

const start = (source: string): Run => run(source, defaultSettings, new FakeMachine());

/** Runs a text that must be right, and gives what it prints. */
function printed(source: string): string {
  const { outcome, outputs, diagnostics } = start(source);
  const told = diagnostics.filter(({ severity }) => severity !== 'hint');
  expect(told.map(({ message }) => message)).toEqual([]);
  expect(outcome).toEqual({ kind: 'end' });
  return outputs.map(({ text }) => text).join('');
}

const show = (format: string, ...values: readonly string[]): string => `printf("${format}", ${values.join(', ')});`;

test.each<[name: string, source: string, output: string]>([
  ['int division goes towards 0', show('%d %d %d', '-7 / 2', '-7 % 2', '7 / -2'), '-3 -1 -3'],
  ['unsigned arithmetic wraps', show('%u', '0u - 1'), '4294967295'],
  ['unsigned long wraps', show('%lu', '0UL - 1'), '18446744073709551615'],
  ['int wraps in multiplication', show('%d', '65536 * 65537'), '65536'],
  ['int becomes unsigned beside unsigned', show('%d', '-1 < 1u'), '0'],
  ['int becomes long beside long', show('%d', '-1 < 1L'), '1'],
  ['unsigned int becomes long beside long', show('%ld', '4294967295u + 1L'), '4294967296'],
  ['long becomes unsigned long beside it', show('%d', '-1L < 1UL'), '0'],
  ['char is signed and promoted', 'char c = 200; printf("%d %d", c, c + 1);', '-56 -55'],
  ['unsigned char wraps at 256', 'unsigned char c = 255; c++; printf("%d", c);', '0'],
  ['short wraps at 65536', 'short s = 32767; s += 1; printf("%d", s);', '-32768'],
  ['uint16_t', 'uint16_t s = 0; s--; printf("%d", s);', '65535'],
  ['two small unsigned ones are compared as int', 'unsigned char a = 1, b = 2; printf("%d", a - b);', '-1'],
  ['assignment narrows', 'int i = 0x123456789; unsigned char c = i; printf("%x %x", i, c);', '23456789 89'],
  [
    'casts narrow and widen',
    show('%ld %lu %d', '(long)-1', '(unsigned long)-1', '(char)300'),
    '-1 18446744073709551615 44',
  ],
  ['a cast binds tighter than +', 'char *p = (char *)8; printf("%ld", (long)p + 1);', '9'],
  ['hexadecimal takes an unsigned type', show('%d', '0xffffffff > 0'), '1'],
  ['decimal takes long', show('%ld', '4294967295'), '4294967295'],
  ['octal', show('%d', '0755'), '493'],
  ['binary', show('%d', '0b1010'), '10'],
  ['suffixes', show('%lu %d', '1UL << 40', '(int)sizeof(1ull)'), '1099511627776 8'],
  ['characters', show('%d %d %d', "'A'", "'\\n'", "'\\x41'"), '65 10 65'],
  ['shifts of int', show('%d %d', '1 << 4', '-16 >> 2'), '16 -4'],
  ['shifts of unsigned', show('%u', '0x80000000u >> 4'), '134217728'],
  ['a shift has the type of its left side', show('%d', '1 << 3L'), '8'],
  ['bits', show('%d %d %d %d', '6 & 3', '6 | 3', '6 ^ 3', '~6'), '2 7 5 -7'],
  ['precedence of & and ==', show('%d', '4 & 6 == 6'), '0'],
  ['precedence of << and &', show('%lu', '0x20UL & 1UL << 5'), '32'],
  ['&& and || give 0 or 1', show('%d %d', '5 && 3', '0 || 0'), '1 0'],
  ['&& does not ask further', 'int n = 0; 0 && n++; 1 || n++; printf("%d", n);', '0'],
  ['not', show('%d %d', '!5', '!!5'), '0 1'],
  ['ternary', show('%d', '1 ? 2 : 0 ? 3 : 4'), '2'],
  ['ternary converts both sides', show('%d', '(1 ? -1 : 0u) > 0'), '1'],
  ['comma', 'int i, j; for (i = 0, j = 9; i < j; i++, j--) ; printf("%d %d", i, j);', '5 4'],
  ['x++ and ++x', 'int i = 5; printf("%d ", i++); printf("%d ", ++i); printf("%d", i--);', '5 7 7'],
  ['assignment is a value', 'int a, b; a = b = 3; printf("%d", a + (b = 4));', '7'],
  ['op=', 'int x = 100; x /= 7; x <<= 2; x |= 1; x %= 10; x ^= 15; printf("%d", x);', '8'],
  ['op= converts through the common type', 'int x = -1; x /= 2u; printf("%d", x);', '2147483647'],
  ['pointer arithmetic of char *', 'char *p = (char *)0x1000; p += 16; printf("%p %p", p, p - 1);', '0x1010 0x100f'],
  ['pointer arithmetic of void * is in bytes', 'void *p = (void *)0x1000; printf("%p", p + 3);', '0x1003'],
  ['pointer arithmetic is scaled', 'long *p = (long *)0x1000; printf("%p %p", p + 2, &p[3]);', '0x1010 0x1018'],
  ['a difference of pointers', 'int *p = (int *)0x1000, *q = p + 5; printf("%ld", q - p);', '5'],
  ['pointers compare unsigned', 'printf("%d", MAP_FAILED > (void *)1);', '1'],
  ['a negative index moves back', 'char *p = (char *)0x2000; int i = -1; printf("%p", &p[i]);', '0x1fff'],
  ['sizeof', show('%lu %lu %lu', 'sizeof(int)', 'sizeof(char *)', 'sizeof(struct rlimit)'), '4 8 16'],
  [
    'sizeof of an array and of its element',
    'long a[10]; printf("%lu %lu", sizeof a, sizeof a / sizeof a[0]);',
    '80 10',
  ],
  ['sizeof does not evaluate', 'int i = 1; unsigned long n = sizeof(i++); printf("%d %lu", i, n);', '1 4'],
  ['sizeof a text counts its end', show('%lu', 'sizeof "abc"'), '4'],
  ['arrays', 'int a[3] = { 1, 2 }; a[2] = a[0] + a[1]; printf("%d %d %d", a[0], a[1], a[2]);', '1 2 3'],
  ['arrays with designators', 'int a[] = { [2] = 5, 6 }; printf("%d %d %lu", a[2], a[3], sizeof a);', '5 6 16'],
  ['arrays of arrays', 'int a[2][2] = { { 1, 2 }, { 3, 4 } }; printf("%d %d", a[1][0], *(*a + 1));', '3 2'],
  ['pointers into arrays', 'int a[] = { 1, 2, 3 }; int *p = a; p++; *p += 10; printf("%d %d", a[1], p[1]);', '12 3'],
  ['arrays of pointers', 'char *v[] = { "x", "yz", NULL }; printf("%s %s %d", v[0], v[1], v[2] == NULL);', 'x yz 1'],
  ['texts in arrays', 'char s[] = "abc"; s[1] = \'X\'; printf("%s %lu", s, sizeof s);', 'aXc 4'],
  [
    'structs',
    'struct rlimit r = { 1, RLIM_INFINITY }; r.rlim_cur += 4; printf("%lu %d", r.rlim_cur, r.rlim_max == RLIM_INFINITY);',
    '5 1',
  ],
  [
    'structs are copied',
    'struct rlimit a = { .rlim_max = 7 }, b; b = a; a.rlim_max = 8; printf("%lu %lu", b.rlim_cur, b.rlim_max);',
    '0 7',
  ],
  [
    'pointers to structs',
    'struct rlimit r; struct rlimit *p = &r; p->rlim_cur = 3; (*p).rlim_max = 4; printf("%lu", r.rlim_cur + r.rlim_max);',
    '7',
  ],
  ['pointers to variables', 'int x = 1; int *p = &x; int **q = &p; **q = 9; printf("%d", x);', '9'],
  ['own functions', 'int twice(int x) { return 2 * x; } printf("%d", twice(twice(3)));', '12'],
  ['own functions change through pointers', 'void set(long *p) { *p = 5; } long x; set(&x); printf("%ld", x);', '5'],
  ['recursion', 'int f(int n) { return n < 2 ? n : f(n - 1) + f(n - 2); } printf("%d", f(15));', '610'],
  [
    'functions that call each other',
    'int odd(int n); int even(int n) { return n ? odd(n - 1) : 1; } int odd(int n) { return n ? even(n - 1) : 0; } printf("%d", even(10));',
    '1',
  ],
  ['arguments are converted', 'void f(unsigned char c) { printf("%d", c); } f(257);', '1'],
  ['results are converted', 'char f(void) { return 200; } printf("%d", f());', '-56'],
  ['globals', 'int n; void f(void) { n++; } f(); f(); printf("%d", n);', '2'],
  ['an inner name hides an outer one', 'int x = 1; { int x = 2; printf("%d ", x); } printf("%d", x);', '2 1'],
  [
    'while, break, continue',
    'int i = 0, s = 0; while (1) { i++; if (i == 3) continue; if (i > 5) break; s += i; } printf("%d", s);',
    '12',
  ],
  ['do runs once at least', 'int i = 9; do i++; while (i < 5); printf("%d", i);', '10'],
  ['for without parts', 'int i = 0; for (;;) if (++i == 7) break; printf("%d", i);', '7'],
  ['loops in loops', 'int n = 0; for (int i = 0; i < 3; i++) for (int j = i; j < 3; j++) n++; printf("%d", n);', '6'],
  [
    'switch falls through',
    'for (int i = 0; i < 4; i++) switch (i) { case 1: printf("one "); case 2: printf("two "); break; default: printf("- "); }',
    '- one two two - ',
  ],
  [
    'continue leaves a switch',
    'for (int i = 0; i < 3; i++) { switch (i) { case 1: continue; } printf("%d", i); }',
    '02',
  ],
  ['else belongs to the nearest if', 'if (1) if (0) printf("a"); else printf("b");', 'b'],
  ['macros', '#define N 3\n#define LEN (N * PAGE_SIZE)\nprintf("%ld", LEN);', '12288'],
  ['a macro does not replace itself', 'int x = 4;\n#define x (x + 1)\nprintf("%d", x);', '5'],
  ['continued lines', '#define A 1 + \\\n  2\nprintf("%d", A * 2);', '5'],
  [
    '#include is ignored, comments are blank',
    '#include <sys/mman.h>\n/* a\n b */ printf("%d", 1 /* x */ + 1); // end',
    '2',
  ],
  [
    'main with its arguments',
    'int main(int argc, char **argv) { printf("%d %s %d", argc, argv[0], argv[1] == NULL); return 0; }',
    '1 scenario 1',
  ],
  ['globals with a main', 'static const long len = 2 * PAGE_SIZE;\nint main(void) { printf("%ld", len); }', '8192'],
  ['errno is a variable', 'errno = ENOMEM; printf("%d %s", errno, strerror(errno));', '12 Cannot allocate memory'],
  [
    'printf: widths and flags',
    show('[%5d|%-5d|%05d|%+d|% d]', '42', '42', '42', '42', '42'),
    '[   42|42   |00042|+42| 42]',
  ],
  ['printf: bases', show('%x %X %#x %o %#o', '255', '255', '255', '8', '8'), 'ff FF 0xff 10 010'],
  ['printf: precision', show('%.3d %8.3s| %-4s|', '7', '"abcdef"', '"x"'), '007      abc| x   |'],
  ['printf: a width as an argument', show('%*d', '4', '7'), '   7'],
  ['printf: sizes', show('%hhd %hu %lld %zu', '300', '65537', '-1LL', 'sizeof(int)'), '44 1 -1 4'],
  ['printf: %c, %p, %%', show('%c %p %p %%', "'z'", 'NULL', '(void *)0xabc'), 'z (nil) 0xabc %'],
  ['texts side by side are one', 'printf("a" "b" "\\x63\\n");', 'abc\n'],
  ['puts and perror', 'puts("hello"); errno = EPERM; perror("mlock");', 'hello\nmlock: Operation not permitted\n'],
  ['strlen', 'printf("%lu", strlen("h\u00e9"));', '3'],
  [
    'WIFEXITED and the like',
    show('%d %d %d %d', 'WIFEXITED(0x300)', 'WEXITSTATUS(0x300)', 'WIFSIGNALED(9)', 'WTERMSIG(9)'),
    '1 3 1 9',
  ],
  [
    'memset and memcpy on variables',
    'char a[4], b[4]; memset(a, 7, sizeof a); memcpy(b, a, 3); printf("%d %d", b[2], b[3]);',
    '7 0',
  ],
  ['constants', show('%d %d %d %lu', 'MCL_FUTURE', 'ENOMEM', 'SIGSEGV', '1UL << KPF_MLOCKED'), '2 12 11 8589934592'],
  ['sysconf', show('%ld', 'sysconf(_SC_PAGESIZE)'), '4096'],
])('%s', (_name, source, output) => {
  expect(printed(source)).toBe(output);
});

test('division by zero ends the process as the processor does', () => {
  const { outcome } = start('int zero = 0; int x = 1 / zero;');
  expect(outcome).toMatchObject({ kind: 'signal', signal: 8, message: 'SIGFPE: a division by zero.' });
});

test('a division stands where it is written, without the cast before it', () => {
  const source = 'int zero = 0;\nlong l = (long)(7 / zero);';
  expect(start(source).outcome).toMatchObject({ place: { from: source.indexOf('(7'), to: source.length - 1 } });
});

test('the quotient that does not fit does the same', () => {
  const { outcome } = start('int x = INT_MIN, y = -1; x %= y;');
  expect(outcome).toMatchObject({ kind: 'signal', signal: 8 });
});

test('an index outside of a variable ends the run, and says so', () => {
  const { outcome } = start('int a[2]; a[1000000] = 1;');
  expect(outcome).toMatchObject({ kind: 'error', message: expect.stringContaining('beyond the variables') });
});

test.each([
  ['locked_vm() == 3', 'locked_vm() is 0, 3 expected'],
  ['1 == 1 && errno == ENOMEM', 'errno is EAGAIN, ENOMEM expected'],
  ['ENOMEM == errno', 'errno is EAGAIN, ENOMEM expected'],
  ['total_vm() > 5', 'total_vm() is 0, more than 5 expected'],
  ['5 < total_vm()', 'total_vm() is 0, more than 5 expected'],
  ['errno != EAGAIN', 'errno is EAGAIN, anything but EAGAIN expected'],
  ['vma_flags(0) & VM_LOCKED', 'vma_flags(0) & VM_LOCKED is 0'],
  ['!errno', '!errno is 0'],
  ['p != MAP_FAILED', 'p is -1, anything but MAP_FAILED expected'],
])('a failed assert tells its values: %s', (expression, message) => {
  const { outcome, asserts } = start(`errno = EAGAIN; void *p = MAP_FAILED; assert(${expression}); munlockall();`);
  expect(outcome).toMatchObject({ kind: 'assert', message });
  expect(asserts).toMatchObject([{ ok: false, detail: message, count: 1, step: 0 }]);
});

test('an assert in a loop is one result with a count', () => {
  const { asserts } = start('for (int i = 0; i < 5; i++) assert(i < 5);');
  expect(asserts).toMatchObject([{ ok: true, count: 5 }]);
});

test('a program from a manual page runs as it is', () => {
  const program = `
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#define NPAGES 4

static int lock(void *addr, size_t len)
{
    if (mlock(addr, len) == -1) {
        fprintf(stderr, "mlock: %s\\n", strerror(errno));
        return -1;
    }
    return 0;
}

int main(int argc, char *argv[])
{
    struct rlimit rl;
    const long page = sysconf(_SC_PAGESIZE);
    size_t len = NPAGES * page;
    unsigned char vec[NPAGES];

    if (getrlimit(RLIMIT_MEMLOCK, &rl) != 0) {
        perror("getrlimit");
        exit(EXIT_FAILURE);
    }
    printf("%s: limit %llu\\n", argv[0], (unsigned long long)rl.rlim_cur);
    char *addr = mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (addr == MAP_FAILED) {
        perror("mmap");
        return EXIT_FAILURE;
    }
    for (char *q = addr; q < addr + len; q += page)
        *q = (char)argc;
    if (lock(addr, len) || mincore(addr, len, vec))
        return 1;
    int present = 0;
    for (size_t i = 0; i < sizeof(vec) / sizeof(*vec); i++)
        present += vec[i] & 1;
    printf("%d of %zu pages at %p\\n", present, len / page, (void *)addr);
    munlock(addr, len);
    return EXIT_SUCCESS;
}`.replaceAll('\\\\n', '\\n');
  expect(printed(program)).toBe('scenario: limit 8388608\n2 of 4 pages at 0x7ffff7ff3000\n');
});
