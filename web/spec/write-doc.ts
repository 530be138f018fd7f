// Writes kernel-doc comments: the flat, nested and short shapes that read-doc.ts reads.
import {
  BOUNDS,
  CALL_FIELDS,
  COUNTS,
  fieldOf,
  PARTS,
  partsOf,
  tableOf,
  valuesOf,
  type Field,
  type PartTable,
  type Values,
} from './fields';
import { hasSignature, keeps, KEYLIKE } from './losses';
import type { Parameter, Specification } from './model';
import { FLAT_HEADS, FLAT_WORDS } from './read-doc-flat';
import { longName, type EnumerationName } from './tokens';
import { isBalanced, withJudged } from './write-macro';

const WIDTH = 80;

/** Writes /** ... * / and, where the types are known, the definition below it. */
export function writeDoc(specification: Specification, form: 'flat' | 'nested' | 'short'): string {
  const writer = new Writer(specification, form);
  return writer.write();
}

class Writer {
  readonly #out: string[] = ['/**'];

  constructor(
    readonly call: Specification,
    readonly form: 'flat' | 'nested' | 'short',
  ) {}

  write(): string {
    const { call } = this;
    const title = this.#text(CALL_FIELDS[0]!, call.description, 'call');
    this.#wrap('', title === '' ? call.symbol : `${call.symbol} - ${title}`, '');
    const description = fieldOf(tableOf('param'), 'description');
    for (const parameter of call.parameters) {
      this.#wrap(`@${parameter.name}: `, this.#text(description, parameter.description, 'param'), '  ');
    }
    for (const field of CALL_FIELDS) this.#callField(field);
    for (const table of PARTS) {
      if (table.kind === 'judged') continue;
      for (const part of partsOf(call, table).map(valuesOf)) {
        if (this.form === 'flat') this.#flatPart(table, part);
        else this.#part(table, part);
      }
    }
    for (const { of, doc } of COUNTS) {
      for (const { value } of call.counts.filter((count) => count.of === of)) this.#out.push(` * ${doc}: ${value}`);
    }
    this.#out.push(' */');
    if (hasSignature(call)) {
      const names = call.parameters.flatMap(({ typeName, name }) => [typeName, name]);
      this.#out.push(`SYSCALL_DEFINE${call.parameters.length}(${[call.name, ...names].join(', ')})`);
    }
    return `${this.#out.join('\n')}\n`;
  }

