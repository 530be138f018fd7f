// The value of numbers, characters and strings as C writes them.
import type { Range, Report } from './diagnostic';
import { INT, LLONG, LONG, UINT, ULLONG, ULONG, type IntType } from './types';

const SIMPLE: Readonly<Record<string, number>> = {
  n: 10,
  t: 9,
  r: 13,
  a: 7,
  b: 8,
  f: 12,
  v: 11,
  e: 27,
  '\\': 92,
  "'": 39,
  '"': 34,
  '?': 63,
};

/** Reads a number and gives it the first type of C's list that holds it. */
export function readNumber(text: string, range: Range, report: Report): { value: bigint; type: IntType } {
  const plain = text.replaceAll("'", '');
  const shape = /^(0[xX][\da-fA-F]+|0[bB][01]+|\d+)([uUlL]*)$/.exec(plain);
  const zero = { value: 0n, type: INT };
  if (!shape) {
    if (/^(\d+\.?\d*|\.\d+)([eEpP][+-]?\d+)?[fFlL]?$/.test(plain)) {
      report.error(
        'floating-point',
        range,
        `\`${text}\` is floating point, which is outside the subset. Write an integer.`,
      );
    } else
      report.error('bad-number', range, `\`${text}\` is not a number. Write digits, with \`U\` or \`L\` at the end.`);
    return zero;
  }
  const digits = shape[1]!;
  const suffix = shape[2]!.toLowerCase();
  if (!['', 'u', 'l', 'ul', 'lu', 'll', 'ull', 'llu'].includes(suffix)) {
    report.error('bad-number', range, `\`${shape[2]!}\` does not end a number. Write \`U\`, \`L\` or \`UL\`.`);
    return zero;
  }
  const octal = /^0\d/.test(digits);
  if (octal && /[89]/.test(digits)) {
    report.error('bad-number', range, `\`${digits}\` starts with 0, so it is octal: no 8, no 9. Remove the 0.`);
    return zero;
  }
  const value = BigInt(octal ? `0o${digits.slice(1)}` : digits);
  if (value >= 1n << 64n) {
    report.error('bad-number', range, `\`${text}\` does not fit 64 bits. Write a smaller number.`);
    return zero;
  }
  return { value, type: typeOf(value, suffix, /^[1-9]/.test(digits)) };
}

/** C11 6.4.4.1: unsigned types are tried for octal and hexadecimal ones, or with a U. */
function typeOf(value: bigint, suffix: string, decimal: boolean): IntType {
  const unsigned = suffix.includes('u');
  const longs = suffix.replace('u', '').length;
  const fits = (bits: bigint): boolean => value < 1n << bits;
  if (longs === 0) {
    if (!unsigned && fits(31n)) return INT;
    if ((unsigned || !decimal) && fits(32n)) return UINT;
  }
  if (!unsigned && fits(63n)) return longs === 2 ? LLONG : LONG;
  return longs === 2 ? ULLONG : ULONG;
}

/** Reads what stands between two quotes as bytes (UTF-8). */
export function readQuoted(token: string, range: Range, report: Report): Uint8Array {
  const quote = token[0]!;
  const text = token.slice(1, token.length > 1 && token.endsWith(quote) ? -1 : undefined);
  const bytes: number[] = [];
  let plain = '';
  const flush = (): void => {
    for (const byte of new TextEncoder().encode(plain)) bytes.push(byte);
    plain = '';
  };
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '\\') {
      plain += text[at]!;
      continue;
    }
    flush();
    const rest = text.slice(at + 1);
    const number = /^(?:x([\da-fA-F]{1,2})|([0-7]{1,3}))/.exec(rest);
    const simple = SIMPLE[rest[0] ?? ''];
    if (number) {
      bytes.push((number[1] !== undefined ? parseInt(number[1], 16) : parseInt(number[2]!, 8)) & 0xff);
      at += number[0].length;
    } else if (simple !== undefined) {
      bytes.push(simple);
      at++;
    } else {
      const spelt = `\\${rest[0] ?? ''}`;
      report.error('bad-escape', range, `\`${spelt}\` has no meaning in C. Write \`\\\\\` for a backslash.`);
      at++;
    }
  }
  flush();
  return Uint8Array.from(bytes);
}

/** Reads a character constant; its type is int. */
export function readChar(token: string, range: Range, report: Report): bigint {
  const bytes = readQuoted(token, range, report);
  const hasEnd = token.length > 1 && token.endsWith("'"); // else it has been said
  if (hasEnd && bytes.length !== 1) {
    report.error('bad-character', range, `\`${token}\` is not one character. Write one between the quotes.`);
    return 0n;
  }
  return BigInt(((bytes[0] ?? 0) << 24) >> 24);
}
