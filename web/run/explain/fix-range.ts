// Fixes for a range with holes: map them, or name the parts that are mapped.
import * as sys from '../../../assembly/abi/sysno';
import { PAGE, pagesIn, u64 } from '../address';
import { callName } from '../call';
import { overlapping } from '../diff';
import type { Fix, Place } from '../model';
import type { Context } from './context';
import { insertBefore, statementOf, type Piece } from './source';

/** Holes and parts beyond this number make no short fix. */
const MAX_PARTS = 4;

interface Site {
  readonly context: Context;
  readonly source: string;
  readonly place: Place;
  readonly args: readonly Piece[];
}

type Range = readonly [start: bigint, end: bigint];

/** "PAGE_SIZE" or "4 * PAGE_SIZE". */
export const sizeText = (nr_pages: number): string => (nr_pages === 1 ? 'PAGE_SIZE' : `${nr_pages} * PAGE_SIZE`);

/**
 * Writes an address some pages behind that of an expression, in C. Null for an expression that must not be evaluated
 * twice. A pointer that is not known to count in bytes gets a cast.
 */
export function byteAddress(source: string, text: string, nr_pages: number): string | null {
  if (/\+\+|--|[^=!<>]=[^=]|\b\w+\s*\(/.test(text.replace(/\bsizeof\s*\(/g, ''))) return null;
  if (nr_pages === 0) return text;
  const base = /[A-Za-z_]\w*/.exec(text)?.[0] ?? '';
  const bytes = new RegExp(`\\b(?:char|void|long|uintptr_t|size_t|u?int8_t)\\s*\\**\\s*(?:const\\s+)?${base}\\b`);
  const counts = base === '' || bytes.test(source) || /^\(\s*(?:char|void)\s*\*\s*\)/.test(text);
  const simple = /^[\w\s+*]+$/.test(text) || counts ? !/[?:|&^<>]/.test(text) : false;
  const inner = simple ? text : `(${text})`;
  return `${counts ? inner : `(char *)${/^\w+$/.test(text) ? text : `(${text})`}`} + ${sizeText(nr_pages)}`;
}

/** The mapped stretches of the range, in order. */
function mappedParts({ was, range }: Context): Range[] {
  if (!range) return [];
  const parts: [bigint, bigint][] = [];
  for (const { vm_start, vm_end } of overlapping(was.vmas, { vm_start: range.start, vm_end: range.end })) {
    const start = vm_start > range.start ? vm_start : range.start;
    const end = vm_end < range.end ? vm_end : range.end;
    if (start >= end) continue;
    const last = parts.at(-1);
    if (last?.[1] === start) last[1] = end;
    else parts.push([start, end]);
  }
  return parts;
}

function holes(context: Context): Range[] {
  const { range } = context;
  if (!range) return [];
  const borders = [range.start, ...mappedParts(context).flat(), range.end];
  const found: Range[] = [];
  for (let i = 0; i + 1 < borders.length; i += 2) {
    if (borders[i]! < borders[i + 1]!) found.push([borders[i]!, borders[i + 1]!]);
  }
  return found;
}

const isAligned = ({ call, range }: Context): boolean => range !== null && u64(call.args[0] ?? 0n) === range.start;
const verbOf = ({ call }: Context): string | null => VERBS[call.nr] ?? null;
const VERBS: Readonly<Record<number, string>> = {
  [sys.SYS_mlock]: 'Lock',
  [sys.SYS_mlock2]: 'Lock',
  [sys.SYS_munlock]: 'Unlock',
};

/** "Map the hole": puts a fixed mapping over each hole before the call. */
export function mapHoles({ context, source, place, args }: Site): Fix | null {
  const { range } = context;
  const [start] = args;
  const missing = holes(context);
  if (!range || !start || !isAligned(context) || missing.length === 0 || missing.length > MAX_PARTS) return null;
  if (range.end > 0x7ffffffff000n) return null;
  const lines = missing.map(([from, to]) => {
    const address = byteAddress(source, start.text, pagesIn(range.start, from));
    const size = sizeText(pagesIn(from, to));
    return (
      address && `mmap(${address}, ${size}, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);`
    );
  });
  if (lines.includes(null)) return null;
  const title = missing.length === 1 ? 'Map the hole' : `Map the ${missing.length} holes`;
  return insertBefore(source, place, title, lines as string[]);
}

/** "Lock 10 pages": where only the end of the range is missing. */
export function lockPart({ context, args }: Site): Fix | null {
  const parts = mappedParts(context);
  const { range } = context;
  const verb = verbOf(context);
  const [only] = parts;
  if (!verb || !range || !args[1] || !only || parts.length > 1 || only[0] !== range.start || !isAligned(context))
    return null;
  const nr_pages = pagesIn(...only);
  const title = `${verb} ${nr_pages} page${nr_pages === 1 ? '' : 's'}`;
  return { title, from: args[1].from, to: args[1].to, insert: sizeText(nr_pages) };
}

/** "Lock the 2 parts": one call for each mapped stretch. Inside an expression their results are joined by |. */
export function partsFix({ context, source, place, args }: Site): Fix | null {
  const parts = mappedParts(context);
  const { range } = context;
  const verb = verbOf(context);
  const [start, , ...rest] = args;
  if (!verb || !range || !start || parts.length === 0 || parts.length > MAX_PARTS || !isAligned(context)) return null;
  const calls = parts.map(([from, to]) => {
    const address = byteAddress(source, start.text, Number((from - range.start) / PAGE));
    const texts = [address, sizeText(pagesIn(from, to)), ...rest.map(({ text }) => text)];
    return address === null ? null : `${callName(context.call.nr)}(${texts.join(', ')})`;
  });
  if (calls.includes(null)) return null;
  const title = parts.length === 1 ? `${verb} the mapped part` : `${verb} the ${parts.length} parts`;
  const statement = statementOf(source, place);
  const alone = statement && !statement.bare && statement.from === place.from && statement.to <= place.to + 1;
  const insert = alone
    ? calls.join(`;\n${statement.indent}`)
    : calls.length === 1
      ? calls[0]!
      : `(${calls.join(' | ')})`;
  return { title, from: place.from, to: place.to, insert };
}