  #callField(field: Field): void {
    const { call } = this;
    if (!field.doc) return;
    if (field.name === 'contexts') {
      if (call.contexts.length === 0) return;
      const key = this.form === 'short' ? 'contexts' : 'context-flags';
      return this.#entry(key, this.#tokens('context', call.contexts));
    }
    const own = call[field.name as 'since' | 'notes' | 'examples' | 'longDescription'];
    const text = field.name === 'notes' ? withJudged(call, this.form) : this.#text(field, own, 'call');
    if (text === '') return;
    if (field.name !== 'examples') return this.#entry(field.doc[0]!, text);
    const [first = '', ...rest] = text.split('\n');
    this.#out.push(' *', ` * examples: ${first}`, ...rest.map((line) => ` *   ${line}`));
  }

  #part(table: PartTable, part: Values): void {
    const { kind } = table;
    const text = (name: string): string => {
      return this.#text(fieldOf(table, name), part[name] as string, kind);
    };
    const heads: Partial<Record<PartTable['kind'], () => string>> = {
      error: () => [text('name'), ...(text('condition') === '' ? [] : [text('condition')])].join(', '),
      'side-effect': () => this.#tokens('effect', part['types'] as readonly string[], ' | '),
      'state-trans': () => text('object'),
      return: () => '',
    };
    this.#entry(kind, heads[kind]?.() ?? text('name'));
    const done = new Set([
      'name',
      ...(kind === 'state-trans' ? ['object'] : []),
      ...(kind === 'side-effect' ? ['types'] : []),
    ]);
    if (kind === 'error') done.add('condition');
    if (kind === 'param') {
      done.add('description');
      if (this.form === 'short') this.#shortParameter(part as unknown as Parameter, done);
    }
    for (const field of table.fields) {
      if (done.has(field.name) || !field.doc) continue;
      const key = field.doc[0]!;
      const value = part[field.name]!;
      if (key === 'range' || key === 'success-range') {
        if (field.name === 'max' || (part['min'] === '' && part['max'] === '')) continue;
        this.#sub(key, `${expression(text('min'))}, ${expression(text('max'))}`);
      } else if (typeof value === 'boolean') {
        if (value || ALWAYS.has(field.name)) this.#sub(key, value ? 'yes' : 'no');
      } else if (typeof value !== 'string') {
        if (value.length > 0 || kind === 'signal') this.#sub(key, this.#tokens(field.of!, value, ' | '));
      } else if (value !== '' || ALWAYS.has(`${kind} ${field.name}`)) {
        const token = this.form === 'short' ? value : longName(field.of ?? 'lock', value);
        this.#sub(key, field.of ? token : text(field.name));
      }
    }
  }

  /** `type: uint, input` and `constraint-type: range(0, 9)`. */
  #shortParameter(part: Parameter, done: Set<string>): void {
    const flags = part.flags.map((flag) => ({ in: 'input', out: 'output' })[flag] ?? flag);
    done.add('type').add('flags');
    if (part.type !== '' || flags.length > 0) this.#sub('type', [part.type, ...flags].join(', '));
    const held = BOUNDS.get(part.constraint) ?? [];
    const given = held.map((name) => (held.length === 1 ? part[name] : expression(part[name])));
    const inside = given.join(', ');
    if (given.every((text) => text === '') || !isBalanced(inside)) return;
    done.add('constraint');
    this.#sub('constraint-type', `${part.constraint}(${inside})`);
    for (const name of held) done.add(name);
  }

  #flatPart(table: PartTable, part: Values): void {
    const { kind } = table;
    const value = (name: string): string => {
      const field = fieldOf(table, name);
      const raw = part[name]!;
      if (typeof raw === 'boolean') return raw ? 'yes' : 'no';
      if (typeof raw !== 'string') return this.#tokens(field.of!, raw, ' | ');
      if (field.of) return longName(field.of, raw);
      const text = this.#text(field, raw, kind);
      return name === 'min' || name === 'max' ? expression(text) : text;
    };
    const head = Object.entries(FLAT_HEADS).find(([, fields]) => fields?.[0] === kind);
    if (head) {
      const [key, [, ...names] = []] = head;
      const isGiven = part['condition'] !== undefined && part['condition'] !== '';
      const hasTail = kind === 'side-effect' || kind === 'state-trans';
      const condition = hasTail && isGiven ? `, condition=${value('condition')}` : '';
      const reversible = part['reversible'] === true ? ', reversible=yes' : '';
      this.#entry(key, names.map(value).join(', ') + condition + reversible);
    } else if (kind === 'signal') this.#entry('signal', value('name'));
    const name = kind === 'param' || kind === 'constraint' ? `${value('name')}, ` : '';
    const written = new Set<string>();
    for (const [key, [of, ...names]] of Object.entries(FLAT_WORDS)) {
      if (of !== kind || written.has(names[0]!)) continue;
      written.add(names[0]!);
      const isEmpty = names.every((one) => part[one] === '' || part[one] === false || String(part[one]) === '');
      if (!isEmpty || FLAT_ALWAYS.has(key)) this.#wrap(`${key}: `, name + names.map(value).join(', '), '  ');
    }
  }

  #text(field: Field, text: string, of: PartTable['kind'] | 'call'): string {
    return keeps(this.form, of, field, text, this.call);
  }

  #tokens(of: EnumerationName, tokens: readonly string[], joint = this.form === 'short' ? ', ' : ' | '): string {
    return tokens.map((token) => (this.form === 'short' ? token : longName(of, token))).join(joint);
  }

  #entry(key: string, text: string): void {
    this.#out.push(' *');
    this.#wrap(`${key}: `, text, '  ');
  }

  #sub(key: string, text: string): void {
    this.#wrap(`  ${key}: `, text, '    ');
  }

  /** Writes a key and its text. A line never begins with what would be read as a key or as a list. */
  #wrap(key: string, text: string, margin: string): void {
    let line = ` * ${key}`;
    let isFirst = true;
    const flush = (): void => {
      this.#out.push(line.trimEnd());
    };
    text.split('\n').forEach((given, i) => {
      if (i > 0) {
        flush();
        line = given === '' ? ' *' : ` * ${margin}`;
      }
      if (i > 0) isFirst = true;
      for (const word of given.split(' ')) {
        const keeps = KEYLIKE.test(word) || word === '-' || line.endsWith(' -');
        const fits = isFirst || keeps || line.length + 1 + word.length <= WIDTH;
        if (fits) line += isFirst ? word : ` ${word}`;
        else {
          flush();
          line = ` * ${margin}${word}`;
        }
        isFirst = false;
      }
    });
    flush();
  }
}

/** Written also where they are empty, so that the part has a subfield and is not taken for a flat one. */
const ALWAYS = new Set([
  'reversible',
  'restartable',
  'acquired',
  'released',
  'state-trans from',
  'constraint description',
]);
const FLAT_ALWAYS = new Set(['lock-acquired', 'capability-allows']);

/** An expression whose commas are all inside brackets: others are parted from each other by a comma. */
function expression(text: string): string {
  return isBalanced(text) && !/,(?![^(]*\))/.test(text)
    ? text
    : text.replace(/[,()]/g, ' ').replace(/\s+/g, ' ').trim();
}
