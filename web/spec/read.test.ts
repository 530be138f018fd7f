import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { saidBy } from './arbitrary.test-data';
import { clauses } from './clauses';
import { lint } from './lint';
import { held, LOSSES } from './losses';
import { FORMS, type Form, type Specification } from './model';
import { MAX_SPECIFICATIONS, read } from './read';
import { MAX_TEXT } from './source';
import { write } from './write';

const folder = resolve(import.meta.dirname, 'fixtures');
const fixture = (file: string): string => readFileSync(join(folder, file), 'utf8');
const plain = read(fixture('macro.h')).specifications[0]!;

describe('one call, as it comes', () => {
  test.each<[string, Form]>([
    ['macro.h', 'macro'],
    ['designators.h', 'designator'],
    ['patch.txt', 'patch'],
    ['reply.txt', 'patch'],
    ['wrapped.txt', 'patch'],
    ['squeezed.txt', 'patch'],
    ['flat.c', 'flat'],
    ['nested.c', 'nested'],
    ['short.c', 'short'],
    ['short-patch.txt', 'short'],
  ])('%s', (file, form) => {
    const { specifications, findings } = read(fixture(file));
    expect(findings).toEqual([]);
    expect(specifications.map((one) => one.form)).toEqual([form]);
    expect(saidBy(specifications[0]!)).toEqual(saidBy(held(plain, form)));
  });

  test.each(FORMS.flatMap((from) => FORMS.map((to): [Form, Form] => [from, to])))('%s becomes %s', (from, to) => {
    const first = read(write([plain], from)).specifications;
    const second = read(write(first, to)).specifications;
    expect(second.map(saidBy)).toEqual([saidBy(held(held(plain, from), to))]);
  });
});

test('several specifications in one text are found, in its order', () => {
  const text = `${fixture('nested.c')}\n${fixture('macro.h')}\n${fixture('short.c')}`;
  expect(read(text).specifications.map(({ form }) => form)).toEqual(['nested', 'macro', 'short']);
  const two = write([plain, plain], 'json');
  expect(read(two).specifications).toHaveLength(2);
});

