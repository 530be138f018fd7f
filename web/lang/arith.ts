// Integer arithmetic of C. A value is a number where a number is exact, below 2^53, else a bigint; and it is always in
// the range of its kind. So equal values are the same, and hardly any costs a bigint.
import { isSigned, isWide, type Kind } from './types';

export type Value = number | bigint;

/** Makes a value of an integer. */
export function canonical(wide: bigint): Value {
  const value = Number(wide);
  return Number.isSafeInteger(value) ? value : wide;
}

/** Makes the function that brings a value of any kind into the range of `to`. */
export function converter(to: Kind): (value: Value) => Value {
  switch (to) {
    case 'i8':
      return (v) => (low(v) << 24) >> 24;
    case 'u8':
      return (v) => low(v) & 0xff;
    case 'i16':
      return (v) => (low(v) << 16) >> 16;
    case 'u16':
      return (v) => low(v) & 0xffff;
    case 'i32':
      return (v) => low(v) | 0;
    case 'u32':
      return (v) => low(v) >>> 0;
    case 'i64':
      return (v) => (typeof v === 'number' ? v : canonical(BigInt.asIntN(64, v)));
    case 'u64':
      return (v) => (typeof v === 'number' && v >= 0 ? v : canonical(BigInt.asUintN(64, BigInt(v))));
    case 'bool':
      return (v) => (v ? 1 : 0);
  }
}

/** What a conversion does that changes no value. */
export const same = (value: Value): Value => value;

/** Brings a value into the range of a kind. */
export const convert = (value: Value, to: Kind): Value => converter(to)(value);

const low = (value: Value): number => (typeof value === 'number' ? value : Number(BigInt.asIntN(32, value)));

/** Operators whose operands have one common kind, which the result has too. */
export type Arithmetic = '+' | '-' | '*' | '/' | '%' | '&' | '|' | '^';
export type Comparison = '==' | '!=' | '<' | '>' | '<=' | '>=';
export type Shift = '<<' | '>>';
export type BinaryOperator = Arithmetic | Comparison | Shift;
export type Binary = (left: Value, right: Value) => Value;

type Narrow = (a: number, b: number) => number;
type Wide = (a: bigint, b: bigint) => bigint;

// A zero divisor is the machine's business (SIGFPE): it never gets here.
const NARROW: Readonly<Record<Arithmetic | Shift, Narrow>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => Math.imul(a, b),
  '/': (a, b) => Math.trunc(a / b),
  '%': (a, b) => a % b,
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '<<': (a, b) => a << (b & 31),
  '>>': (a, b) => a >> (b & 31),
};

const WIDE: Readonly<Record<Arithmetic | Shift, Wide>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '<<': (a, b) => a << (b & 63n),
  '>>': (a, b) => a >> (b & 63n),
};

/** Those of WIDE that numbers do too, while the result is one. */
const EXACT: Readonly<Partial<Record<Arithmetic | Shift, Narrow>>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => Math.trunc(a / b),
  '%': (a, b) => a % b,
};

const COMPARE: Readonly<Record<Comparison, Binary>> = {
  '==': (a, b) => (a === b ? 1 : 0),
  '!=': (a, b) => (a !== b ? 1 : 0),
  '<': (a, b) => (a < b ? 1 : 0),
  '>': (a, b) => (a > b ? 1 : 0),
  '<=': (a, b) => (a <= b ? 1 : 0),
  '>=': (a, b) => (a >= b ? 1 : 0),
};

export const isComparison = (operator: string): operator is Comparison => Object.hasOwn(COMPARE, operator);

/**
 * Makes the function of a binary operator. `kind` is the kind of the left operand and, but for shifts, of the right
 * one; the count of a shift comes as the kind of the left operand too.
 */
export function binary(operator: BinaryOperator, kind: Kind): Binary {
  if (isComparison(operator)) return COMPARE[operator];
  if (isWide(kind)) return wide(operator, kind);
  const f = NARROW[operator];
  if (kind !== 'u32') return (a, b) => f(a as number, b as number) | 0;
  if (operator === '>>') return (a, b) => (a as number) >>> ((b as number) & 31);
  return (a, b) => f(a as number, b as number) >>> 0;
}

function wide(operator: Arithmetic | Shift, kind: Kind): Binary {
  const f = WIDE[operator];
  const fit = converter(kind);
  const slow: Binary = (a, b) => fit(f(BigInt(a), BigInt(b)));
  const exact = EXACT[operator];
  if (!exact) return slow;
  const least = isSigned(kind) ? Number.MIN_SAFE_INTEGER : 0;
  return (a, b) => {
    if (typeof a !== 'number' || typeof b !== 'number') return slow(a, b);
    const value = exact(a, b);
    return value >= least && value <= Number.MAX_SAFE_INTEGER ? value + 0 : slow(a, b); // + 0: there is no -0
  };
}

/** Makes the function of `-` or `~` for a promoted kind. */
export function unary(operator: '-' | '~', kind: Kind): (value: Value) => Value {
  const fit = converter(kind);
  return operator === '-' ? (v) => fit(-BigInt(v)) : (v) => fit(~BigInt(v));
}

/** True where the machine raises SIGFPE: a zero divisor, or the one quotient that does not fit. */
export function traps(operator: string, kind: Kind, left: Value, right: Value): boolean {
  if (operator !== '/' && operator !== '%') return false;
  if (!right) return true;
  return right === -1 && (kind === 'i32' ? left === -0x8000_0000 : left === -0x8000_0000_0000_0000n);
}
