// Computes the C expressions of specifications ('LONG_MAX', 'MCL_CURRENT | MCL_FUTURE', 'end >= start') in unsigned
// 64-bit arithmetic. Nothing is run: a small parser of operators, names and numbers.
import * as errnos from '../../assembly/abi/errno';
import * as mman from '../../assembly/abi/mman';

/** What a name stands for, or null where it stands for nothing. Names that are called get the values in brackets. */
export type Names = (name: string, args: readonly bigint[] | null) => bigint | null;

const MAX_LENGTH = 2000;
const MAX_DEPTH = 64;

const CONSTANTS = new Map<string, bigint>(
  Object.entries<unknown>({ ...mman, ...errnos })
    .filter((entry): entry is [string, number] => typeof entry[1] === 'number')
    .map(([name, value]) => [name, BigInt(value)]),
);
const LIMITS: Readonly<Record<string, bigint>> = {
  INT_MAX: 0x7fff_ffffn,
  INT_MIN: -0x8000_0000n,
  UINT_MAX: 0xffff_ffffn,
  LONG_MAX: 0x7fff_ffff_ffff_ffffn,
  LONG_MIN: -0x8000_0000_0000_0000n,
  ULONG_MAX: 0xffff_ffff_ffff_ffffn,
  SIZE_MAX: 0xffff_ffff_ffff_ffffn,
  S64_MAX: 0x7fff_ffff_ffff_ffffn,
  U64_MAX: 0xffff_ffff_ffff_ffffn,
  PAGE_MASK: -4096n,
  true: 1n,
  false: 0n,
  NULL: 0n,
};

const u64 = (value: bigint): bigint => BigInt.asUintN(64, value);

/** The kernel's constants and PAGE_ALIGN(): all that an expression may name without a call's own values. */
export const constants: Names = (name, args) => {
  if (args === null) return CONSTANTS.get(name) ?? (Object.hasOwn(LIMITS, name) ? LIMITS[name]! : null);
  return name === 'PAGE_ALIGN' && args.length === 1 ? u64(args[0]! + 4095n) & u64(-4096n) : null;
};

/** Gives a value, unsigned; comparisons and && || ! give 0 or 1. Null: not an expression, or a name that is not known. */
export function evaluate(expression: string, names: Names = constants): bigint | null {
  if (expression.length > MAX_LENGTH) return null;
  const tokens = expression.match(/0[xX][\da-fA-F]+|\d+|[A-Za-z_]\w*|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^~!<>(),]|\S/g);
  if (!tokens) return null;
  const parser = new Parser(tokens, names);
  const value = parser.binary(0, 0);
  return parser.at === tokens.length ? value : null;
}

const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<', '<=', '>', '>='],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];

const bit = (truth: boolean): bigint => (truth ? 1n : 0n);

function apply(operator: string, a: bigint, b: bigint): bigint | null {
  switch (operator) {
    case '||':
      return bit(a !== 0n || b !== 0n);
    case '&&':
      return bit(a !== 0n && b !== 0n);
    case '|':
      return a | b;
    case '^':
      return a ^ b;
    case '&':
      return a & b;
    case '==':
      return bit(a === b);
    case '!=':
      return bit(a !== b);
    case '<':
      return bit(a < b);
    case '<=':
      return bit(a <= b);
    case '>':
      return bit(a > b);
    case '>=':
      return bit(a >= b);
    case '<<':
      return b < 64n ? a << b : 0n;
    case '>>':
      return b < 64n ? a >> b : 0n;
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    default:
      return b === 0n ? null : operator === '/' ? a / b : a % b;
  }
}

/** Null anywhere makes the whole null: half an expression has no value. */
class Parser {
  at = 0;

  constructor(
    readonly tokens: readonly string[],
    readonly names: Names,
  ) {}

  binary(level: number, depth: number): bigint | null {
    const operators = LEVELS[level];
    if (!operators) return this.#unary(depth);
    let left = this.binary(level + 1, depth);
    for (
      let token = this.tokens[this.at];
      token !== undefined && operators.includes(token);
      token = this.tokens[this.at]
    ) {
      this.at++;
      const right = this.binary(level + 1, depth);
      if (left === null || right === null) return null;
      const value = apply(token, left, right);
      left = value === null ? null : u64(value);
    }
    return left;
  }

  #unary(depth: number): bigint | null {
    const token = this.tokens[this.at++];
    if (token === undefined || depth > MAX_DEPTH) return null;
    if (token === '(') {
      const value = this.binary(0, depth + 1);
      return this.tokens[this.at++] === ')' ? value : null;
    }
    if (/^[-+~!]$/.test(token)) {
      const value = this.#unary(depth + 1);
      if (value === null) return null;
      return token === '!' ? bit(value === 0n) : u64(token === '-' ? -value : token === '~' ? ~value : value);
    }
    if (/^\d/.test(token)) return /^(0[xX]|\d+$)/.test(token) ? u64(BigInt(token)) : null;
    return /^[A-Za-z_]/.test(token) ? this.#name(token, depth) : null;
  }

  #name(name: string, depth: number): bigint | null {
    let args: bigint[] | null = null;
    if (this.tokens[this.at] === '(') {
      args = [];
      do {
        this.at++;
        const value = this.binary(0, depth + 1);
        if (value === null) return null;
        args.push(value);
      } while (this.tokens[this.at] === ',');
      if (this.tokens[this.at++] !== ')') return null;
    }
    const value = this.names(name, args) ?? constants(name, args);
    return value === null ? null : u64(value);
  }
}
