import { describe, expect, test } from 'vitest';
import { callTexts, ourCalls } from './calls';
import { clauses } from './clauses';
import { read } from './read';

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
});
