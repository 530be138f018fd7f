// Reads kernel-doc comments that specify a call, in three shapes that one comment may mix:
//
//   flat     param-type: len, KAPI_TYPE_UINT
//   nested   param: len               short   param: len
//              type: KAPI_TYPE_UINT             type: uint, input
import { Draft, type DraftPart } from './draft';
import { CALL_FIELDS, COUNTS, fieldOf, PARTS, tableOf, type PartTable } from './fields';
import { readFlat, type Entry } from './read-doc-flat';
import type { Finding, Place, Specification } from './model';
import type { Lines, Unwrapped } from './source';
import { enumeration, isKnown, readToken } from './tokens';

const TABLES = new Map(
  PARTS.filter(({ kind }) => kind !== 'judged').map((table): [string, PartTable] => [table.kind, table]),
);
const CALL_KEYS = new Map(CALL_FIELDS.flatMap((field) => (field.doc ?? []).map((key) => [key, field] as const)));
const COUNT_KEYS = new Map(COUNTS.map(({ of, doc }) => [doc, of]));
const FLAT_KEY = /^(?:(?:param|return|error|lock|signal|capability|constraint)-[a-z-]+)$/;
const TELLS =
  /^[ \t]*(?:\*[ \t]*)?(?:contexts|context-flags|long-desc|param(?:-type)?|error(?:-code)?|side-effect|lock):/m;

/** Finds and reads all kernel-doc specifications of a text. `most` is how many are read. */
export function readDocs(source: Unwrapped, lines: Lines, findings: Finding[], most: number): Specification[] {
  const { text } = source;
  const found: Specification[] = [];
  for (const { from, to } of comments(text)) {
    if (found.length >= most) break;
    if (!TELLS.test(text.slice(from, to))) continue;
    found.push(new Reader(text, from, to, lines, findings).read(text.slice(to + 2, to + 1000)));
  }
  if (found.length > 0 || !TELLS.test(text) || text.includes('/**')) return found;
  return [new Reader(text, 0, text.length, lines, findings).read('')]; // the inside of a comment, pasted alone
}

/** Finds the insides of all kernel-doc comments. */
function* comments(text: string): Generator<{ from: number; to: number }> {
  for (let from = text.indexOf('/**'); from !== -1; from = text.indexOf('/**', from)) {
    const to = text.indexOf('*/', from + 3);
    if (to === -1) return;
    yield { from: from + 3, to };
    from = to + 2;
  }
}

interface Line {
  /** Columns before the text; -1 where the line is empty. */
  readonly indent: number;
  readonly text: string;
  readonly offset: number;
}

class Reader {
  readonly #lines: Line[];
  #at = 0;
  #draft!: Draft;
  #long = 0;
  #short = 0;
  #flat = 0;

  constructor(
    text: string,
    from: number,
    to: number,
    readonly lines: Lines,
    readonly findings: Finding[],
  ) {
    this.#lines = linesOf(text, from, to);
  }

  /** `after` is what follows the comment: SYSCALL_DEFINE2(munlock, unsigned long, start, size_t, len) has the types. */
  read(after: string): Specification {
    const first = this.#lines.findIndex(({ indent }) => indent >= 0);
    const head = /^([A-Za-z_]\w{0,79})(?:\(\))?\s*(?:[-–—:]\s*(.*))?$/.exec(this.#lines[first]?.text ?? '');
    const place = this.#placeOf(this.#lines[first]);
    this.#draft = new Draft(head?.[1] ?? 'unnamed', 'nested', place, this.findings);
    this.#at = head ? first + 1 : 0;
    let title = head?.[2] ?? '';
    while (head && this.#line && this.#line.indent >= 0 && !this.#isTop(this.#line)) {
      title += ` ${this.#line.text}`;
      this.#at++;
    }
    if (title.trim() !== '') this.#draft.set(null, CALL_FIELDS[0]!, title.trim(), place);
    while (this.#line) this.#top(this.#line);
    this.#signature(after);
    this.#draft.form = this.#flat > 0 ? 'flat' : this.#short > this.#long ? 'short' : 'nested';
    return this.#draft.finish();
  }

  get #line(): Line | undefined {
    return this.#lines[this.#at];
  }

  #isTop({ text, indent }: Line): boolean {
    if (text.startsWith('@')) return true;
    const key = /^([a-z][a-z-]*):/.exec(text)?.[1];
    if (key === undefined) return false;
    return (indent <= 1 || FLAT_KEY.test(key)) && this.#isTopKey(key);
  }

