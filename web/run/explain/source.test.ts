import { describe, expect, test } from 'vitest';
import type { Fix, Place } from '../model';
import { argumentsOf, insertBefore, setPragma, statementOf } from './source';

/** The source without its ‹›, and the place that they mark. */
function marked(text: string): [string, Place] {
  const from = text.indexOf('‹');
  const source = text.replace('‹', '');
  const to = source.indexOf('›');
  return [source.replace('›', ''), { from, to, line: 1, column: 1 }];
}

const apply = (source: string, { from, to, insert }: Fix): string => source.slice(0, from) + insert + source.slice(to);

describe('arguments of a call', () => {
  test.each([
    ['‹mlock(buf, 16 * PAGE_SIZE)›;', ['buf', '16 * PAGE_SIZE']],
    ['‹mlock ( f(a, b)[1] , sizeof(x) )›;', ['f(a, b)[1]', 'sizeof(x)']],
    ['‹mlock(buf /* a, b) */, ",)" )›;', ['buf /* a, b) */', '",)"']],
    ["‹mlock(buf, ',' + '\\'')›;", ['buf', "',' + '\\''"]],
  ])('%s', (text, expected) => {
    const [source, place] = marked(text);
    expect(argumentsOf(source, place)?.map((piece) => piece.text)).toEqual(expected);
    for (const { from, to, text: piece } of argumentsOf(source, place)!) expect(source.slice(from, to)).toBe(piece);
  });

  test('a store is no call', () => {
    const [source, place] = marked('‹p[0] = 1›;');
    expect(argumentsOf(source, place)).toBeNull();
  });
});

describe('the statement around a call', () => {
  test.each([
    ['a();\n  ‹b()›;', 'b();', false],
    ['int r = ‹b()›;', 'int r = b();', false],
    ['for (int i = 0; i < 4; i++)\n  ‹b(i)›;\nc();', 'b(i);', true],
    ['for (;;) { a(); ‹b()›; }', 'b();', false],
    ['if (x) a(); else ‹b()›;', 'b();', true],
    ['if (‹b()› == -1) a();', 'if (b() == -1) a();', false],
    ['#pragma x "\n‹b()›;', 'b();', false],
    ['// a; }\n/* ; */ ‹b()›;', 'b();', false],
    ['int main(void) { return ‹b()›; }', 'return b();', false],
    ['switch (x) { case 1: ‹b()›; }', 'b();', false],
    ['char *s = "a;b"; ‹b()›;', 'b();', false],
    ['x ? ‹b()› : c();', 'x ? b() : c();', false],
  ])('%s', (text, statement, bare) => {
    const [source, place] = marked(text);
    expect(statementOf(source, place)).toMatchObject({ text: statement, bare });
  });

  test('the head of a loop has no place for a statement', () => {
    expect(statementOf(...marked('while (‹b()›) a();'))).toBeNull();
    expect(statementOf(...marked('for (;;) if (‹b()›) a();'))).toBeNull();
  });
});

describe('insertions', () => {
  test('keep the indent of the line', () => {
    const [source, place] = marked('{\n    int r = ‹b()›;\n}');
    expect(apply(source, insertBefore(source, place, '', ['a();', 'c();'])!)).toBe(
      '{\n    a();\n    c();\n    int r = b();\n}',
    );
  });

  test('give a bare body its braces', () => {
    const [source, place] = marked('for (;;)\n    ‹b()›;\nd();');
    expect(apply(source, insertBefore(source, place, '', ['a();'])!)).toBe('for (;;)\n    { a(); b(); }\nd();');
  });
});

describe('pragmas', () => {
  const limit = (source: string, bytes: bigint): string =>
    apply(source, setPragma(source, '', 'rlimit RLIMIT_MEMLOCK', bytes));

  test.each([
    ['#pragma rlimit RLIMIT_MEMLOCK 65536     // 16 pages\n', '#pragma rlimit RLIMIT_MEMLOCK 86016     // 16 pages\n'],
    ['#pragma rlimit RLIMIT_MEMLOCK 65536 65536\n', '#pragma rlimit RLIMIT_MEMLOCK 86016 86016\n'],
    ['#pragma rlimit RLIMIT_MEMLOCK 65536 100000\n', '#pragma rlimit RLIMIT_MEMLOCK 86016 100000\n'],
    ['#pragma rlimit RLIMIT_MEMLOCK 0 RLIM_INFINITY\n', '#pragma rlimit RLIMIT_MEMLOCK 86016 RLIM_INFINITY\n'],
    ['// Title.\n// More.\n\na();\n', '// Title.\n// More.\n#pragma rlimit RLIMIT_MEMLOCK 86016\n\na();\n'],
    ['/* Title. */\na();', '/* Title. */\n#pragma rlimit RLIMIT_MEMLOCK 86016\na();'],
    ['a();', '#pragma rlimit RLIMIT_MEMLOCK 86016\na();'],
    ['#pragma rlimit RLIMIT_AS 1\na();', '#pragma rlimit RLIMIT_MEMLOCK 86016\n#pragma rlimit RLIMIT_AS 1\na();'],
  ])('%j', (source, expected) => expect(limit(source, 86016n)).toBe(expected));
});
