import { expect, test } from 'vitest';
import { ENOMEM } from '../../assembly/abi/errno';
import { edited } from '../run/edit';
import { carryStep, firstStep, isOnLine, nextFailure, stepOfLine } from './select';
import { runOf } from './steps.test-data';

const text = 'mmap(NULL,\n  8);\nfor (;;)\n  mlock(p);\nmunlock(p);\n';
const run = runOf(text, [
  { call: 'mmap(NULL,\n  8)' },
  { call: 'mlock(p)' },
  { call: 'mlock(p)', errno: ENOMEM },
  { call: 'mlock(p)' },
  { call: 'munlock(p)' },
]);

test('a run is first shown where it failed, else at its end', () => {
  expect(firstStep(run.steps)).toBe(3);
  expect(firstStep(runOf(text, [{ call: 'mlock(p)' }, { call: 'munlock(p)' }]).steps)).toBe(2);
  expect(firstStep(runOf(text, []).steps)).toBe(0);
});

test('failures are found in both directions', () => {
  expect(nextFailure(run.steps, 1, 1)).toBe(3);
  expect(nextFailure(run.steps, 3, 1)).toBe(0);
  expect(nextFailure(run.steps, 5, -1)).toBe(3);
});

test('a line stands for its failed step, else for its last; a call over two lines for both', () => {
  expect(stepOfLine(run, 1)).toBe(1);
  expect(stepOfLine(run, 2)).toBe(1);
  expect(stepOfLine(run, 3)).toBe(0);
  expect(stepOfLine(run, 4)).toBe(3);
  expect(stepOfLine(run, 5)).toBe(5);
  expect(isOnLine(run, 1, 2)).toBe(true);
  expect(isOnLine(run, 1, 3)).toBe(false);
});

test('an edit is the piece between what both texts begin and end with', () => {
  expect(edited('mlock(p, 16)', 'mlock(p, 10)')).toEqual({ from: 10, before: 11, after: 11 });
  expect(edited('aa', 'aaa')).toEqual({ from: 2, before: 2, after: 3 });
  expect(edited('a', 'a')).toEqual({ from: 1, before: 1, after: 1 });
});

test('the same call stays selected over an edit above it', () => {
  const longer = `// a new line\n${text}`;
  const rows = ['mmap(NULL,\n  8)', 'mlock(p)', 'mlock(p)', 'mlock(p)', 'munlock(p)'].map((call) => ({ call }));
  expect(carryStep(run, 4, runOf(longer, rows))).toBe(4);
  const before = `brk(p);\n${text}`;
  expect(carryStep(run, 4, runOf(before, [{ call: 'brk(p)' }, ...rows]))).toBe(5);
});

test('fewer rounds of a loop: the last one; a call that is gone: the same number', () => {
  expect(
    carryStep(run, 4, runOf(text, [{ call: 'mmap(NULL,\n  8)' }, { call: 'mlock(p)' }, { call: 'munlock(p)' }])),
  ).toBe(2);
  expect(carryStep(run, 5, runOf('mmap(NULL,\n  8);', [{ call: 'mmap(NULL,\n  8)' }]))).toBe(1);
});
