// What the language says of texts that are wrong: every mistake with its place and its exact words.
import { describe, expect, test } from 'vitest';
import { compile } from './compile';
import { MAX_DIAGNOSTICS, type Diagnostic } from './diagnostic';
import { MAX_EXPANDED } from './preprocess';
import { MAX_SOURCE } from './compile';

const say = ({ place, message }: Diagnostic): string => `${place.line}:${place.column} ${message}`;
const errors = (source: string): string[] => compile(source).diagnostics.map(say);

test.each<[source: string, said: readonly string[]]>([
  ['int r = mlock(buf, 16 * PAGE_SIZE;', ['1:34 Write `)` before `;`.']],
  ['munlockall()\nmlockall(MCL_CURRENT);', ['1:13 Write `;` after `)`.']],
  ['munlockall() munlockall();', ['1:14 Write `;` before `munlockall`.']],
  ['int y = ;', ['1:9 Write a value before `;`.']],
  ['int x = 1 + ;', ['1:13 Write a value before `;`.']],
  ['mlock(, 4096);', ['1:7 Write a value before `,`.']],
  ['munlockall(;', ['1:12 Write `)` before `;`.']],
  ['for (int i = 0; i < 4; i++ {\n}', ['1:28 Write `)` before `{`.']],
  ['for (int i = 0 i < 4; i++) munlockall();', ['1:16 Write `;` before `i`.']],
  ['if (1 { munlockall(); }', ['1:7 Write `)` before `{`.']],
  ['if 1) munlockall();', ['1:4 Write `(` before `1`.']],
  ['int main(void) { munlockall();', ['1:16 This `{` has no end. Write `}`.']],
  ['munlockall(); }', ['1:15 Nothing is open here. Remove `}`.']],
  ['int x = (1 + 2;', ['1:15 Write `)` before `;`.']],
  ['int a[3;', ['1:8 Write `]` before `;`.']],
  ['int x = @ 3;', ['1:9 `@` has no meaning in C. Remove it.']],
  ['char *s = "abc;', ['1:11 This text has no end. Write `"` before the end of the line.']],
  ["int c = 'a;", ["1:9 This text has no end. Write `'` before the end of the line."]],
  ["int c = 'ab';", ["1:9 `'ab'` is not one character. Write one between the quotes."]],
  ['char *s = "\\q";', ['1:11 `\\q` has no meaning in C. Write `\\\\` for a backslash.']],
  ['int x = 5 y = 6;', ['1:11 Write `;` before `y`.']],
  ['else munlockall();', ['1:1 This `else` has no `if` before it. Write `if (...)` before it, or remove it.']],
  ['while (1) do', ['1:13 Write a statement after `do`.']],
  ['int 3x = 4;', ['1:5 A name cannot begin with a digit. Write a letter before `3x`.']],
  ['int = 4;', ['1:5 Write a name before `=`.']],
  ['int x', ['1:6 Write `;` after `x`.']],
  ['/* open', ['1:1 This comment has no end. Write `*/`.']],
  ['mlockall(“x”);', ['1:10 `“` is a typographic sign. Write `"`.', '1:12 `”` is a typographic sign. Write `"`.']],
  [
    'struct foo { int a; } f;',
    ['1:1 `struct foo` is outside the subset: only `struct rlimit` is in. Write separate variables.'],
  ],
  ['union u v;', ['1:1 `union` is outside the subset. Write separate variables.']],
  ['enum e { A };', ['1:1 `enum` is outside the subset. Write a `#define` for each constant.']],
  ['typedef int t;', ['1:1 `typedef` is outside the subset. Write the type itself.']],
  ['float f = 1;', ['1:1 `float` is outside the subset: there is no floating point. Write `long`.']],
  ['int x = 1.5;', ['1:9 `1.5` is floating point, which is outside the subset. Write an integer.']],
  ['goto out;', ['1:1 `goto` is outside the subset. Write a loop or an `if`.']],
  ['out: munlockall();', ['1:1 The label `out` is outside the subset. Write a loop or an `if`.']],
  ['asm("nop");', ['1:1 `asm` is outside the subset. Write the call itself.']],
  ['FILE *f;', ['1:1 `FILE` is outside the subset. Write `printf`, whose text goes to the log.']],
  ['uint_t n = 3;', ['1:1 `uint_t` is not a type here. Write `int`, `long`, `size_t` or `char *`.']],
  [
    'int (*f)(void);',
    ['1:5 Pointers to functions and arrays are outside the subset. Write `*name` or `name[length]`.'],
  ],
  ['int f(int n, ...) { return 0; }', ['1:14 `...` is outside the subset. Write the parameters out.']],
  ['#define SQ(x) x', ['1:9 `SQ` takes arguments, which is outside the subset. Write a function.']],
  ['#if 1', ['1:1 `#if` is outside the subset. Keep the lines that apply and remove the directive.']],
  ['#foo', ['1:1 `#foo` is outside the subset. Write `#define`, `#include` or `#pragma`.']],
  ['#define', ['1:1 This `#define` has no name. Write `#define NAME value`.']],
  ['long x = 0x;', ['1:10 `0x` is not a number. Write digits, with `U` or `L` at the end.']],
  ['long x = 09;', ['1:10 `09` starts with 0, so it is octal: no 8, no 9. Remove the 0.']],
  ['long x = 12abc;', ['1:10 `12abc` is not a number. Write digits, with `U` or `L` at the end.']],
  ['long x = 99999999999999999999;', ['1:10 `99999999999999999999` does not fit 64 bits. Write a smaller number.']],
  ['long x = 5LLL;', ['1:10 `LLL` does not end a number. Write `U`, `L` or `UL`.']],
  [
    'void f(void) { static int n; }',
    ['1:16 `static` inside a function is outside the subset. Declare the variable at the top of the text.'],
  ],
  ['undeclared = 1;', ['1:1 `undeclared` is not declared. Write `long undeclared = ...;` before it.']],
  ['char *buf; mlock(bfu, 4096);', ['1:18 `bfu` is not declared. Write `buf`.']],
  ['int x = PAGE_SZIE;', ['1:9 `PAGE_SZIE` is not declared. Write `PAGE_SIZE`.']],
  ['mlok(0, 4096);', ['1:1 `mlok` is not a call here. Write `mlock`.']],
  ['frobnicate(1);', ['1:1 `frobnicate` is not a call here. Write the name of a call or of a function of yours.']],
  ['calloc(1, 2);', ['1:1 `calloc` is not in the playground. Write `malloc`: fresh memory is zero here.']],
  ['sleep(1);', ['1:1 `sleep` is not in the playground. Remove it: no time passes here.']],
  ['mlock(0);', ['1:1 `mlock` takes 2 arguments, 1 is given. Write `int mlock(const void *addr, size_t len)`.']],
  ['mlock(0, 1, 2);', ['1:1 `mlock` takes 2 arguments, 3 are given. Write `int mlock(const void *addr, size_t len)`.']],
  ['munlockall(1);', ['1:1 `munlockall` takes 0 arguments, 1 is given. Write `int munlockall(void)`.']],
  [
    'int f(int a, char *p) { return 0; } f(1);',
    ['1:37 `f` takes 2 arguments, 1 is given. Write `int f(int a, char *p)`.'],
  ],
  ['int x = 1; x();', ['1:12 `x` is a variable. Write the name of a call before `(`.']],
  ['int x = mlock;', ['1:9 `mlock` is a call. Write `mlock(...)`.']],
  ['5 = 6;', ['1:1 `5` has no place in memory. Write a variable instead.']],
  ['int a[2]; a = 0;', ['1:11 `a` is an array. Write `a[0]`.']],
  ['NULL = 0;', ['1:1 `NULL` has no place in memory. Write a variable instead.']],
  ['int x; x++ ++;', ['1:8 `x++` has no place in memory. Write a variable instead.']],
  ['int x; *x = 1;', ['1:8 `x` is `int`, not an address. Write a pointer.']],
  ['void *p = 0; *p = 1;', ['1:14 `p` is `void *`, which has no contents. Write `(char *)` before it.']],
  ['int x; x.rlim_cur = 1;', ['1:8 `x` is not a struct. Write `struct rlimit` for it.']],
  ['struct rlimit r; r.soft = 1;', ['1:18 `struct rlimit` has no `soft`. Write `rlim_cur` or `rlim_max`.']],
  ['struct rlimit r; r->rlim_cur = 1;', ['1:18 `r` is not the address of a struct. Write `.` instead of `->`.']],
  ['struct rlimit *r; r.rlim_cur = 1;', ['1:19 `r` is not a struct. Write `->` instead of `.`.']],
  ['struct rlimit r = 5;', ['1:19 `struct rlimit` takes a list. Write `{ soft, hard }`.']],
  ['int x = { 1, 2 };', ['1:9 `x` is one value. Write it without `{` and `}`.']],
  ['int a[2] = { 1, 2, 3 };', ['1:20 `int [2]` has 2 elements. Write no more than that.']],
  ['struct rlimit r; int x = r;', ['1:26 `r` is `struct rlimit`. Write `int` for `x`.']],
  ['char *p; p * 2;', ['1:10 `*` does not go with an address. Write `(unsigned long)` before `p`.']],
  ['char *p; int x = -p;', ['1:18 `-` wants a number; `p` is `char *`. Write `(long)` before it.']],
  ['int n = 3; char a[n];', ['1:19 The length of an array is a constant in C. Write a number or a `#define`.']],
  ['char a[0];', ['1:8 An array has 1 to 1,048,576 elements; this has 0. Write `mmap` or `malloc` for memory.']],
  [
    'char a[99999999];',
    ['1:8 An array has 1 to 1,048,576 elements; this has 99999999. Write `mmap` or `malloc` for memory.'],
  ],
  ['int a[];', ['1:5 This array has no length. Write a number between `[` and `]`.']],
  ['void v;', ['1:6 A variable cannot be `void`. Write `void *` for an address.']],
  ['int x; int x;', ['1:12 `x` is declared already in this block. Write another name, or remove the type.']],
  ['void f(void) {} void f(void) {}', ['1:22 `f` is written already, in line 1. Write another name.']],
  ['void mlock(void) {}', ['1:6 `mlock` is a call already. Write another name.']],
  ['break;', ['1:1 `break` stands in no loop and no `switch`. Remove it.']],
  ['continue;', ['1:1 `continue` stands in no loop. Remove it.']],
  ['case 1: ;', ['1:1 `case` stands in no `switch`. Remove it.']],
  ['switch (1) { case 1: case 1: ; }', ['1:22 The case `1` is there already. Remove one of the two.']],
  ['int n; switch (1) { case n: ; }', ['1:26 A case is a constant in C. Write a number or a `#define`.']],
  ['void f(void) { return 1; }', ['1:23 This function gives no value. Write `return;`.']],
  ['void f(void) {} int x = f();', ['1:25 `f()` gives no value. Write one for `x`.']],
  ['int f(void);\nf();', ['1:5 `f` is declared and nowhere written. Write its body: `{ ... }`.']],
  ['int main(void) {} munlockall();', ['1:19 This statement stands outside of main(). Write it inside main().']],
  [
    'int x = mlockall(1);\nint main(void) {}',
    ['1:9 A variable outside of main() starts with a constant. Write this inside main().'],
  ],
  [
    'char buf[4096]; mlock(buf, sizeof buf);',
    ['1:23 `buf` is a variable, which is not in simulated memory. Write `mmap` or `malloc` for what `mlock` works on.'],
  ],
  [
    'int x; mlock(&x, 4);',
    ['1:14 `&x` is a variable, which is not in simulated memory. Write `mmap` or `malloc` for what `mlock` works on.'],
  ],
  [
    'getrlimit(RLIMIT_MEMLOCK, malloc(16));',
    [
      '1:27 Contents of memory are not simulated. Write `&` and a variable, or an array, for `rlim` (`struct rlimit *`).',
    ],
  ],
  ['printf("%d");', ['1:1 The format asks for 1 value, and 0 values follow. Write one for each `%`.']],
  ['printf("%d %d", 1);', ['1:1 The format asks for 2 values, and 1 value follows. Write one for each `%`.']],
  ['printf("%f", 1);', ['1:8 `%f` prints floating point, which is outside the subset. Write `%ld`.']],
  ['printf("%y", 1);', ['1:8 `%y` has no meaning here. Write `%ld`, `%lu`, `%lx`, `%p`, `%s` or `%c`.']],
  ['printf("%");', ['1:8 This format ends in a `%`. Write `%%` for a percent sign.']],
  ['assert();', ['1:1 `assert` takes 1 argument, 0 are given. Write `assert(expression)`.']],
  ['assert(1, 2);', ['1:1 `assert` takes 1 argument, 2 are given. Write `assert(expression)`.']],
  [
    'int x = sizeof(struct foo);',
    ['1:16 `struct foo` is outside the subset: only `struct rlimit` is in. Write separate variables.'],
  ],
  ['if (munlockall()) free(0); else if (free(0)) ;', ['1:37 `free(0)` is `void`. Write a number or an address.']],
  [
    '#pragma foo',
    [
      '1:9 `#pragma foo` is not known here. Write `process`, `map`, `rlimit`, `cap`, `sysctl`, `kernel`, `batches` or `swap`, or remove it.',
    ],
  ],
  [
    '#pragma swap 1 GiB',
    ['1:9 `#pragma swap` takes a number of bytes up to 17592186044416. Write `#pragma swap BYTES`.'],
  ],
  ['#pragma kernel 5.4', ['1:9 `#pragma kernel` takes `6.18` or `6.18-fixed`. Write `#pragma kernel 6.18`.']],
  [
    '#pragma process dynamic',
    ['1:9 `#pragma process` takes `static`, `glibc` or `empty`. Write `#pragma process static | glibc | empty`.'],
  ],
  [
    '#pragma rlimit RLIMIT_MEMLOCK',
    [
      '1:9 `#pragma rlimit` takes a resource and a number of bytes or RLIM_INFINITY. Write `#pragma rlimit RLIMIT_MEMLOCK SOFT [HARD]`.',
    ],
  ],
  [
    '#pragma rlimit MEMLOCK 5',
    [
      '1:9 `#pragma rlimit` takes a resource and a number of bytes or RLIM_INFINITY. Write `#pragma rlimit RLIMIT_MEMLOCK SOFT [HARD]`.',
    ],
  ],
  [
    '#pragma rlimit RLIMIT_MEMLOCK 64k',
    [
      '1:9 `#pragma rlimit` takes a resource and a number of bytes or RLIM_INFINITY. Write `#pragma rlimit RLIMIT_MEMLOCK SOFT [HARD]`.',
    ],
  ],
  [
    '#pragma cap CAP_SYS_ADMIN',
    [
      '1:9 `#pragma cap` takes `CAP_IPC_LOCK`, `CAP_SYS_RESOURCE` or `CAP_SYS_RAWIO`. Write `#pragma cap CAP_IPC_LOCK`.',
    ],
  ],
  [
    '#pragma sysctl vm.foo 3',
    [
      '1:9 `#pragma sysctl` takes `vm.max_map_count`, `vm.overcommit_memory` or `vm.swappiness` and a number. Write `#pragma sysctl vm.max_map_count 65530`.',
    ],
  ],
  [
    '#pragma map hello',
    ['1:9 This is not a line of /proc/PID/maps. Write `#pragma map 7ffff7fe7000-7ffff7ff7000 rw-p 00000000 00:00 0`.'],
  ],
  [
    '#pragma map 1000-2000 rw-p 00000000 00:00 0 VmFlags: rd zz',
    [
      '1:9 VmFlags has letters that Linux 6.18 does not print. Write `#pragma map 7ffff7fe7000-7ffff7ff7000 rw-p 00000000 00:00 0`.',
    ],
  ],
  ['#pragma batches', ['1:9 `#pragma batches` takes `on` or `off`. Write `#pragma batches on | off`.']],
  [
    'mlock((char *)0 + 1, (struct rlimit)3);',
    ['1:22 A cast cannot give `struct rlimit`. Write a number or pointer type.'],
  ],
  ['int f(struct rlimit r) { return 0; }', ['1:7 An argument cannot be a struct here. Write `struct rlimit *`.']],
  ['x: ;', ['1:1 The label `x` is outside the subset. Write a loop or an `if`.']],
  ['return 1', ['1:9 Write `;` after `1`.']],
  ['int x = 1 ? 2;', ['1:14 Write `:` before `;`.']],
  ['a b c;', ['1:1 `a` is not a type here. Write `int`, `long`, `size_t` or `char *`.']],
  ['int x = \\ 3;', ['1:9 `\\` has no meaning in C. Remove it.']],
  ['do munlockall(); while (1)', ['1:27 Write `;` after `)`.']],
  ['do munlockall(); until (1);', ['1:18 Write `while` before `until`.']],
  ['for (;;', ['1:8 Write a value after `;`.']],
  ['for (int i = 0; i <\nint b(void) { return 1; }', ['1:20 Write a value after `<`.']],
  ['int a, int b;', ['1:8 Write a name before `int`.']],
  ['const x = 3;', ['1:7 Write a type before `x`.']],
  ['unsigned float x;', ['1:10 `float` is outside the subset: there is no floating point. Write `long`.']],
  ['char char c;', ['1:1 `char char` is not a type of C. Write one of its words less.']],
  [
    'int f(void) { int g(void) { return 1; } return 2; }',
    ['1:15 A function cannot stand in a block. Write `}` before `int`.'],
  ],
  [
    'static char buf[4096] __attribute__((aligned(4096)));\nmlock(buf, 1);',
    [
      '1:23 `__attribute__` is outside the subset. Write `mmap` for memory that begins at a page.',
      '2:7 `buf` is a variable, which is not in simulated memory. Write `mmap` or `malloc` for what `mlock` works on.',
    ],
  ],
  ['p->x;', ['1:1 `p` is not declared. Write `long p = ...;` before it.']],
])('%s', (source, said) => {
  expect(errors(source)).toEqual(said);
  expect(compile(source).diagnostics.every(({ severity }) => severity === 'error')).toBe(true);
});

