// What the editor can say of a place in the text: signature, completion, definitions, folds.
import { expect, test } from 'vitest';
import { BUILTINS } from './builtins';
import { callAround } from './call-at';
import { suggest } from './complete';
import { CONSTANTS } from './constants';
import { MANUAL } from './manual';
import { CONSTANT_MANUAL } from './manual-constants';
import { ERROR_MANUAL } from './manual-errors';
import { MEANINGS } from './manual-meanings';
import { foldsOf, nameAt, outlineOf } from './outline';
import { signatureAt } from './signature';

const at = (text: string) => [text.replace('‸', ''), text.indexOf('‸')] as const;
const firstOf = (text: string) =>
  suggest(...at(text))
    .filter(({ first }) => first)
    .map(({ label }) => label);
const labels = (text: string) => suggest(...at(text)).map(({ label }) => label);

test('the call around the cursor, and its argument', () => {
  expect(callAround(...at('mmap(NULL, f(1, 2), ‸'))).toMatchObject({ name: 'mmap', argument: 2 });
  expect(callAround(...at('mlock(p, 1); ‸'))).toBeNull();
  expect(callAround(...at('mlock(p /* , ( */, // ,\n ‸'))).toMatchObject({ name: 'mlock', argument: 1 });
  expect(callAround(...at('mlock((char *)p + ‸'))).toMatchObject({ name: 'mlock', argument: 0 });
  expect(callAround(...at('if (‸'))).toBeNull();
});

test('the signature of every call, with the parameter that is being written', () => {
  for (const { name, signature, parameters } of BUILTINS.values()) {
    const found = signatureAt(...at(`${name}(${'1, '.repeat(Math.max(0, parameters.length - 1))}‸`));
    expect(found?.label).toBe(signature);
    const last = found!.parameters[found!.active];
    if (parameters.length > 0 && !signature.includes('...'))
      expect(signature.slice(last!.from, last!.to)).toContain(parameters.at(-1)!.name);
  }
  expect(signatureAt(...at('mlock2(p, 8, ‸)'))?.parameters[2]?.meaning).toContain('MLOCK_ONFAULT');
});

test("the signature of the text's own function", () => {
  const found = signatureAt(...at('static int lock(char *p, size_t n) { return 0; }\nlock(0, ‸'))!;
  expect(found.label).toBe('int lock(char *p, size_t n)');
  expect(found.active).toBe(1);
  expect(found.label.slice(found.parameters[1]!.from, found.parameters[1]!.to)).toBe('size_t n');
});

test('the manual speaks of calls and parameters that there are, and of all lock calls', () => {
  for (const [name, { parameters = {} }] of Object.entries(MANUAL)) {
    const builtin = BUILTINS.get(name);
    expect(builtin, name).toBeDefined();
    const known = builtin!.parameters.map((one) => one.name);
    expect(
      Object.keys(parameters).filter((one) => !known.includes(one)),
      name,
    ).toEqual([]);
  }
  expect(Object.keys(ERROR_MANUAL).filter((name) => !BUILTINS.has(name))).toEqual([]);
  expect(Object.keys(MEANINGS).sort()).toEqual([...BUILTINS.keys()].sort());
  expect(Object.keys(CONSTANT_MANUAL).filter((name) => !CONSTANTS.has(name))).toEqual([]);
  const undocumented = [...BUILTINS.values()]
    .filter(({ group }) => group !== 'library')
    .flatMap(({ name, parameters }) =>
      parameters.filter((one) => !MANUAL[name]?.parameters?.[one.name]).map((one) => `${name} ${one.name}`),
    )
    .filter((one) => !/exit status/.test(one));
  expect(undocumented).toEqual([]);
  for (const name of ['mlock', 'mlock2', 'munlock', 'mlockall', 'munlockall', 'setrlimit', 'mmap', 'madvise'])
    expect(MANUAL[name]!.history?.length, name).toBeGreaterThan(0);
});