  #isTopKey(key: string): boolean {
    return TABLES.has(key) || CALL_KEYS.has(key) || COUNT_KEYS.has(key) || FLAT_KEY.test(key) || key === 'context';
  }

  #top(line: Line): void {
    const place = this.#placeOf(line);
    const parameter = /^@(\w+):\s*(.*)$/.exec(line.text);
    if (parameter) {
      this.#at++;
      const text = this.#continued(parameter[2]!, false, () => true);
      const table = tableOf('param');
      const part = this.#draft.find('param', parameter[1]!) ?? this.#draft.open(table, null, place);
      if (!this.#draft.has(part, 'name')) this.#draft.set(part, table.fields[0]!, parameter[1]!, place);
      this.#draft.set(part, fieldOf(table, 'description'), text, place);
      return;
    }
    const found = /^([a-z][a-z-]*):\s*(.*)$/.exec(line.text);
    this.#at++;
    if (!found) return; // prose of the comment, or kernel-doc's own sections
    const [, key = '', rest = ''] = found;
    const field = CALL_KEYS.get(key);
    const count = COUNT_KEYS.get(key);
    const table = TABLES.get(key);
    if (field) {
      const text = this.#continued(rest, field.name === 'examples', () => true);
      this.#draft.set(null, field, text, place);
      if (field.name === 'contexts') this.#spelling(text);
    } else if (count) this.#draft.count(count, rest, place);
    else if (table) this.#part(table, rest, place);
    else if (FLAT_KEY.test(key)) {
      this.#flat++;
      readFlat(this.#draft, { key, text: this.#continued(rest, false, () => true), place });
    }
  }

  /** `param: len` and its subfields, or a whole part in one line with commas. */
  #part(table: PartTable, rest: string, place: Place): void {
    const keys = new Set(table.fields.flatMap(({ doc = [] }) => doc));
    const isSubfield = ({ text, indent }: Line): boolean =>
      indent > 1 && keys.has(/^([a-z][a-z_-]*):/.exec(text)?.[1] ?? '');
    const head = this.#continued(rest, false, (line) => !isSubfield(line));
    if (isFlat(table, head, this.#line, this.#line !== undefined && isSubfield(this.#line))) {
      this.#flat++;
      return readFlat(this.#draft, { key: table.kind, text: head, place });
    }
    const part = this.#openPart(table, head, place);
    while (this.#line && isSubfield(this.#line)) {
      const line = this.#line;
      const [, key = '', text = ''] = /^([a-z][a-z_-]*):\s*(.*)$/.exec(line.text)!;
      this.#at++;
      const value = this.#continued(text, false, (next) => !isSubfield(next));
      this.#subfield(table, part, { key, text: value, place: this.#placeOf(line) });
    }
  }

  #openPart(table: PartTable, head: string, place: Place): DraftPart {
    const { kind } = table;
    const known = kind === 'param' ? this.#draft.find('param', head) : undefined;
    const part = known ?? this.#draft.open(table, null, place);
    const give = (name: string, text: string): void => this.#draft.set(part, fieldOf(table, name), text, place);
    if (kind === 'error') {
      const comma = head.indexOf(',');
      give('name', (comma === -1 ? head : head.slice(0, comma)).trim());
      if (comma !== -1) give('condition', head.slice(comma + 1).trim());
    } else if (kind === 'side-effect') {
      give('types', head);
      this.#spelling(head);
    } else if (kind === 'state-trans') {
      if (head !== '') give('object', head);
    } else if (kind !== 'return' && !known) give('name', head);
    return part;
  }

  #subfield(table: PartTable, part: DraftPart, { key, text, place }: Entry): void {
    const give = (name: string, value: string): void => this.#draft.set(part, fieldOf(table, name), value, place);
    if (key === 'constraint-type') return this.#constraint(text, give);
    if (key === 'type' && table.kind === 'param') {
      const words = text.split(',').map((word) => word.trim());
      this.#spelling(text);
      give('type', words[0]!);
      if (words.length > 1) give('flags', words.slice(1).join(' | '));
      return;
    }
    if (key === 'range' || key === 'success-range') {
      const [min = '', max = ''] = splitArguments(text);
      give('min', min);
      give('max', max);
      return;
    }
    const field = table.fields.find(({ doc = [] }) => doc.includes(key))!;
    if (field.of) this.#spelling(text);
    this.#draft.set(part, field, text, place);
  }

  /** `range(0, 9)`, `mask(A | B)`, `page_aligned`, `KAPI_CONSTRAINT_RANGE`. */
  #constraint(text: string, give: (name: string, value: string) => void): void {
    this.#spelling(text);
    const call = /^(\w+)\s*\(([^]*)\)$/.exec(text.trim());
    if (!call) return give('constraint', text);
    const [, kind = '', inside = ''] = call;
    give('constraint', kind);
    const token = readToken('constraint', kind);
    if (token === 'range') {
      const [min = '', max = ''] = splitArguments(inside);
      give('min', min);
      give('max', max);
    } else if (token === 'mask') give('mask', inside.trim());
    else if (token === 'enum') give('values', inside.trim());
    else if (token === 'alignment') give('alignment', inside.trim());
    else if (token === 'buffer') give('size', inside.trim());
    else if (token === 'custom') give('rule', inside.trim());
  }

  /** Collects the lines that go on with a value. A blank line parts paragraphs, and belongs to what follows. */
  #continued(first: string, keepsLines: boolean, goesOn: (line: Line) => boolean): string {
    const parts = [first.trim()];
    let blank = false;
    for (let at = this.#at; at < this.#lines.length; at++) {
      const line = this.#lines[at]!;
      if (line.indent < 0) {
        blank = true;
        continue;
      }
      if (line.indent < 2 || this.#isTop(line) || !goesOn(line)) break;
      const joint = blank ? '\n\n' : keepsLines || /^- /.test(line.text) ? '\n' : ' ';
      parts.push(parts.length === 1 && parts[0] === '' ? '' : keepsLines ? '\n' : joint, line.text);
      blank = false;
      this.#at = at + 1;
    }
    while (this.#line && this.#line.indent < 0) this.#at++;
    return parts.join('').trim();
  }

  #spelling(text: string): void {
    if (text.includes('KAPI_')) this.#long++;
    else if (/[a-z]/.test(text)) this.#short++;
  }

  /** Types of the parameters from the definition below the comment. */
  #signature(after: string): void {
    const found = /^\s*SYSCALL_DEFINE\d\s*\(\s*\w+\s*((?:,[^,()]{1,80},[^,()]{1,80})*)\)/.exec(after);
    const words = (found?.[1] ?? '').split(',').slice(1);
    const table = tableOf('param');
    for (let i = 0; i + 1 < words.length; i += 2) {
      const part = this.#draft.find('param', words[i + 1]!.trim());
      const typeName = words[i]!.trim().replace(/\s+/g, ' ');
      if (part) this.#draft.set(part, fieldOf(table, 'typeName'), typeName, part.place);
    }
  }

  #placeOf(line: Line | undefined): Place {
    return this.lines.place(line?.offset ?? 0);
  }
}

