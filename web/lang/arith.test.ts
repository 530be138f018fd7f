import { describe, expect, test } from 'vitest';
import { binary, canonical, convert, traps, unary, type BinaryOperator, type Value } from './arith';
import type { Kind } from './types';

const BITS: Readonly<Partial<Record<Kind, number>>> = { i32: 32, u32: 32, i64: 64, u64: 64 };
const KINDS = Object.keys(BITS) as Kind[];
/** What C11 says of an integer in a kind: signed ones wrap here, as they do on the machine. */
const fit = (value: bigint, kind: Kind): bigint =>
  kind.startsWith('i') ? BigInt.asIntN(BITS[kind]!, value) : BigInt.asUintN(BITS[kind]!, value);

/** Where 32 bits, 53 bits and 64 bits end. */
const EDGES = [0n, 1n, 3n, 12n, 31n, 32n, 52n, 53n, 63n, 64n].flatMap((n) =>
  [1n << n, (1n << n) - 1n, (1n << n) + 1n, n].flatMap((value) => [value, -value]),
);
const operands = (kind: Kind): Value[] => [...new Set(EDGES.map((value) => convert(canonical(value), kind)))];

const REFERENCE: Readonly<Record<BinaryOperator, (a: bigint, b: bigint, bits: bigint) => bigint>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '<<': (a, b, bits) => a << (b & (bits - 1n)),
  '>>': (a, b, bits) => a >> (b & (bits - 1n)),
  '==': (a, b) => BigInt(a === b),
  '!=': (a, b) => BigInt(a !== b),
  '<': (a, b) => BigInt(a < b),
  '>': (a, b) => BigInt(a > b),
  '<=': (a, b) => BigInt(a <= b),
  '>=': (a, b) => BigInt(a >= b),
};

describe.each(KINDS)('%s', (kind) => {
  const values = operands(kind);

  test.each(Object.keys(REFERENCE) as BinaryOperator[])('%s is what whole integers give, and never -0', (operator) => {
    const f = binary(operator, kind);
    const isRight = (a: Value, b: Value): boolean => {
      if (traps(operator, kind, a, b)) return true;
      const exact = REFERENCE[operator](BigInt(a), BigInt(b), BigInt(BITS[kind]!));
      return Object.is(f(a, b), canonical(fit(exact, kind)));
    };
    const wrong = values.flatMap((a) => values.filter((b) => !isRight(a, b)).map((b) => `${a} ${operator} ${b}`));
    expect(wrong).toEqual([]);
  });

  test('- and ~ of one operand', () => {
    for (const a of values) {
      expect(unary('-', kind)(a), `-${a}`).toBe(canonical(fit(-BigInt(a), kind)));
      expect(unary('~', kind)(a), `~${a}`).toBe(canonical(fit(~BigInt(a), kind)));
    }
  });

  test('conversions keep the low bits', () => {
    for (const from of KINDS)
      for (const a of operands(from)) expect(convert(a, kind)).toBe(canonical(fit(BigInt(a), kind)));
  });
});

test('a value is a number up to 2^53', () => {
  expect(canonical(2n ** 53n - 1n)).toBe(2 ** 53 - 1);
  expect(canonical(2n ** 53n)).toBe(2n ** 53n);
  expect(canonical(-(2n ** 53n))).toBe(-(2n ** 53n));
});
