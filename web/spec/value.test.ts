import { expect, test } from 'vitest';
import { evaluate } from './value';

test.each<[string, bigint | null]>([
  ['LONG_MAX', 0x7fff_ffff_ffff_ffffn],
  ['MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT', 7n],
  ['-1', 0xffff_ffff_ffff_ffffn],
  ['1 + 2 * 3 == 7 && !(4 < 3)', 1n],
  ['(1 << 12) - 1', 4095n],
  ['PAGE_ALIGN(1)', 4096n],
  ['PAGE_ALIGN(ULONG_MAX)', 0n],
  ['(0x1fff & PAGE_MASK)', 4096n],
  ['1 / 0', null],
  ['1 +', null],
  ['a b', null],
  ['nobody', null],
  ['constructor', null],
  ['10n', null],
  ['('.repeat(500), null],
  ['', null],
])('%s', (expression, value) => {
  expect(evaluate(expression)).toBe(value);
});

test("a call's own values are names", () => {
  const names = (name: string): bigint | null => (name === 'start' ? 4097n : null);
  expect(evaluate('(start & ~PAGE_MASK) == 0', names)).toBe(0n);
});
