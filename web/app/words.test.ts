import { expect, test } from 'vitest';
import { ENOMEM } from '../../assembly/abi/errno';
import { P_touch_write, SYS_mlock, SYS_mmap } from '../../assembly/abi/sysno';
import { runOf } from './steps.test-data';
import { count, lockedChange, plural, sayStep, shortResult, signed, sizeText, stepFailure, stepResult } from './words';

const { steps } = runOf('mmap mlock touch', [
  { call: 'mmap', nr: SYS_mmap, result: 0x7ffff7fe7000n, locked: 2 },
  { call: 'mlock', nr: SYS_mlock, errno: ENOMEM, locked: 12 },
  { call: 'touch', nr: P_touch_write, result: 11n, locked: 12, limit: Infinity },
]);

test('results are written as C sees them', () => {
  expect([1, 2, 3].map((step) => stepResult(steps, step))).toEqual(['0x7ffff7fe7000', '-1 ENOMEM', 'SIGSEGV']);
  expect([1, 2].map((step) => stepFailure(steps, step))).toEqual(['', 'ENOMEM']);
  expect(shortResult('0x7ffff7fe7000')).toBe('…fe7000');
  expect(shortResult('-1 ENOMEM')).toBe('-1 ENOMEM');
});

test('a step is said in one sentence', () => {
  expect(sayStep({ ...steps, not_atomic: Uint8Array.of(0, 1, 0) }, 2)).toBe(
    'Step 2, mlock, ENOMEM, not atomic: 10 pages locked, locked_vm 12 of 16.',
  );
  expect(sayStep(steps, 3)).toBe('Step 3, touch_write, SIGSEGV: locked_vm 12, no limit.');
  expect(sayStep(steps, 0)).toBe('Step 0, the process before its first call.');
});

test('the change of locked_vm is that of the calling process', () => {
  const two = { ...steps, pid: Uint16Array.of(1, 2, 1), locked_vm: Float64Array.of(5, 0, 7) };
  expect([1, 2, 3].map((step) => lockedChange(two, step))).toEqual([5, 0, 2]);
});

test('numbers', () => {
  expect([count(1234567), count(12)]).toEqual(['1,234,567', '12']);
  expect([signed(10), signed(-13), signed(0)]).toEqual(['+10', '−13', '']);
  expect([sizeText(2), sizeText(384), sizeText(2 ** 35)]).toEqual(['8 KiB', '1.5 MiB', '128 TiB']);
  expect([plural(1, 'step'), plural(1000, 'step')]).toEqual(['1 step', '1,000 steps']);
});
