// A file of /proc of the simulated process beside the same file of a real one, line by line.
import { align, type Mapping } from './align';

/** The files of /proc that are shown and compared. */
export const PROC_FILES = ['maps', 'smaps', 'smaps_rollup', 'status', 'limits', 'meminfo'] as const;
export type ProcFile = (typeof PROC_FILES)[number];

/** What two systems never have in common and is passed over. */
export interface Masks {
  /** Mappings are compared by their size instead of their ends. */
  readonly addresses: boolean;
  /** Device and inode of files. */
  readonly inodes: boolean;
}

/** A line of one or both; '' on the side that has none. */
export interface ComparedLine {
  readonly kind: 'equal' | 'differs' | 'only here' | 'only there';
  readonly here: string;
  readonly there: string;
}

/** What the comparison came to. */
export type Comparison =
  | {
      readonly kind: 'compared';
      readonly lines: readonly ComparedLine[];
      /** Lines of the real file whose field the simulator does not have. */
      readonly nr_foreign: number;
    }
  /** The text is not that file; the message says what it is or which line is wrong. */
  | { readonly kind: 'unusable'; readonly message: string };

/** Longest text that is compared, in characters. */
export const MAX_TEXT = 1024 * 1024;

const MAPPING = /^([0-9a-f]{1,16})-([0-9a-f]{1,16}) ([r-][w-][x-][ps]) [0-9a-f]+ [0-9a-f]+:[0-9a-f]+ \d+ *(.*)$/;
const FIELD = /^([A-Za-z][\w()]*): *(.*)$/;
const LIMITS_HEAD = /^Limit +Soft Limit +Hard Limit +Units$/;
const LIMIT = /^(Max [a-z ]*?) +(unlimited|\d+) +(unlimited|\d+)( +\w+)?$/;

/** Compares a text that somebody pasted with the one of the simulator. Blanks count as one blank. */
export function compareProc(file: ProcFile, here: string, pasted: string, masks: Masks): Comparison {
  const unusable = (message: string): Comparison => ({ kind: 'unusable', message });
  if (pasted.length > MAX_TEXT) return unusable('The text is longer than 1 MiB. Paste one file of one process.');
  const lines = linesOf(pasted);
  const is = fileOf(lines);
  if (is === null) return unusable(`This is not a text of /proc/PID/${file}.`);
  if (is !== file) return unusable(`This looks like ${is}, not ${file}. Choose ${is} above, or paste ${file}.`);
  const wrong = lines.findIndex((line) => !fits(file, line));
  if (wrong >= 0) return unusable(`Line ${wrong + 1} is not a line of ${file}: “${lines[wrong]!.slice(0, 60)}”.`);
  const mine = linesOf(here);
  if (file === 'maps' || file === 'smaps') {
    return { kind: 'compared', lines: compareMappings(sections(mine), sections(lines), masks), nr_foreign: 0 };
  }
  const compared = compareFields(mine, lines, masks);
  const isForeign = ({ kind }: ComparedLine) => kind === 'only there';
  return {
    kind: 'compared',
    lines: compared.filter((line) => !isForeign(line)),
    nr_foreign: compared.filter(isForeign).length,
  };
}

/** Leaves the lines that are not equal, those of a mapping below its head. */
export function differences(lines: readonly ComparedLine[]): readonly ComparedLine[] {
  const left: ComparedLine[] = [];
  let head: ComparedLine | null = null;
  for (const line of lines) {
    if (MAPPING.test(line.here || line.there)) head = line;
    if (line.kind === 'equal') continue;
    if (head && head !== line) left.push(head);
    left.push(line);
    head = null;
  }
  return left;
}

/** Lines with one blank for many; empty ones are left out. */
const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim().replace(/[\t ]+/g, ' '))
    .filter((line) => line !== '');