test('constants that belong to the argument come first', () => {
  expect(firstOf('mmap(NULL, 8, ‸')).toContain('PROT_READ');
  expect(firstOf('mmap(NULL, 8, ‸')).not.toContain('MAP_PRIVATE');
  expect(firstOf('mlockall(‸')).toEqual(expect.arrayContaining(['MCL_CURRENT', 'MCL_FUTURE', 'MCL_ONFAULT']));
  expect(firstOf('madvise(p, 8, MADV_D‸')).toContain('MADV_DONTNEED');
  expect(firstOf('getrlimit(‸')).toContain('RLIMIT_MEMLOCK');
  expect(firstOf('mlock(p, ‸')).toContain('PAGE_SIZE');
});

test('behind | only what is not there yet', () => {
  expect(firstOf('mlockall(MCL_CURRENT | ‸')).toEqual(['MCL_FUTURE', 'MCL_ONFAULT']);
  expect(labels('mlockall(MCL_CURRENT | ‸')).not.toContain('MCL_CURRENT');
  expect(firstOf('mmap(NULL, 8, PROT_READ | ‸')).not.toContain('PROT_NONE');
});

test('variables that are addresses come first where an address is wanted', () => {
  const text = 'char *buf, *more; int n; int f(int a) { long l; return 0; } mlock(‸';
  expect(firstOf(text).filter((name) => name !== 'NULL')).toEqual(['buf', 'more']);
  expect(labels(text)).toEqual(expect.arrayContaining(['n', 'f']));
  expect(labels(text)).not.toContain('l');
  expect(labels('int f(int inner) { long l; ‸ }')).toEqual(expect.arrayContaining(['inner', 'l']));
});

test('calls bring their arguments, unless they have them', () => {
  const one = (text: string, name: string) => suggest(...at(text)).find(({ label }) => label === name)?.snippet;
  expect(one('mlo‸', 'mlock')).toBe('mlock(${1:addr}, ${2:len})');
  expect(one('mlo‸(p, 1)', 'mlock')).toBe('mlock');
  expect(one('int both(char *a, int b) { return 0; }\nbo‸', 'both')).toBe('both(${1:a}, ${2:b})');
  expect(one('‸', 'mmap anonymous')).toMatch(/^char \*\$\{1:p\} = mmap/);
  expect(one('mlock(‸', 'mmap anonymous')).toBeUndefined();
});

test('nothing in comments and texts; pragmas after #pragma; members after a point', () => {
  expect(suggest(...at('x; // mlo‸'))).toEqual([]);
  expect(suggest(...at('puts("mlo‸'))).toEqual([]);
  expect(labels('#pragma cap ‸')).toContain('cap CAP_IPC_LOCK');
  expect(labels('struct rlimit r; r.‸')).toEqual(['rlim_cur', 'rlim_max']);
});

const PROGRAM = `#define N 4
int twice(int n) { return n * 2; }
int main(void) {
    int n = N; // int d;
    { char *n = 0; mlock(n, twice(N)); }
    return twice(n);
}
`;

test('definitions and uses, scope by scope', () => {
  const names = outlineOf(PROGRAM);
  const uses = (name: string, kind: string) =>
    names
      .filter((one) => one.name === name && one.kind === kind)
      .map((one) => one.uses.map(({ from }) => PROGRAM.slice(0, from).split('\n').length));
  expect(uses('N', 'macro')).toEqual([[1, 4, 5]]);
  expect(uses('twice', 'function')).toEqual([[2, 5, 6]]);
  expect(uses('n', 'parameter')).toEqual([[2, 2]]);
  expect(uses('n', 'variable')).toEqual([
    [4, 6],
    [5, 5],
  ]);
  for (const { name, uses: all } of names) for (const { from, to } of all) expect(PROGRAM.slice(from, to)).toBe(name);
  const inner = nameAt(names, PROGRAM.indexOf('mlock(n') + 6);
  expect(inner?.detail).toBe('char *n');
  expect(names.some(({ name }) => name === 'd')).toBe(false);
});

test('blocks and comments fold', () => {
  const text = '// a\n// b\nint f(void) {\n    int a[] = { 1 };\n}\n/* c\n d */\nint x; // no\n// alone\n';
  expect(foldsOf(text).map(({ kind, from, to }) => [kind, text.slice(from, to).split('\n').length])).toEqual([
    ['comment', 2],
    ['block', 3],
    ['comment', 2],
  ]);
});
