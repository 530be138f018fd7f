// What a failed assert() says: the values of its two sides.
import type { Value } from '../lang/arith';
import type { ConjunctText } from '../lang/code';
import { CONSTANTS, ERRNO_NAMES } from '../lang/constants';

const EXPECTED: Readonly<Record<string, (value: string) => string>> = {
  '==': (value) => `${value} expected`,
  '!=': (value) => `anything but ${value} expected`,
  '<': (value) => `less than ${value} expected`,
  '>': (value) => `more than ${value} expected`,
  '<=': (value) => `at most ${value} expected`,
  '>=': (value) => `at least ${value} expected`,
};
const TURNED: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };

/** Says what a part of an assert found: "locked_vm() is 12, 11 expected". */
export function failedAssert({ text, comparison }: ConjunctText, left: Value, right: Value): string {
  if (!comparison) return `${text} is 0`;
  const turned = isFixed(comparison.left) && !isFixed(comparison.right);
  const [subject, object] = turned ? [comparison.right, comparison.left] : [comparison.left, comparison.right];
  const [found, wanted] = turned ? [right, left] : [left, right];
  const operator = turned ? (TURNED[comparison.operator] ?? comparison.operator) : comparison.operator;
  const expected = isName(object) ? object : show(wanted, subject);
  return `${subject} is ${show(found, subject)}, ${EXPECTED[operator]!(expected)}`;
}

const isName = (text: string): boolean => CONSTANTS.has(text);
const isFixed = (text: string): boolean => isName(text) || /^-?\d/.test(text);

/** Writes a value as a reader of `subject` expects it: errno by name, addresses and flags in hexadecimal. */
function show(value: Value, subject: string): string {
  if (subject === 'errno') return ERRNO_NAMES.get(Number(value)) ?? `${value}`;
  if (value === (1n << 64n) - 1n) return '-1';
  return value >= 1n << 32n || /flags/.test(subject) ? `0x${value.toString(16)}` : `${value}`;
}
