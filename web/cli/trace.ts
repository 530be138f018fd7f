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

/** One recorded call. An argument is a 64-bit value, or the slot of a file. */
export interface TraceCall {
  readonly call: string;
  readonly proc: number;
  /** The arguments as they stand in the line. */
  readonly text: string;
  readonly args: readonly (bigint | { readonly slot: number })[];
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

function value(token: string): TraceCall['args'][number] {
  const text = token.replaceAll('"', '').trim();
  const slot = /^fd(\d+)$/.exec(text);
  if (slot) return { slot: Number(slot[1]) };
  const value = text.split('|').reduce((bits, part) => bits | BigInt.asUintN(64, atom(part.trim())), 0n);
  return BigInt.asUintN(64, value);
}

// The same few words and addresses come again and again.
const known = new Map<string, TraceCall['args'][number]>();
const KNOWN_MAX = 1 << 16;

function argument(token: string): TraceCall['args'][number] {
  let found = known.get(token);
  if (found !== undefined) return found;
  if (known.size === KNOWN_MAX) known.clear();
  known.set(token, (found = value(token)));
  return found;
}

// Only the head of a line is looked at: its state is long, and large arguments would lose digits as numbers.
const CALL = /^\{(?:"i":\d+,)?(?:"proc":(\d+),)?"call":"(\w+)"(?:,"args":(\[[^\]]*\]))?/;

/** Reads the call of a recorded line. */
export function parseCall(line: Buffer): TraceCall {
  const head = CALL.exec(callText(line));
  if (!head) throw new Error('a recorded call begins with {"i":…,"call":…,"args":[…]');
  const text = head[3] ?? '[]';
  const inner = text.slice(1, -1).trim();
  return { call: head[2]!, proc: Number(head[1] ?? 0), text, args: inner === '' ? [] : inner.split(',').map(argument) };
}

const BRACKET = ']'.charCodeAt(0);

/** The line up to the end of its arguments. */
export function callText(line: Buffer): string {
  const end = line.indexOf(BRACKET) + 1;
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
