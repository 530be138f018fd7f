// Integer arithmetic of C. A value of 32 bits or fewer is a number, one of 64 bits a bigint, always in the range of
// its kind; so no conversion is ever guessed.
import { isSigned, isWide, type Kind } from './types';

export type Value = number | bigint;

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
      return (v) => (typeof v === 'number' ? BigInt(v) : BigInt.asIntN(64, v));
    case 'u64':
      return (v) => BigInt.asUintN(64, typeof v === 'number' ? BigInt(v) : v);
    case 'bool':
      return (v) => (v ? 1 : 0);
  }
}

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
  if (isWide(kind)) {
    const f = WIDE[operator];
    return isSigned(kind)
      ? (a, b) => BigInt.asIntN(64, f(a as bigint, b as bigint))
      : (a, b) => BigInt.asUintN(64, f(a as bigint, b as bigint));
  }
  const f = NARROW[operator];
  if (kind !== 'u32') return (a, b) => f(a as number, b as number) | 0;
  if (operator === '>>') return (a, b) => (a as number) >>> ((b as number) & 31);
  return (a, b) => f(a as number, b as number) >>> 0;
}

/** Makes the function of `-` or `~` for a promoted kind. */
export function unary(operator: '-' | '~', kind: Kind): (value: Value) => Value {
  const fit = converter(kind);
  return operator === '-' ? (v) => fit(typeof v === 'number' ? -v : -v) : (v) => fit(~v);
}

/** True where the machine raises SIGFPE: a zero divisor, or the one quotient that does not fit. */
export function traps(operator: string, kind: Kind, left: Value, right: Value): boolean {
  if (operator !== '/' && operator !== '%') return false;
  if (!right) return true;
  if (kind === 'i32') return left === -0x8000_0000 && right === -1;
  return kind === 'i64' && left === -0x8000_0000_0000_0000n && right === -1n;
}