test('places are those of the text, also behind a carrier', () => {
  for (const file of ['macro.h', 'patch.txt', 'reply.txt', 'squeezed.txt']) {
    const text = fixture(file);
    const { line, column } = read(text).specifications[0]!.errors[1]!.place;
    expect(text.split('\n')[line - 1]!.slice(column - 1)).toMatch(/^KAPI_ERROR\(1/);
  }
});

test('what is given twice is kept apart from what stands', () => {
  const { repeats, locks } = plain;
  expect(locks[0]!.description).toBe('Held while VMAs change');
  expect(repeats).toMatchObject([{ id: 'frob.lock.0', field: 'description', lost: 'For write' }]);
});

describe('what a form cannot hold', () => {
  test.each(LOSSES.map((loss): [string, string, (typeof LOSSES)[number]] => [loss.of, loss.field, loss]))(
    '%s %s is lost in truth',
    (_of, _field, loss) => {
      const text = 'a\n\n\n  b, c */';
      expect(loss.why).not.toBe('');
      const call: Specification = { ...plain, symbol: 'frob', judged: [{ ...plain.errors[0]!, clause: 'x', text }] };
      expect(loss.keeps(` ${text}`, call)).not.toBe(` ${text}`);
    },
  );
});

describe('a text that is not right', () => {
  const first = (text: string): string => {
    const { findings } = read(text);
    return findings.map(({ place, code }) => `${place.line}:${place.column} ${code}`).join(', ');
  };

  test.each<[string, string, string]>([
    ['nothing', 'hello', '1:1 nothing'],
    ['an empty text', '', '1:1 nothing'],
    ['no end', 'DEFINE_KERNEL_API_SPEC(sys_x)\n\tKAPI_NOTES("a")\n', '1:1 no-end'],
    ['an open string', 'DEFINE_KERNEL_API_SPEC(sys_x)\nKAPI_NOTES("a)\nKAPI_END_SPEC;', '2:12 no-quote'],
    ['an open bracket', 'DEFINE_KERNEL_API_SPEC(sys_x)\nKAPI_NOTES("a"\nKAPI_END_SPEC;', '2:11 no-bracket'],
    ['an unknown macro', 'DEFINE_KERNEL_API_SPEC(sys_x)\nKAPI_MOOD("a")\nKAPI_END_SPEC;', '2:1 left-out'],
    ['a count that is none', 'DEFINE_KERNEL_API_SPEC(sys_x)\nKAPI_ERROR_COUNT(n)\nKAPI_END_SPEC;', '2:1 no-number'],
    ['too few arguments', 'DEFINE_KERNEL_API_SPEC(sys_x)\nKAPI_ERROR(0, -EPERM)\nKAPI_END_SPEC;', '2:1 arguments'],
    ['a field before its part', 'DEFINE_KERNEL_API_SPEC(sys_x)\nKAPI_LOCK_ACQUIRED\nKAPI_END_SPEC;', '2:1 misplaced'],
    ['broken JSON', '{\n  "symbol": "x",\n  oops\n}', '3:3 no-json'],
    ['JSON of something else', '{ "a": 1 }', '1:1 no-specification'],
    ['too much', 'x'.repeat(MAX_TEXT + 1), '1:1 too-long'],
  ])('%s', (_name, text, expected) => {
    expect(first(text)).toContain(expected);
  });

  test.each<[string, string]>([
    ['brackets', `DEFINE_KERNEL_API_SPEC(sys_x)\nKAPI_NOTES(${'('.repeat(200_000)}`],
    ['braces', `DEFINE_KERNEL_API_SPEC(sys_x)\n.errors = ${'{'.repeat(200_000)}`],
    ['JSON brackets', '['.repeat(200_000)],
    ['blocks', 'DEFINE_KERNEL_API_SPEC(sys_x)\n'.repeat(30_000)],
    ['parts', `DEFINE_KERNEL_API_SPEC(sys_x)\n${'KAPI_ERROR(0, 0, "", "", "")\n'.repeat(20_000)}KAPI_END_SPEC;`],
    ['quotes', `DEFINE_KERNEL_API_SPEC(sys_x)\n${'"\n'.repeat(100_000)}`],
    ['stars', `/**\n * param: x\n${' *\n'.repeat(200_000)} */`],
    ['comments', '/** param: x '.repeat(60_000)],
    ['blanks', `/**\n * param: x${' '.repeat(400_000)}\n${' '.repeat(400_000)} */`],
    ['keys', `/**\n${' * lock: x\n'.repeat(60_000)} */`],
  ])('%s without end are bounded', (_name, text) => {
    const { specifications, findings } = read(text);
    expect(specifications.length).toBeLessThanOrEqual(MAX_SPECIFICATIONS);
    expect(findings.length).toBeLessThanOrEqual(300);
    specifications.forEach(lint);
  });

  test('names of objects are only names', () => {
    const text = '{"symbol":"sys_x","__proto__":{"a":1},"constructor":"b","errors":[{"name":"constructor"}]}';
    const [call] = read(text).specifications;
    expect(call!.errors[0]!.name).toBe('constructor');
    expect(lint(call!).map(({ code }) => code)).toContain('no-errno');
  });

  test.each(FORMS)('a constraint is only a name, also as %s', (form) => {
    const text = '{"symbol":"sys_x","parameters":[{"name":"len","constraint":"constructor"}],"locks":[{"name":"l"}]}';
    const { specifications } = read(write(read(text).specifications, form));
    expect(clauses(specifications[0]!).map(({ id, text: said }) => `${id}: ${said}`)).toContain(
      'x.param.len.constraint: constructor',
    );
  });
});

// The published patches are not ours to hand out. SEEDS=folder names one that has them.
const seeds = process.env['SEEDS'] ?? '';
const files = seeds !== '' && existsSync(seeds) ? readdirSync(seeds).filter((file) => file.endsWith('.txt')) : [];
const COUNTS: Readonly<Record<string, readonly number[]>> = {
  munlock: [3, 2, 1, 5, 5, 2],
  mlockall: [5, 1, 2, 6, 5, 2],
};

test.each(files.map((file) => [file]))('%s is read whole and linted', (file) => {
  const { specifications, findings } = read(readFileSync(join(seeds, file), 'utf8'));
  expect(findings).toEqual([]);
  expect(specifications).toHaveLength(1);
  const call = specifications[0]!;
  const { errors, parameters, signals, sideEffects, stateTransitions, locks } = call;
  const found = [errors, parameters, signals, sideEffects, stateTransitions, locks].map(({ length }) => length);
  expect(found).toEqual(COUNTS[call.name]);
  const codes = lint(call).map(({ code }) => code);
  expect(codes).toContain('overwritten');
  expect(codes).toContain('prose-only');
  expect(codes).toContain('restartable-return');
  expect(codes).not.toContain('count-disagrees');
});
