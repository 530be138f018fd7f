import { describe, expect, test } from 'vitest';
import { callTexts, ourCalls } from './calls';
import { clauses } from './clauses';
import { PARTS, partsOf, tableOf } from './fields';
import { read } from './read';
import { evaluate } from './value';

test('the five lock calls and the worked example are there', () => {
  expect(ourCalls().map(({ name }) => name)).toEqual([
    'madvise',
    'mlock',
    'mlock2',
    'mlockall',
    'munlock',
    'munlockall',
  ]);
});

describe.each(callTexts())('$file', ({ text }) => {
  test('is read without a finding', () => {
    const { specifications, findings } = read(text);
    expect(findings).toEqual([]);
    expect(specifications.map(({ form }) => form)).toEqual(['macro']);
  });

  test('has clauses with ids of their own, each with words', () => {
    const all = clauses(read(text).specifications[0]!);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all.filter((clause) => clause.text === '')).toEqual([]);
  });

  test('has expressions that can be computed, from names that a run knows', () => {
    const call = read(text).specifications[0]!;
    const own = ['end', 'pages', 'locked_in', 'splits', 'map_count', 'max_map_count', 'locked_vm', 'total_vm'];
    const outside = ['RLIMIT_MEMLOCK', 'CAP_IPC_LOCK', 'PAGE_SHIFT'];
    const known = new Set([...own, ...outside, ...call.parameters.map(({ name }) => name)]);
    const names = (name: string): bigint | null => (known.has(name) ? 1n : null);
    const values = call.parameters.flatMap(({ min, max, mask, values }) => [min, max, mask, ...values.split(', ')]);
    const all = [...call.constraints.map(({ expression }) => expression), ...values.filter((value) => value !== '')];
    expect(all.filter((expression) => evaluate(expression, names) === null)).toEqual([]);
  });

  test('declares a count for each kind of part that it has', () => {
    const call = read(text).specifications[0]!;
    const kinds = PARTS.map(({ kind }) => kind).filter((kind) => kind !== 'return' && kind !== 'judged');
    const there = kinds.filter((kind) => partsOf(call, tableOf(kind)).length > 0);
    const declared: readonly string[] = call.counts.map(({ of }) => of);
    expect(there.filter((kind) => !declared.includes(kind))).toEqual([]);
  });
});