const fits = (file: ProcFile, line: string): boolean => {
  if (file === 'limits') return LIMITS_HEAD.test(line) || LIMIT.test(line);
  if (file === 'maps') return MAPPING.test(line);
  const isField = FIELD.test(line);
  return file === 'status' || file === 'meminfo' ? isField : isField || MAPPING.test(line);
};

/** Tells by its lines which file a text is; null if none of ours. */
function fileOf(lines: readonly string[]): ProcFile | null {
  const [first = '', second = ''] = lines;
  if (LIMITS_HEAD.test(first) || LIMIT.test(first)) return 'limits';
  if (MAPPING.test(first)) {
    if (first.endsWith(' [rollup]')) return 'smaps_rollup';
    return FIELD.test(second) && !MAPPING.test(second) ? 'smaps' : 'maps';
  }
  const has = (name: string) => lines.some((line) => line.startsWith(`${name}:`));
  if (has('MemTotal') || has('Mlocked')) return 'meminfo';
  return has('VmLck') || has('VmSize') || has('VmRSS') ? 'status' : null;
}

/** A mapping with its lines of smaps. */
interface Section extends Mapping {
  readonly fields: readonly string[];
}

function sections(lines: readonly string[]): readonly Section[] {
  const all: (Mapping & { fields: string[] })[] = [];
  for (const line of lines) {
    const found = MAPPING.exec(line);
    if (!found) all.at(-1)?.fields.push(line);
    else {
      const [, start, end, perms = '', name = ''] = found;
      all.push({ line, nr_bytes: BigInt(`0x${end}`) - BigInt(`0x${start}`), perms, name, fields: [] });
    }
  }
  return all;
}

const alone = (kind: 'only here' | 'only there', lines: readonly string[]): readonly ComparedLine[] =>
  lines.map((line) => ({ kind, here: kind === 'only here' ? line : '', there: kind === 'only there' ? line : '' }));

function compareMappings(here: readonly Section[], there: readonly Section[], masks: Masks): readonly ComparedLine[] {
  return align(here, there).flatMap(([h, t]) => {
    const [mine, theirs] = [h === null ? null : here[h]!, t === null ? null : there[t]!];
    if (!mine) return alone('only there', [theirs!.line, ...theirs!.fields]);
    if (!theirs) return alone('only here', [mine.line, ...mine.fields]);
    return [compareLine(mine.line, theirs.line, masks), ...compareFields(mine.fields, theirs.fields, masks)];
  });
}

function compareFields(here: readonly string[], there: readonly string[], masks: Masks): readonly ComparedLine[] {
  const byKey = new Map(there.map((line) => [keyOf(line), line]));
  const keys = new Set(here.map(keyOf));
  return [
    ...here.map((line): ComparedLine => {
      const other = byKey.get(keyOf(line));
      return other === undefined ? { kind: 'only here', here: line, there: '' } : compareLine(line, other, masks);
    }),
    ...alone(
      'only there',
      there.filter((line) => !keys.has(keyOf(line))),
    ),
  ];
}

/** What a line is about: the name of its field or limit; '' for the head of a section. */
const keyOf = (line: string): string =>
  MAPPING.test(line) ? '' : (FIELD.exec(line)?.[1] ?? LIMIT.exec(line)?.[1] ?? line);

function compareLine(here: string, there: string, masks: Masks): ComparedLine {
  return { kind: masked(here, masks) === masked(there, masks) ? 'equal' : 'differs', here, there };
}

function masked(line: string, { addresses, inodes }: Masks): string {
  const found = MAPPING.exec(line);
  if (!found) return line;
  const [, start, end] = found;
  const [range = '', perms = '', offset = '', dev = '', ino = '', ...name] = line.split(' ');
  // The head of smaps_rollup spans all mappings: where they lie is all that it says.
  const size = name.at(-1) === '[rollup]' ? '' : (BigInt(`0x${end}`) - BigInt(`0x${start}`)).toString(16);
  return [addresses ? size : range, perms, offset, ...(inodes ? [] : [dev, ino]), ...name].join(' ');
}
