// No text hangs or breaks a run: each limit ends it with that said, and what was done before stays.
import { describe, expect, test } from 'vitest';
import { FakeMachine } from './fake-machine';
import { defaultSettings, type Run, type Settings } from './model';
import { run } from './run';

const start = (source: string, settings: Partial<Settings> = {}): Run =>
  run(source, { ...defaultSettings, ...settings }, new FakeMachine());

test('steps', () => {
  const { outcome, steps } = start('munlockall();\nfor (;;)\n  munlockall();', { max_steps: 1000 });
  expect(outcome).toEqual({
    kind: 'limit',
    limit: 'steps',
    place: { from: 25, to: 37, line: 3, column: 3 },
    message: 'Stopped at 1,000 steps. The loop in line 2 has not ended.',
  });
  expect(steps.length).toBe(1000);
  expect(steps.from).toHaveLength(1000);
});

test('a run of exactly as many steps is not stopped', () => {
  expect(start('for (int i = 0; i < 1000; i++) munlockall();', { max_steps: 1000 }).outcome).toEqual({ kind: 'end' });
});

test.each([
  'for (;;) ;',
  'while (1) ;',
  'do ; while (1);',
  'int f(void) { for (;;) ; } f();',
  'long n = 0; while (n < 1UL << 60) n++;',
])('time: %s', (source) => {
  const { outcome, ms } = start(source, { max_ms: 50 });
  expect(outcome).toMatchObject({
    kind: 'limit',
    limit: 'time',
    message: expect.stringContaining('Stopped after 50 ms. The loop in line 1'),
  });
  expect(ms).toBeLessThan(5_000);
});

test('output', () => {
  const { outcome, outputs } = start('for (;;) printf("%d", 12345678);', { max_output: 100 });
  expect(outcome).toMatchObject({
    kind: 'limit',
    limit: 'output',
    message: expect.stringContaining('Stopped at 100 printed characters.'),
  });
  expect(outputs.map(({ text }) => text).join('')).toHaveLength(100);
});

test('a field of printf', () => {
  const { outputs } = start('printf("%999999999d|%.99999999d", 1, 2); printf("%*d", 1000000000, 3);');
  expect(outputs.map(({ text }) => text).join('').length).toBeLessThan(5_000);
});

describe('calls in calls', () => {
  test.each([
    ['int f(int n) { return f(n + 1); } f(0);', 'Stopped in f(): 2,000 calls deep.'],
    ['void f(void) { char a[100000]; f(); } f();', 'Stopped in f(): 4 MiB of variables.'],
    ['void a(void); void b(void) { a(); } void a(void) { b(); } a();', 'calls deep.'],
  ])('%s', (source, said) => {
    expect(start(source).outcome).toMatchObject({
      kind: 'limit',
      limit: 'memory',
      message: expect.stringContaining(said),
    });
  });
});

test('an endless loop in a child ends the run', () => {
  const { outcome } = start('if (fork() == 0) for (;;) munlockall();', { max_steps: 50 });
  expect(outcome).toMatchObject({ kind: 'limit', limit: 'steps' });
});

test('what was done before a limit stays', () => {
  const { outputs, steps, asserts } = start('assert(1); puts("before"); munlockall(); for (;;) ;', { max_ms: 20 });
  expect(outputs).toMatchObject([{ text: 'before\n', step: 0 }]);
  expect(steps.length).toBe(1);
  expect(asserts).toHaveLength(1);
});

