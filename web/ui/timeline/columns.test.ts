import { expect, test } from 'vitest';
import { P_touch_write, SYS_mlock } from '../../../assembly/abi/sysno';
import { runOf, type StepRow } from '../../app/steps.test-data';
import { binsOf, columnOf, extentOf, layOut, stepAt, width } from './columns';
import { sparkOf } from './spark';

const step: StepRow = { call: 'x', nr: SYS_mlock };
const inLoop = (loop: number, n: number): StepRow[] =>
  Array.from({ length: n }, () => ({ call: 'x', nr: P_touch_write, loop }));
const stepsOf = (rows: readonly StepRow[]) => runOf('x', rows).steps;

/** "1 [2-5 touch_write ×4] 6": a drawing of the columns. */
const draw = (rows: readonly StepRow[]) =>
  layOut(stepsOf(rows))
    .map(({ kind, first, last, label }) =>
      kind === 'step' ? first : `${kind === 'loop' ? '[' : '<'}${first}-${last} ${label}`,
    )
    .join(' ');

test('a column a step, a loop is one bracket, two loops are two', () => {
  expect(draw([step, ...inLoop(7, 4), step])).toBe('1 [2-5 touch_write ×4 6');
  expect(draw([...inLoop(7, 2), ...inLoop(9, 2)])).toBe('[1-2 touch_write ×2 [3-4 touch_write ×2');
  expect(draw([...inLoop(7, 1), step])).toBe('1 2');
});

test('steps of a loop are half as wide', () => {
  const columns = layOut(stepsOf([step, ...inLoop(7, 4), step]));
  expect(columns.map(({ at, size }) => [at, size])).toEqual([
    [0, 1],
    [1, 2],
    [3, 1],
  ]);
  expect(extentOf(columns[1]!, 3)).toEqual([1.5, 2]);
});

test('beyond 200 columns a bracket becomes one block', () => {
  expect(draw([step, ...inLoop(7, 99_998), step])).toBe('1 <2-99999 touch_write ×99,998 100000');
});

test('any run stays within a bounded number of columns, and each step has one', () => {
  const nested = Array.from({ length: 3000 }, (_, i) => [step, ...inLoop(i + 1, 2)]).flat();
  const columns = layOut(stepsOf(nested));
  expect(width(columns)).toBeLessThanOrEqual(203);
  for (const k of [1, 2, 4500, 9000]) {
    const column = columnOf(columns, k)!;
    expect(column.first <= k && k <= column.last).toBe(true);
  }
  expect(columnOf(columns, 9001)).toBeNull();
});

test('the sparkline reaches what a failed call asked for; a far limit is left out', () => {
  const rows = [
    { ...step, locked: 12, asked: 16 },
    { ...step, locked: 13, asked: 21 },
  ];
  const near = stepsOf(rows);
  const spark = sparkOf(near, layOut(near), 64);
  expect(spark.stems).toEqual([
    { step: 1, x: 0.5, from: 12, to: 16, count: 1 },
    { step: 2, x: 1.5, from: 13, to: 21, count: 1 },
  ]);
  expect(spark.top).toBeGreaterThan(21);
  expect(spark.limits).toHaveLength(1);
  const far = stepsOf(rows.map((row) => ({ ...row, limit: 2048 })));
  expect(sparkOf(far, layOut(far), 64).limits).toEqual([]);
});

test('the step under a place is found, beyond the ends too', () => {
  const columns = layOut(stepsOf([step, ...inLoop(7, 4), step]));
  expect([-1, 0, 0.9, 1, 1.6, 2.9, 3, 9].map((unit) => stepAt(columns, unit))).toEqual([1, 1, 1, 2, 3, 5, 6, 6]);
  expect(stepAt([], 1)).toBe(0);
});

test('a block of many steps is drawn by the lowest and highest value of each pixel', () => {
  const all = inLoop(7, 1000).map((row, i) => ({ ...row, locked: i === 500 ? 9 : i === 501 ? 0 : 4 }));
  const steps = stepsOf(all);
  const columns = layOut(steps);
  const { locked } = sparkOf(steps, columns, 10);
  expect(columns).toHaveLength(1);
  expect(locked.length).toBeLessThan(2 * 4 * 30);
  const heights = [...locked].filter((_, i) => i % 2 === 1);
  expect([Math.min(...heights), Math.max(...heights)]).toEqual([0, 9]);
});

test('the limit line moves where the limit does', () => {
  const steps = stepsOf([
    { ...step, locked: 8 },
    { ...step, locked: 8, limit: 10 },
    { ...step, locked: 8, limit: Infinity },
  ]);
  expect(sparkOf(steps, layOut(steps), 64).limits).toEqual([[0, 16, 1, 16, 1, 10, 2, 10]]);
});

test('failures that stand close together share a sign', () => {
  const steps = stepsOf(inLoop(7, 1000).map((row, i) => ({ ...row, locked: 1, asked: i === 40 ? 30 : 20 })));
  const { stems } = sparkOf(steps, layOut(steps), 64);
  expect(stems.length).toBeLessThanOrEqual(Math.ceil((3 * 64) / 14));
  expect(stems.reduce((sum, { count }) => sum + count, 0)).toBe(1000);
  expect(stems[0]).toMatchObject({ step: 41, to: 30 });
});

test('failures inside a block stay marked', () => {
  const [column] = layOut(stepsOf(inLoop(7, 1000)));
  expect(binsOf(column!, 10, (k) => k === 1 || k === 555 || k === 556)).toEqual([0, 5]);
});
