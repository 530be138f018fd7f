import { expect, test } from 'vitest';
import { cProgram, startOf } from './c-program';

test('statements go into main, functions and directives stay outside, places are kept', () => {
  const source = [
    '// lesson',
    '#define N 4',
    'int twice(int a) { return 2 * a; }',
    'if (twice(N) == 8) { puts("};"); }',
    'exit(0);',
  ];
  expect(cProgram(source.join('\n'), 'x.c')).toBe(
    [
      '#line 2 "x.c"',
      '#define N 4',
      '#line 3 "x.c"',
      'int twice(int a) { return 2 * a; }',
      'int main(void) {',
      '#line 4 "x.c"',
      'if (twice(N) == 8) { puts("};"); }',
      'exit(0);',
      'return 0; }',
      '',
    ].join('\n'),
  );
});

test('a program with main is left as it is', () => {
  expect(cProgram('int main(void) { return 0; }', 'x.c')).toBe('#line 1 "x.c"\nint main(void) { return 0; }');
});

test('an initialiser is no function', () => {
  expect(cProgram('int a[] = { f(1), 2 };\nint f(int x) { return x; }', 'x.c')).toMatch(
    /int f\(int x\) \{ return x; \}\nint main\(void\) \{\n#line 1 "x.c"\nint a\[\] = \{ f\(1\), 2 \};/,
  );
});

test('pragmas become definitions, or the reason why no real kernel can start so', () => {
  expect(startOf('#pragma rlimit RLIMIT_MEMLOCK 4096 8192 // two\n#pragma cap CAP_IPC_LOCK\n').defines).toEqual([
    '-DPLAYGROUND_CAPS=1UL << CAP_IPC_LOCK',
    '-DPLAYGROUND_RLIMITS=pg_limit(RLIMIT_MEMLOCK, 4096, 8192);',
  ]);
  expect(startOf('#pragma sysctl vm.max_map_count 30').defines).toEqual(['-DPLAYGROUND_MAX_MAP_COUNT=30']);
  expect(startOf('#pragma process static').impossible).toBeNull();
  expect(startOf('#pragma process empty').impossible).toBe('starts from the image "empty"');
});