/** Splits at commas outside of brackets. */
function splitArguments(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const c of text) {
    if (c === '(') depth++;
    if (c === ')') depth--;
    if (c === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += c;
  }
  return parts.map((part) => part.trim());
}

function isFlat({ kind }: PartTable, head: string, next: Line | undefined, hasSubfields: boolean): boolean {
  if (hasSubfields || kind === 'error' || kind === 'param') return false;
  const parts = head.split(',').map((part) => part.trim());
  if (kind === 'side-effect') return parts.length > 2 && !isKnown('effect', readToken('effect', parts[1]!));
  if (kind === 'state-trans') return parts.length > 2;
  if (kind === 'constraint') return parts.length > 1;
  if ((kind === 'lock' || kind === 'capability') && parts.length > 1) {
    return parts[1]!.startsWith(enumeration(kind).prefix) || (next?.text.startsWith(`${kind}-`) ?? false);
  }
  return false;
}

function linesOf(text: string, from: number, to: number): Line[] {
  const lines: Line[] = [];
  for (let at = from; at < to;) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 || newline > to ? to : newline;
    const raw = text.slice(at, end).trimEnd();
    const star = /^\s*\*(?!\/)/.exec(raw)?.[0].length ?? 0;
    const body = raw.slice(star).replaceAll('\t', '        ');
    const blanks = /^ */.exec(body)![0].length;
    const isEmpty = blanks === body.length;
    lines.push({ indent: isEmpty ? -1 : blanks, text: body.slice(blanks), offset: at + star + blanks });
    at = end + 1;
  }
  return dedent(lines);
}

/** Takes the one blank after the star, or the margin of a pasted text, off every line. */
function dedent(lines: readonly Line[]): Line[] {
  let margin = Infinity;
  for (const { indent } of lines) if (indent >= 0 && indent < margin) margin = indent;
  return lines.map((line) => (line.indent < 0 ? line : { ...line, indent: line.indent - margin }));
}
