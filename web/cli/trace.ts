// Recorded runs: JSON lines, the first one the header, then one call a line with the state after it.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as mman from '../../assembly/abi/mman';
import type { VmaRecord } from './record';

/** The first line: the process before the first call. */
export interface Header {
  readonly cap_ipc_lock: number;
  readonly rlimit_memlock: readonly [soft: number, hard: number];
  readonly rlimit_as: number;
  readonly trace?: { readonly bare?: boolean };
  readonly vmas: readonly VmaRecord[];
}

const NAMES = new Map<string, bigint>([
  ...Object.entries(mman)
    .filter(([name]) => /^(PROT|MAP|MREMAP|MLOCK|MCL|MS|MADV)_/.test(name))
    .map(([name, value]): [string, bigint] => [name, BigInt(value)]),
  ['MAP_FILE', 0n],
  ['MAP_ANON', BigInt(mman.MAP_ANONYMOUS)],
  ['FALLOC_FL_KEEP_SIZE', 1n],
  ['FALLOC_FL_PUNCH_HOLE', 2n],
  ['FALLOC_FL_ZERO_RANGE', 0x10n],
  ['RLIM_INFINITY', -1n],
  ['RLIM_SAVED_MAX', -1n],
  ['SIZE_MAX', -1n],
  ['NULL', 0n],
  ['true', 1n],
  ['false', 0n],
  ['null', 0n],
]);

function atom(text: string): bigint {
  const named = NAMES.get(text);
  if (named !== undefined) return named;
  const digits = /^(-?)(0[xX][0-9a-fA-F]+|\d+)$/.exec(text);
  if (!digits) throw new Error(`unknown name or number '${text}'`);
  return digits[1] ? -BigInt(digits[2]!) : BigInt(digits[2]!);
}

function value(text: string): bigint {
  return text.split('|').reduce((bits, part) => bits | BigInt.asUintN(64, atom(part.trim())), 0n);
}

const ARGS_MAX = 16;
// Nearly all heads are shorter.
const HEAD = 192;
const KNOWN_MAX = 1 << 12;
const EXACT_DIGITS = 15;
const HEX_DIGITS = 16;
const [QUOTE, COMMA, CLOSE, SPACE] = [34, 44, 93, 32];
const [DIGIT_0, DIGIT_9, LETTER_A, LETTER_F] = [48, 57, 97, 102];

/** Reads the calls of recorded lines, one after the other. Only the head of a line is looked at: its state is long. */
export class CallReader {
  call = '';
  proc = 0;
  /** Where the call begins in the line, behind its number, and where its arguments end. */
  from = 0;
  end = 0;
  nr_args = 0;
  /** Arguments as low word, high word. */
  readonly args = new Uint32Array(2 * ARGS_MAX);
  /** Slots of the arguments that stand for files, -1 for others. */
  readonly slots = new Int32Array(ARGS_MAX);
  #text = '';
  // The same few words come again and again.
  readonly #known = new Map<string, bigint>();