describe('what comes before a mistake runs', () => {
  test.each<[string, string, number, number]>([
    ['in the short form', 'munlockall();\nmunlockall();\nint r = mlock(NULL, 16;\nmunlockall();', 2, 3],
    ['in main', 'int main(void) {\nmunlockall();\nmlok();\nmunlockall();\n}', 1, 3],
    ['in a block', 'munlockall();\nif (1) {\nmunlockall();\nint x = ;\n}\nmunlockall();', 2, 4],
    [
      'in a function, when it is called',
      'void f(void) {\nmunlockall();\nmlok();\n}\nmunlockall();\nf();\nmunlockall();',
      2,
      3,
    ],
    ['with a missing brace at the end', 'int main(void) {\nmunlockall();\nmunlockall();\n', 2, 1],
    ['with a brace too many at the end', 'int main(void) {\nmunlockall();\n}\n}', 1, 4],
    ['with a mistake in a branch that is not taken', 'if (0) mlok();\nmunlockall();', 1, 1],
    ['with a wrong pragma', '#pragma kernel 5\nmunlockall();', 1, 1],
    ['with a loop that is broken', 'munlockall();\nfor (int i = 0; i < 4; i++ {\nmunlockall();\n}', 1, 2],
  ])('%s', (_where, source, length, line) => {
    const { outcome, steps } = start(source);
    expect(steps.length).toBe(length);
    expect(outcome).toMatchObject({ kind: 'error', place: { line } });
  });
});

/** The same numbers in every run: xorshift32. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

test('broken texts break nothing', () => {
  const good = `#define N 4
struct rlimit r = { 1, 2 };
int f(char *p, int n) { for (int i = 0; i < n; i++) { if (i % 2) continue; p[i] = i; } return n ? f(p, n - 1) : 0; }
char *p = mmap(NULL, N * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
switch (fork()) { case 0: exit(1); default: wait(NULL); }
assert(f(p, 3) == 0 && errno == 0); printf("%d %s\\n", (int)sizeof r, "x" "y"); do r.rlim_cur -= 1UL << 3; while (!r.rlim_max);`;
  const pieces = [
    ...good.split(/(\W)/),
    '{',
    '}',
    '(',
    ')',
    '"',
    "'",
    ';',
    '/*',
    '#',
    '\\',
    '\u201c',
    '0x',
    '->',
    '\n',
    'return',
    'struct',
  ];
  const roll = dice(20251);
  const wrong: string[] = [];
  for (let round = 0; round < 300; round++) {
    let text = good;
    for (let change = 0; change <= roll(4); change++) {
      const at = roll(text.length);
      text = text.slice(0, at) + pieces[roll(pieces.length)]! + text.slice(at + roll(6));
    }
    const { outcome, diagnostics, steps } = start(text, { max_ms: 10, max_steps: 300 });
    if (diagnostics.some(({ severity }) => severity === 'error') && outcome.kind === 'end') wrong.push(text);
    if (steps.length > 300) wrong.push(text);
    for (const { place, message } of diagnostics) {
      const isGood = place.line > 0 && place.column > 0 && /[.`]$/.test(message);
      if (!isGood || /[Uu]nexpected|!$|undefined|\bnull\b/.test(message)) wrong.push(`${text}\n${message}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('10,000 calls in a loop are 10,000 steps, and the run ends by itself', () => {
  const source =
    'char *p = mmap(NULL, 4096, 3, 34, -1, 0);\nfor (int i = 0; i < 10000; i++) mlock(p + i % 7 * PAGE_SIZE, 4096);';
  const { steps, outcome } = start(source, { max_ms: 60_000 });
  expect(steps.length).toBe(10_001);
  expect(outcome).toEqual({ kind: 'end' });
});

test('steps in loops know the innermost loop and its iteration', () => {
  const source =
    'for (int i = 0; i < 2; i++) {\n  munlockall();\n  for (int j = 0; j < 2; j++) munlock(NULL, 0);\n}\nmunlockall();';
  const { steps } = start(source);
  const inner = source.indexOf('for', 5) + 1;
  expect([...steps.loop]).toEqual([1, inner, inner, 1, inner, inner, 0]);
  expect([...steps.iteration]).toEqual([0, 0, 1, 1, 0, 1, 0]);
});

test('a call in a function is in the loop that calls the function', () => {
  const { steps } = start('void f(void) { munlockall(); } for (int i = 0; i < 3; i++) f();');
  expect([...steps.iteration]).toEqual([0, 1, 2]);
  expect(new Set(steps.loop)).toEqual(new Set([32]));
});
