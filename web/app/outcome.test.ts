import { expect, test } from 'vitest';
import { outcomeText } from './outcome';

const place = { from: 10, to: 12, line: 3, column: 5 };

test('a run that went well says so in one word', () => {
  expect(outcomeText({ kind: 'end' })).toBe('end');
  expect(outcomeText({ kind: 'exit', status: 2, place })).toBe('exit 2');
});

test('a run that did not says what, where and why', () => {
  expect(outcomeText({ kind: 'assert', place, message: 'locked_vm() is 12, 11 expected' })).toBe(
    'assert at 3:5: locked_vm() is 12, 11 expected',
  );
});
