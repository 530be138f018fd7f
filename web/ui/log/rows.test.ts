import { expect, test } from 'vitest';
import { runOf } from '../../app/steps.test-data';
import { filterSteps } from '../../app/filter';
import { commonCall, filterRows, logRows, numberWidth, rowOf } from './rows';
import { logText, stepsIn } from './text';

const touch = { call: 'touch', loop: 5 };
const printed = (step: number, text: string) => ({ step, pid: 0, text });
const draw = (rows: ReturnType<typeof logRows>) =>
  rows
    .map((row) =>
      row.kind === 'print'
        ? `"${row.text}"`
        : row.kind === 'assert'
          ? `assert${row.result.ok ? '' : '!'}`
          : `${row.kind === 'gap' ? '~' : ''}${row.first === row.last ? row.first : `${row.first}-${row.last}`}`,
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

const asserted = (step: number, ok: boolean) => ({
  place: { from: 0, to: 5, line: 1, column: 1 },
  step,
  ok,
  detail: ok ? '' : 'r is 0, -1 expected',
  count: 1,
});

test('an assert stands after the step that it was evaluated after', () => {
  const run = runOf('touch', [touch, touch, touch], {
    outputs: [printed(3, 'end')],
    asserts: [asserted(3, false), asserted(1, true)],
  });
  expect(draw(logRows(run))).toBe('1 assert 2-3 assert! "end"');
});

test('what the filter passes over is a gap, with what was printed there', () => {
  const run = runOf('touch mlock', [{ call: 'mlock' }, touch, touch, { call: 'mlock', errno: 12 }], {
    outputs: [printed(3, 'x'), printed(4, 'y')],
  });
  const filtered = (text: string) => draw(filterRows(logRows(run), filterSteps(run, text)!));
  expect(filtered('failed')).toBe('~1-3 4 "y"');
  expect(filtered('step:1')).toBe('1 ~2-4');
  expect(filtered('nothing')).toBe('~1-4');
});

test('the log as text has columns, printed lines and asserts', () => {
  const run = runOf('touch mlock', [{ call: 'mlock' }, touch, touch], {
    outputs: [printed(1, '12 pages locked')],
    asserts: [asserted(3, false)],
  });
  const text = (step: number, call: string, result: string, drawing: string) => ({ step, call, result, drawing });
  const texts = [
    text(1, 'mlock(buf, 65536)', '-1 ENOMEM', '|LL|'),
    text(2, 'touch(a)', '0', ''),
    text(3, 'touch(b)', '0', '|R|'),
  ];
  const rows = logRows(run);
  expect(stepsIn(rows)).toEqual([1, 1, 2, 3]);
  expect(logText(rows, texts, run)).toBe(
    [
      '  1  mlock(buf, 65536)  -1 ENOMEM  |LL|',
      '     12 pages locked',
      '2–3  touch(…) ×2        0          |R|',
      '     fails: touch: r is 0, -1 expected',
      '',
    ].join('\n'),
  );
});

test('the numbers of rows are as wide as the widest of them', () => {
  const step = (first: number, last: number) => ({ kind: 'step', first, last }) as const;
  expect(numberWidth([])).toBe(0);
  expect(numberWidth([step(9, 9), step(10, 10)])).toBe('10'.length);
  expect(numberWidth([step(1, 999), step(1_000, 1_000), step(1_001, 1_001)])).toBe('1–999'.length);
  expect(numberWidth([step(1, 9), step(10, 10_000), step(10_001, 10_001)])).toBe('10–10,000'.length);
});
