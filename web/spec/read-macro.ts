// Reads blocks of KAPI_ macros and raw designators: DEFINE_KERNEL_API_SPEC(sys_munlock) ... KAPI_END_SPEC;
import { nextToken, valueOf, withoutDiffMarks, type Token } from './c-tokens';
import { Draft, short, type DraftPart } from './draft';
import { CALL_FIELDS, COUNTS, fieldOf, PARTS, type Field, type PartTable } from './fields';
import type { Finding, Place, Specification } from './model';
import type { Lines, Unwrapped } from './source';

const START = /\b(DEFINE_KERNEL_API_SPEC|KAPI_DEFINE_SYSCALL_SPEC|KAPI_DEFINE_SPEC)\s*\(/g;
/** Brackets within brackets. */
const MAX_DEPTH = 64;

const HEADS = new Map(PARTS.map((table) => [table.macro, table]));
const ENDS = new Map(PARTS.map((table) => [table.end ?? '', table]));
const ARRAYS = new Map(PARTS.map((table) => [table.array, table]));
const COUNT_MACROS = new Map(COUNTS.map((count) => [count.macro, count.of]));
const COUNT_DESIGNATORS = new Map(COUNTS.map((count) => [count.designator, count.of]));

interface MacroField {
  readonly table: PartTable | null;
  readonly fields: Field[];
}

const FIELD_MACROS = new Map<string, MacroField>();
for (const table of [null, ...PARTS]) {
  for (const field of table?.fields ?? CALL_FIELDS) {
    if (!field.macro) continue;
    const known = FIELD_MACROS.get(field.macro);
    if (known) known.fields.push(field);
    else FIELD_MACROS.set(field.macro, { table, fields: [field] });
  }
}

/** Finds and reads all macro blocks of a text. `most` is how many are read. */
export function readMacros(source: Unwrapped, lines: Lines, findings: Finding[], most: number): Specification[] {
  const found: Specification[] = [];
  START.lastIndex = 0;
  for (let start = START.exec(source.text); start && found.length < most; start = START.exec(source.text)) {
    const line = source.text.slice(source.text.lastIndexOf('\n', start.index) + 1, start.index);
    if (/#\s*define\s*$|``\s*$/.test(line)) continue; // the macro's own definition, or prose
    const block = new Block(source, lines, findings, start.index);
    found.push(block.read());
    START.lastIndex = block.at;
  }
  return found;
}

type Level = { readonly kind: 'part'; readonly part: DraftPart | null } | { readonly kind: 'array'; table: PartTable };

/** One block; `at` is where it ends once it is read. */
class Block {
  at: number;
  readonly #text: string;
  readonly #squeezed: boolean;
  #draft!: Draft;
  #part: DraftPart | null = null;
  /** Inside a part that the model has no place for. */
  #skips = false;
  readonly #braces: Level[] = [];
  #macros = 0;
  #designators = 0;

  constructor(
    readonly source: Unwrapped,
    readonly lines: Lines,
    readonly findings: Finding[],
    start: number,
  ) {
    this.#text = source.text;
    this.at = start;
    this.#squeezed = /\+[ \t]+(?:KAPI_\w+|\.\w+ =|"|\/\*)/.test(source.text.slice(start, start + 4000));
  }

  read(): Specification {
    const { form, start } = { form: this.source.isPatch ? ('patch' as const) : ('macro' as const), start: this.at };
    this.#next(); // the macro's name
    const args = this.#args();
    const symbol = symbolOf(args.map((arg) => this.#value(arg)));
    this.#draft = new Draft(symbol, form, this.#place(start), this.findings);
    this.#statements(start);
    if (form === 'macro' && this.#designators > this.#macros) this.#draft.form = 'designator';
    return this.#draft.finish();
  }

  #statements(start: number): void {
    for (;;) {
      const before = this.at;
      const token = this.#next();
      if (token === null || (token.kind === 'word' && /^(DEFINE_KERNEL_API_SPEC|SYSCALL_DEFINE\d)$/.test(token.text))) {
        this.at = token === null ? this.at : before;
        this.#say('error', 'no-end', start, 'This specification does not end. Write KAPI_END_SPEC; after it.');
        return;
      }
      if (token.text === 'KAPI_END_SPEC' && token.kind === 'word') return;
      if (token.kind === 'word') this.#macro(token);
      else if (token.kind === 'string') {
        this.#say('warning', 'stray', token.from, `"${short(token.text)}" belongs to no macro. Put it into one.`);
      } else if (token.text === '.') this.#designator();
      else if (token.text === '{' || token.text === '[') this.#element(token);
      else if (token.text === '}') this.#close();
      else if (!',;+)('.includes(token.text)) {
        this.#say('warning', 'stray', token.from, `"${token.text}" means nothing here. Take it out.`);
      }
    }
  }

  #macro(token: Token): void {
    const name = token.text;
    const after = this.#peek();
    const args = isMark(after, '(') ? this.#args() : [];
    const head = HEADS.get(name);
    const count = COUNT_MACROS.get(name);
    const known = FIELD_MACROS.get(name);
    if (head && args.length > 0) this.#open(head, args, token);
    else if (ENDS.has(name)) this.#part = null;
    else if (count) {
      this.#macros++;
      this.#draft.count(count, this.#value(args[0] ?? []), this.#place(token.from));
    } else if (known) {
      this.#macros++;
      this.#fieldMacro(known, args, token);
    } else if (/^KAPI_\w+_END$/.test(name)) this.#skips = false;
    else if (name.startsWith('KAPI_')) {
      this.#say('hint', 'left-out', token.from, `${name} is no macro that is known here. It is left out.`);
      if (/^KAPI_(STRUCT_|SIGNAL_MASK$|SOCKET_|PROTOCOL_|ASYNC_|BUFFER_|ADDR_)/.test(name)) this.#skips = true;
    } else this.#say('warning', 'stray', token.from, `${short(name)} is no macro of a specification. Take it out.`);
  }

  #open(table: PartTable, args: readonly Token[][], { from, text }: Token): void {
    this.#skips = false;
    const values = args.map((arg) => this.#value(arg));
    const index = table.indexed ? (values.shift() ?? '') : null;
    const places = args.slice(table.indexed ? 1 : 0).map((arg) => this.#place(arg[0]?.from ?? from));
    const part = this.#draft.open(table, index, this.#place(from));
    if (values.length !== table.args.length) {
      const wanted = [...(table.indexed ? ['index'] : []), ...table.args].join(', ');
      this.#say('warning', 'arguments', from, `${text} has ${args.length} arguments. Write (${wanted}).`);
    }
    table.args.forEach((name, i) => {
      const field = fieldOf(table, name);
      if (values[i] !== undefined) this.#draft.set(part, field, values[i], places[i]!);
    });
    this.#part = table.end === null ? null : part;
  }

  #fieldMacro({ table, fields }: MacroField, args: readonly Token[][], token: Token): void {
    if (this.#skips) return;
    let part: DraftPart | null = null;
    if (table) {
      part = this.#part?.table === table ? this.#part : null;
      if (!part) {
        part = this.#draft.parts.findLast((one) => one.table === table) ?? null;
        if (!part) {
          const message = `${token.text} stands before any ${table.macro}. Put it between ${table.macro} and ${table.end}.`;
          return this.#say('warning', 'misplaced', token.from, message);
        }
      }
    }
    fields.forEach((field, i) => {
      const joined = fields.length === 1 ? args.map((arg) => this.#value(arg)).join(', ') : this.#value(args[i] ?? []);
      const value = field.shape === 'switch' ? 'true' : joined;
      this.#draft.set(part, field, value, this.#place(token.from));
    });
  }

  /** `.name = value,` and `.errors[0] = {`. */
  #designator(): void {
    const name = this.#next();
    if (name?.kind !== 'word') return;
    let index: string | null = null;
    let mark = this.#peek();
    if (isMark(mark, '[')) {
      index = this.#bracket();
      mark = this.#peek();
    }
    if (!isMark(mark, '=')) {
      return this.#say(
        'warning',
        'stray',
        name.from,
        `.${short(name.text)} is given no value. Write .${name.text} = ...,`,
      );
    }
    this.#next();
    const table = ARRAYS.get(name.text);
    if (isMark(this.#peek(), '{') && table) {
      this.#next();
      if (index !== null || !table.indexed) this.#enter(table, index, name.from);
      else this.#push({ kind: 'array', table });
      return;
    }
    const value = this.#value(this.#untilComma());
    if (this.#skips) return;
    this.#designators++;
    const count = COUNT_DESIGNATORS.get(name.text);
    if (count && !this.#part) return this.#draft.count(count, value, this.#place(name.from));
    const fields = this.#part?.table.fields ?? CALL_FIELDS;
    const field = fields.find((one) => one.designator === name.text);
    if (field) this.#draft.set(this.#part, field, value, this.#place(name.from));
    else if (!LEFT_OUT.has(name.text)) {
      const where = this.#part ? this.#part.table.macro : 'the call';
      this.#say('hint', 'left-out', name.from, `.${short(name.text)} is no field of ${where} that is known here.`);
    }
  }

  /** `{` or `[0] = {` inside an array. */
  #element(token: Token): void {
    let index: string | null = null;
    if (token.text === '[') {
      this.at = token.from;
      index = this.#bracket();
      if (!isMark(this.#peek(), '=')) return;
      this.#next();
      if (!isMark(this.#peek(), '{')) return;
      this.#next();
    }
    const level = this.#braces.at(-1);
    if (level?.kind === 'array') this.#enter(level.table, index, token.from);
    else this.#push({ kind: 'part', part: this.#part });
  }

  #enter(table: PartTable, index: string | null, from: number): void {
    this.#push({ kind: 'part', part: this.#part });
    this.#part = this.#draft.open(table, index, this.#place(from));
    this.#designators++;
  }

  #push(level: Level): void {
    if (this.#braces.length < MAX_DEPTH) this.#braces.push(level);
  }

  #close(): void {
    const level = this.#braces.pop();
    this.#part = level?.kind === 'part' ? level.part : null;
  }

  /** The text between [ and ]. */
  #bracket(): string {
    this.#next();
    const tokens: Token[] = [];
    for (let token = this.#next(); token && !isMark(token, ']'); token = this.#next()) tokens.push(token);
    return valueOf(tokens, this.#text);
  }

  /** Reads ( a, b, c ) into its arguments. */
  #args(): Token[][] {
    const open = this.#next();
    const args: Token[][] = [[]];
    let depth = 0;
    for (;;) {
      const before = this.at;
      const token = this.#next();
      if (token === null || (token.kind === 'word' && token.text === 'KAPI_END_SPEC') || depth > MAX_DEPTH) {
        this.at = token === null ? this.at : before;
        const where = open?.from ?? before;
        this.#say('error', 'no-bracket', where, 'This ( is not closed. Write ) where the arguments end.');
        return args;
      }
      if (token.kind === 'mark') {
        if (token.text === ')' && depth === 0) break;
        if (token.text === ',' && depth === 0) {
          args.push([]);
          continue;
        }
        if ('([{'.includes(token.text)) depth++;
        if (')]}'.includes(token.text)) depth--;
      }
      args.at(-1)!.push(token);
    }
    return args.length === 1 && args[0]!.length === 0 ? [] : args;
  }

  #untilComma(): Token[] {
    const tokens: Token[] = [];
    let depth = 0;
    for (;;) {
      const before = this.at;
      const token = this.#next();
      if (token === null) return tokens;
      const ends =
        (depth === 0 && token.kind === 'mark' && ',;}'.includes(token.text)) ||
        depth > MAX_DEPTH ||
        (token.kind === 'word' && (token.text === 'KAPI_END_SPEC' || HEADS.has(token.text) || ENDS.has(token.text)));
      if (ends) {
        if (token.text !== ',') this.at = before;
        return tokens;
      }
      if (token.kind === 'mark' && '([{'.includes(token.text)) depth++;
      if (token.kind === 'mark' && ')]}'.includes(token.text)) depth--;
      tokens.push(token);
    }
  }

  #value(tokens: readonly Token[]): string {
    return valueOf(this.#squeezed ? withoutDiffMarks(tokens) : tokens, this.#text);
  }

  #next(): Token | null {
    const token = nextToken(this.#text, this.at, ({ from, message }) => this.#say('error', 'no-quote', from, message));
    this.at = token?.to ?? this.#text.length;
    return token;
  }

  #peek(): Token | null {
    return nextToken(this.#text, this.at, () => undefined);
  }

  #place(offset: number): Place {
    return this.lines.place(offset);
  }

  #say(severity: Finding['severity'], code: string, offset: number, message: string): void {
    this.#draft?.say(severity, code, this.#place(offset), message);
  }
}

const isMark = (token: Token | null, text: string): boolean => token?.kind === 'mark' && token.text === text;

/** Fields of C's struct that say nothing of the call, or that the model has under another name. */
const LEFT_OUT = new Set(['name', 'version', 'enum_count', 'size_param_idx', 'size_multiplier', 'error_count']);

/** DEFINE_KERNEL_API_SPEC(sys_munlock), or KAPI_DEFINE_SYSCALL_SPEC(spec, munlock, "1.0"). */
function symbolOf(args: readonly string[]): string {
  const name = args.length > 1 ? `sys_${args[1]}` : (args[0] ?? '');
  return /^[A-Za-z_]\w{0,79}$/.test(name) ? name : 'unnamed';
}