  /** Reads the head of a line; throws for what is no call. */
  read(line: Buffer): void {
    this.#text = line.toString('latin1', 0, HEAD);
    if (!this.#text.includes(']')) this.#text = line.toString('latin1');
    let at = this.#skip(0, '{');
    if (this.#text.startsWith('"i":', at)) at = this.#skip(this.#digits(at + 4), ',');
    this.from = at;
    this.proc = 0;
    if (this.#text.startsWith('"proc":', at)) {
      const from = at + 7;
      at = this.#digits(from);
      this.proc = Number(this.#text.slice(from, at));
      at = this.#skip(at, ',');
    }
    at = this.#skip(at, '"call":"');
    const name_end = this.#text.indexOf('"', at);
    this.call = this.#text.slice(at, name_end);
    at = name_end + 1;
    this.nr_args = 0;
    if (this.#text.startsWith(',"args":[', at)) at = this.#arguments(at + 9);
    this.end = at;
  }

  #skip(at: number, what: string): number {
    if (!this.#text.startsWith(what, at)) throw new Error('a recorded call begins with {"i":…,"call":…,"args":[…]');
    return at + what.length;
  }

  #digits(at: number): number {
    while (this.#isDigit(at)) at++;
    return at;
  }

  #isDigit(at: number): boolean {
    const code = this.#text.charCodeAt(at);
    return code >= DIGIT_0 && code <= DIGIT_9;
  }

  /** Reads arguments up to the bracket and returns where the bracket ends. */
  #arguments(at: number): number {
    const text = this.#text;
    for (;;) {
      while (text.charCodeAt(at) === SPACE) at++;
      if (text.charCodeAt(at) === CLOSE) return at + 1;
      if (this.nr_args === ARGS_MAX) throw new Error(`more than ${ARGS_MAX} arguments`);
      at = this.#argument(at);
      while (text.charCodeAt(at) === SPACE) at++;
      if (text.charCodeAt(at) === COMMA) at++;
      else if (text.charCodeAt(at) !== CLOSE) throw new Error(`arguments do not end: ${text.slice(0, HEAD)}`);
    }
  }

  #argument(at: number): number {
    const text = this.#text;
    const quoted = text.charCodeAt(at) === QUOTE;
    const from = quoted ? at + 1 : at;
    const number_end = quoted ? this.#hexNumber(from) : this.#number(from);
    if (number_end > from) return number_end + (quoted ? 1 : 0);
    let end = from;
    while (end < text.length && !isEnd(text.charCodeAt(end), quoted)) end++;
    this.#words(text.slice(from, end).trim());
    return quoted ? end + 1 : end;
  }

  /** Takes a decimal number; returns `from` for what is none or has many digits. */
  #number(from: number): number {
    let value = 0;
    let at = from;
    for (; this.#isDigit(at); at++) value = 10 * value + this.#text.charCodeAt(at) - DIGIT_0;
    if (at === from || at - from > EXACT_DIGITS || !isEnd(this.#text.charCodeAt(at), false)) return from;
    this.#add(value >>> 0, Math.floor(value / 2 ** 32), -1);
    return at;
  }

  /** Takes 0x and digits up to a quote; returns `from` for what is not that. */
  #hexNumber(from: number): number {
    const text = this.#text;
    if (text.charCodeAt(from) !== DIGIT_0 || text[from + 1] !== 'x') return from;
    let [low, high] = [0, 0];
    let at = from + 2;
    for (; ; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) break;
      const digit = hexDigit(code);
      if (digit < 0) return from;
      high = (high << 4) | (low >>> 28);
      low = (low << 4) | digit;
    }
    if (at === from + 2 || at > from + 2 + HEX_DIGITS) return from;
    this.#add(low, high, -1);
    return at;
  }

  #words(text: string): void {
    const slot = text.startsWith('fd') ? /^fd(\d+)$/.exec(text) : null;
    if (slot) return this.#add(0, 0, Number(slot[1]));
    let found = this.#known.get(text);
    if (found === undefined) {
      found = value(text);
      if (this.#known.size < KNOWN_MAX) this.#known.set(text, found);
    }
    this.#add(Number(found & 0xffff_ffffn), Number(found >> 32n), -1);
  }

  #add(low: number, high: number, slot: number): void {
    const i = this.nr_args++;
    this.args[2 * i] = low;
    this.args[2 * i + 1] = high;
    this.slots[i] = slot;
  }
}

const isEnd = (code: number, quoted: boolean): boolean =>
  quoted ? code === QUOTE : code === COMMA || code === CLOSE || code === SPACE;

function hexDigit(code: number): number {
  if (code >= DIGIT_0 && code <= DIGIT_9) return code - DIGIT_0;
  const letter = code | 32;
  return letter >= LETTER_A && letter <= LETTER_F ? letter - LETTER_A + 10 : -1;
}

/** The call of a line as it stands there, for messages. */
export function callText(line: Buffer): string {
  const end = line.indexOf(CLOSE) + 1;
  return line.toString('latin1', 0, end === 0 ? line.length : end);
}

/** Reads the lines of a record file, also gzipped. */
export function readRecord(path: string): { readonly header: Header; readonly lines: readonly Buffer[] } {
  const bytes = readFileSync(path);
  const [first, ...lines] = linesOf(path.endsWith('.gz') ? gunzipSync(bytes) : bytes);
  const header = JSON.parse(first?.toString() ?? 'null') as Header | null;
  if (!header?.vmas) throw new Error(`${path}: the first line is no header with the VMAs at the start`);
  return { header, lines };
}

function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf('\n', from);
    const to = end < 0 ? bytes.length : end;
    if (to > from) lines.push(bytes.subarray(from, to));
    from = to + 1;
  }
  return lines;
}
