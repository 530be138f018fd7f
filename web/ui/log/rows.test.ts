import { expect, test } from 'vitest';
import { runOf } from '../../app/steps.test-data';
import { commonCall, logRows, rowOf } from './rows';

const touch = { call: 'touch', loop: 5 };
const printed = (step: number, text: string) => ({ step, pid: 0, text });
const draw = (rows: ReturnType<typeof logRows>) =>
  rows
    .map((row) =>
      row.kind === 'print' ? `"${row.text}"` : row.first === row.last ? row.first : `${row.first}-${row.last}`,
    )
    .join(' ');

test('equal calls of a loop share a row, printed lines have their own', () => {
  const run = runOf('touch mlock', [{ call: 'mlock' }, touch, touch, touch, { call: 'mlock' }], {
    outputs: [printed(0, 'begin\n'), printed(5, 'a\nb\n')],
  });
  expect(draw(logRows(run))).toBe('"begin" 1 2-4 5 "a" "b"');
});

test('a line printed in the loop parts its steps, another result too', () => {
  const parted = runOf('touch', [touch, touch, touch], { outputs: [printed(2, 'x')] });
  expect(draw(logRows(parted))).toBe('1-2 "x" 3');
  const failing = runOf('touch', [touch, { ...touch, errno: 12 }, touch]);
  expect(draw(logRows(failing))).toBe('1 2 3');
});

test('the row of a step is found', () => {
  const rows = logRows(runOf('touch', [touch, touch, touch], { outputs: [printed(0, 'x'), printed(2, 'y')] }));
  expect([1, 2, 3].map((step) => rowOf(rows, step))).toEqual([1, 1, 3]);
});

test('calls of a group are written once', () => {
  expect(commonCall('touch_write(buf, 1)', 'touch_write(buf+3p, 1)')).toBe('touch_write(…, 1)');
  expect(commonCall('munlockall()', 'munlockall()')).toBe('munlockall()');
});
