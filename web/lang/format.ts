// printf: what a format asks for, and what comes out.
import type { Value } from './arith';

/** What a conversion takes: an int, a 64-bit value, or the address of a text. */
export type FormatTake = 32 | 64 | 'text';

export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'value';
      readonly spelling: string;
      readonly flags: string;
      readonly width: number | '*' | null;
      readonly precision: number | '*' | null;
      /** Bits of the value: 8, 16, 32 or 64. */
      readonly bits: number;
      readonly conversion: string;
      readonly takes: readonly FormatTake[];
    };

const BITS: Readonly<Record<string, number>> = { hh: 8, h: 16, '': 32, l: 64, ll: 64, z: 64, j: 64, t: 64 };

/** Fields wider than this are cut: nobody reads them, and they cost memory. */
export const MAX_FIELD = 1000;

/** Takes a format apart. `problem` says what is wrong with it; the pieces before it are good. */
export function parseFormat(bytes: Uint8Array): { pieces: Piece[]; problem: string | null } {
  const format = new TextDecoder().decode(bytes);
  const pieces: Piece[] = [];
  const pattern = /([^%]+)|%([-+ #0]*)(\d+|\*)?(?:\.(\d+|\*)?)?(hh|h|ll|l|z|j|t)?(.)?/gsy;
  for (const match of format.matchAll(pattern)) {
    const [spelling, text, flags = '', width, precision, length = '', conversion] = match;
    if (text !== undefined) pieces.push({ kind: 'text', text });
    else if (conversion === '%') pieces.push({ kind: 'text', text: '%' });
    else if (conversion === undefined)
      return { pieces, problem: 'This format ends in a `%`. Write `%%` for a percent sign.' };
    else if ('eEfFgGaA'.includes(conversion)) {
      return { pieces, problem: `\`${spelling}\` prints floating point, which is outside the subset. Write \`%ld\`.` };
    } else if (!'diuxXocsp'.includes(conversion)) {
      return {
        pieces,
        problem: `\`${spelling}\` has no meaning here. Write \`%ld\`, \`%lu\`, \`%lx\`, \`%p\`, \`%s\` or \`%c\`.`,
      };
    } else {
      const pointer = conversion === 'p' || conversion === 's';
      const bits = pointer ? 64 : (BITS[length] ?? 32);
      const stars = [width, precision].filter((one) => one === '*').map(() => 32 as const);
      const own: FormatTake = conversion === 's' ? 'text' : bits === 64 ? 64 : 32;
      const dot = /\./.test(spelling);
      pieces.push({
        kind: 'value',
        spelling,
        flags,
        width: number(width),
        precision: dot ? (number(precision) ?? 0) : null,
        bits,
        conversion,
        takes: [...stars, own],
      });
    }
  }
  return { pieces, problem: null };
}

function number(text: string | undefined): number | '*' | null {
  if (text === undefined) return null;
  return text === '*' ? '*' : Math.min(Number(text), MAX_FIELD);
}

/** Prints values into pieces. `textAt` reads the text at an address. Values that are missing print as 0. */
export function format(
  pieces: readonly Piece[],
  values: readonly Value[],
  textAt: (address: bigint) => string,
): string {
  let next = 0;
  const take = (): Value => values[next++] ?? 0;
  let out = '';
  for (const piece of pieces) {
    if (piece.kind === 'text') {
      out += piece.text;
      continue;
    }
    let width = piece.width === '*' ? clamp(take()) : (piece.width ?? 0);
    const precision = piece.precision === '*' ? clamp(take()) : piece.precision;
    let { flags } = piece;
    if (width < 0) [width, flags] = [-width, `${flags}-`];
    const body = one(
      piece.conversion,
      piece.bits,
      flags,
      precision !== null && precision < 0 ? null : precision,
      take(),
      textAt,
    );
    const zeros =
      flags.includes('0') && !flags.includes('-') && precision === null && !'csp'.includes(piece.conversion);
    if (flags.includes('-')) out += body.padEnd(width);
    else if (zeros) {
      const sign = /^([-+ ]|0[xX])?/.exec(body)![0];
      out += sign + body.slice(sign.length).padStart(width - sign.length, '0');
    } else out += body.padStart(width);
  }
  return out;
}

const clamp = (value: Value): number => Math.max(-MAX_FIELD, Math.min(MAX_FIELD, Number(value)));

function one(
  conversion: string,
  bits: number,
  flags: string,
  precision: number | null,
  value: Value,
  textAt: (address: bigint) => string,
): string {
  const wide = BigInt(value);
  switch (conversion) {
    case 'c':
      return String.fromCharCode(Number(BigInt.asUintN(8, wide)));
    case 's': {
      const text = textAt(BigInt.asUintN(64, wide));
      return precision === null ? text : text.slice(0, precision);
    }
    case 'p': {
      const address = BigInt.asUintN(64, wide);
      return address === 0n ? '(nil)' : `0x${address.toString(16)}`;
    }
    case 'd':
    case 'i': {
      const number = BigInt.asIntN(bits, wide);
      const digits = padded((number < 0n ? -number : number).toString(), precision);
      const sign = number < 0n ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
      return sign + digits;
    }
    default: {
      const number = BigInt.asUintN(bits, wide);
      const base = conversion === 'o' ? 8 : conversion === 'u' ? 10 : 16;
      let digits = padded(number.toString(base), precision);
      if (flags.includes('#') && conversion === 'o' && !digits.startsWith('0')) digits = `0${digits}`;
      if (flags.includes('#') && base === 16 && number !== 0n) digits = `0x${digits}`;
      return conversion === 'X' ? digits.toUpperCase() : digits;
    }
  }
}

function padded(digits: string, precision: number | null): string {
  if (precision === 0 && digits === '0') return '';
  return digits.padStart(precision ?? 0, '0');
}