/** The source after the fix of its first error. */
function fixed(source: string): string {
  const { fix } = compile(source).diagnostics[0]!;
  return fix ? source.slice(0, fix.from) + fix.insert + source.slice(fix.to) : source;
}

test.each([
  ['int r = mlock(NULL, 16 * PAGE_SIZE;', 'int r = mlock(NULL, 16 * PAGE_SIZE);'],
  ['munlockall()\nmunlockall();', 'munlockall();\nmunlockall();'],
  ['int x = PAGE_SZIE;', 'int x = PAGE_SIZE;'],
  ['mlok(NULL, 1);', 'mlock(NULL, 1);'],
  ['puts(\u201ca");', 'puts("a");'],
  ['puts("a);', 'puts("a);"'],
  ['for (int i = 0 i < 4; i++) munlockall();', 'for (int i = 0; i < 4; i++) munlockall();'],
  ['mlock(NULL 4096);', 'mlock(NULL, 4096);'],
])('the fix of %s', (source, better) => {
  expect(fixed(source)).toBe(better);
});

describe('several mistakes', () => {
  test('each statement has its own', () => {
    const source = 'int x = ;\nmunlockall(\nfloat f;\nint y = 1 +;\nmlok(y);';
    expect(errors(source)).toEqual([
      '1:9 Write a value before `;`.',
      '2:12 Write `)` after `(`.',
      '3:1 `float` is outside the subset: there is no floating point. Write `long`.',
      '4:12 Write a value before `;`.',
      '5:1 `mlok` is not a call here. Write `mlock`.',
    ]);
  });

  test('a broken declaration still declares: its users are not blamed', () => {
    expect(errors('char *p = mmap(NULL, 4096;\nmlock(p, 4096);')).toEqual(['1:26 Write `)` before `;`.']);
    expect(errors('foo *q = 1 1;\nint z = q;')).toHaveLength(1);
  });

  test('a half-typed loop leaves the functions after it alone', () => {
    const source = 'void a(void) {}\nfor (int i = 0; i <\nvoid b(void) { mlok(); }\na(); b();';
    expect(errors(source)).toEqual(['2:20 Write a value after `<`.', '3:16 `mlok` is not a call here. Write `mlock`.']);
  });

  test('a mistake in a block does not hide another one in it', () => {
    expect(errors('if (1) {\n  int x = ;\n  mlok();\n}')).toHaveLength(2);
  });

  test('their number is bounded', () => {
    expect(errors('x = ;\n'.repeat(1000))).toHaveLength(MAX_DIAGNOSTICS);
  });
});

describe('warnings', () => {
  test.each([
    [
      'unsigned long a = 1; mlock(a, 1);',
      '1:28 `a` is `unsigned long`, and `addr` is `void *`. Write `(void *)` before it.',
    ],
    ['char *p = 0; long n = p;', '1:23 `p` is `char *`, and `n` is `long`. Write `(long)` before it.'],
    ['printf("%d", 1L);', '1:14 `%d` does not fit `1L`, which is `long`. Write `%ld`.'],
    ['printf("%ld", 1);', '1:15 `%ld` does not fit `1`, which is `int`. Write `%d`.'],
    ['printf("%x", NULL);', '1:14 `%x` does not fit `NULL`, which is `void *`. Write `%p`.'],
    ['printf("%s", 5);', '1:14 `%s` does not fit `5`, which is `int`. Write `%d`.'],
  ])('%s', (source, said) => {
    const { diagnostics } = compile(source);
    expect(diagnostics.map(say)).toEqual([said]);
    expect(diagnostics[0]!.severity).toBe('warning');
  });
});

describe('nothing is too much', () => {
  test.each<[string, string, string]>([
    ['parentheses', `int x = ${'('.repeat(20_000)}1;`, 'nested more than 200 deep'],
    ['braces', '{'.repeat(20_000), 'nested more than 200 deep'],
    ['initialiser lists', `int a[] = ${'{'.repeat(20_000)}`, 'nested more than 200 deep'],
    ['prefixes', `int x = ${'!'.repeat(20_000)}1;`, 'nested more than 200 deep'],
    ['else if', `if (1) ; ${'else if (1) ; '.repeat(5_000)}`, 'nested more than 200 deep'],
    ['operators', `int x = 1${' + 1'.repeat(20_000)};`, 'more than 400 operators'],
    ['indices', `int x; x${'[0]'.repeat(20_000)} = 1;`, 'more than 400 operators'],
    ['commas', `for (;; 1${', 1'.repeat(20_000)}) ;`, 'more than 400 operators'],
    ['assignments', `int x; ${'x = '.repeat(20_000)}1;`, 'nested more than 200 deep'],
    ['conditions', `int x = ${'1 ? 2 : '.repeat(20_000)}3;`, 'nested more than 200 deep'],
    ['text', ' '.repeat(MAX_SOURCE + 1), 'up to 256 KiB of text'],
    ['variables', 'char a[1000000]; char b[1000000];', 'may have 1 MiB together'],
  ])('%s', (_what, source, said) => {
    expect(errors(source).join('\n')).toContain(said);
  });

  test('macros that double each time', () => {
    const lines = Array.from({ length: 40 }, (_, i) => `#define A${i + 1} A${i} A${i}`);
    const source = ['#define A0 1', ...lines, 'int x = A40;'].join('\n');
    expect(errors(source).join('\n')).toContain(`grows beyond ${MAX_EXPANDED.toLocaleString('en')} tokens`);
  });

  test('a long chain of macros', () => {
    const lines = Array.from({ length: 5_000 }, (_, i) => `#define A${i + 1} A${i}`);
    expect(errors([...lines, 'int x = A5000;'].join('\n')).join('\n')).toContain('grows beyond');
  });
});

test.each(['', ' \n\t', '// only a comment', '#include <stdio.h>', ';', '{}', '#', '#pragma kernel 6.18'])(
  'nothing is wrong with %j',
  (source) => {
    expect(errors(source)).toEqual([]);
  },
);
