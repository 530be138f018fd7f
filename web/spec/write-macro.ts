// Writes macro blocks, with macros or with raw designators inside, and a patch that adds one.
import {
  CALL_FIELDS,
  COUNTS,
  fieldOf,
  PARTS,
  partsOf,
  valuesOf,
  type Field,
  type PartTable,
  type Values,
} from './fields';
import { keeps } from './losses';
import type { Form, Specification } from './model';
import { longName } from './tokens';

const WIDTH = 96;

/** Writes DEFINE_KERNEL_API_SPEC ... KAPI_END_SPEC; as macros, or with designators for the fields. */
export function writeMacros(specification: Specification, form: Form): string {
  const designators = form === 'designator';
  const out: string[] = [`DEFINE_KERNEL_API_SPEC(${specification.symbol})`];
  const last = ['since', 'examples', 'notes'];
  const call = valuesOf(specification);
  const field = (one: Field): void => {
    out.push(...fieldLines([one], call, 'call', '\t', specification, form));
  };
  CALL_FIELDS.filter(({ name }) => !last.includes(name)).forEach(field);
  for (const table of PARTS) {
    if (table.kind === 'judged') continue;
    partsOf(specification, table).forEach((part, i) => {
      if (i === 0 || table.end !== null) out.push('');
      out.push(...partLines(table, valuesOf(part), i, specification, form));
    });
  }
  out.push('');
  for (const { of, macro, designator } of COUNTS) {
    for (const { value } of specification.counts.filter((count) => count.of === of)) {
      out.push(designators ? `\t.${designator} = ${value},` : `\t${macro}(${value})`);
    }
  }
  if (designators) {
    const notes = withJudged(specification, form);
    const values = { ...call, notes };
    for (const one of CALL_FIELDS.filter(({ name }) => last.includes(name))) {
      out.push(...fieldLines([one], values, 'call', '\t', specification, 'macro', true));
    }
  } else {
    CALL_FIELDS.filter(({ name }) => last.includes(name)).forEach(field);
    for (const { clause, text } of specification.judged) {
      out.push(`\tKAPI_JUDGED(${literal(clause, 21)}, ${literal(text, 24 + clause.length)})`);
    }
  }
  return `${out.join('\n')}\nKAPI_END_SPEC;\n`;
}

/** Writes a patch that adds the block as a file of its own. `git apply` takes it. */
export function writePatch(specification: Specification): string {
  const body = writeMacros(specification, 'macro').trimEnd().split('\n');
  const file = `Documentation/kapi/${specification.symbol}.h`;
  return [
    `Subject: [PATCH] kapi: specify ${specification.name}()`,
    '',
    '---',
    '',
    `diff --git a/${file} b/${file}`,
    'new file mode 100644',
    '--- /dev/null',
    `+++ b/${file}`,
    `@@ -0,0 +1,${body.length} @@`,
    ...body.map((line) => `+${line}`),
    '',
  ].join('\n');
}

/** The notes with the judgements as paragraphs behind them, for forms that have no field for those. */
export function withJudged(specification: Specification, form: Form): string {
  const { notes, judged } = specification;
  const field = CALL_FIELDS.find(({ name }) => name === 'notes')!;
  const text = { name: 'text', shape: 'text', designator: 'text' } as const;
  const own = keeps(form, 'call', field, notes, specification);
  const told = judged.map((one) => `judged ${one.clause}: ${keeps(form, 'judged', text, one.text, specification)}`);
  return [...(own === '' ? [] : [own]), ...told].join('\n\n');
}

function partLines(table: PartTable, part: Values, index: number, call: Specification, form: Form): string[] {
  const heads = table.args.map((name) => fieldOf(table, name));
  const args = heads.map((field) => written(field, part[field.name]!, 24));
  const lines = [`\t${table.macro}(${[...(table.indexed ? [`${index}`] : []), ...args].join(', ')})`];
  const macros = [...new Set(table.fields.flatMap(({ macro }) => macro ?? []))];
  for (const macro of macros) {
    const fields = table.fields.filter((field) => field.macro === macro);
    lines.push(...fieldLines(fields, part, table.kind, '\t\t', call, form));
  }
  for (const field of table.fields) {
    if (!field.macro && !table.args.includes(field.name)) {
      lines.push(...fieldLines([field], part, table.kind, '\t\t', call, 'macro', true));
    }
  }
  return table.end === null ? lines : [...lines, `\t${table.end}`];
}

function fieldLines(
  fields: readonly Field[],
  values: Values,
  of: PartTable['kind'] | 'call',
  margin: string,
  call: Specification,
  form: Form,
  designators = form === 'designator',
): string[] {
  const given = fields.filter(({ name }) => !isEmpty(values[name]!));
  if (given.length === 0) return [];
  const value = (field: Field, lead: number): string => {
    const raw = values[field.name]!;
    return written(field, typeof raw === 'string' ? keeps(form, of, field, raw, call) : raw, lead);
  };
  if (designators) {
    return given.map((field) => `${margin}.${field.designator} = ${value(field, field.designator.length + 12)},`);
  }
  const { macro, shape } = fields[0]!;
  if (shape === 'switch') return [`${margin}${macro}`];
  return [`${margin}${macro}(${fields.map((field) => value(field, macro!.length + 9)).join(', ')})`];
}

const isEmpty = (value: Values[string]): boolean =>
  value === '' || value === false || (Array.isArray(value) && value.length === 0);

function written({ shape, of }: Field, value: Values[string], lead: number): string {
  if (typeof value === 'boolean') return `${value}`;
  if (typeof value !== 'string') return value.map((token) => longName(of!, token)).join(' | ') || '0';
  if (shape === 'token') return value === '' ? '' : longName(of!, value);
  if (shape === 'expression' && isPlain(value)) return value;
  return literal(value, lead);
}

/** Tells whether C reads an expression as one argument; others are written as strings, which all readers take. */
export function isPlain(text: string): boolean {
  if (!/^[\w\s|&^~<>=!*/%+().?:-]*$/.test(text) || /\/[/*]|\bKAPI_(?!SIGNAL_STATE_)|\bDEFINE_/.test(text)) return false;
  return isBalanced(text);
}

/** Tells whether each round bracket of a text has its partner. */
export function isBalanced(text: string): boolean {
  let depth = 0;
  for (const c of text) {
    if (c === '(') depth++;
    if (c === ')' && --depth < 0) return false;
  }
  return depth === 0;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
  '\0': '\\0',
};

/** Writes a C string, in pieces of one line each. `lead` is how many columns stand before it. */
function literal(text: string, lead: number): string {
  const pieces: string[] = [];
  let piece = '';
  for (const word of text.split(/(?<=[ \n])/)) {
    if (piece !== '' && (piece + word).length > WIDTH - lead) {
      pieces.push(piece);
      piece = '';
    }
    piece += word;
    if (word.endsWith('\n')) {
      pieces.push(piece);
      piece = '';
    }
  }
  if (piece !== '' || pieces.length === 0) pieces.push(piece);
  const quoted = pieces.map((one) => `"${one.replace(/[\\"\n\t\r\0]/g, (c) => ESCAPES[c]!)}"`);
  return quoted.join('\n\t\t\t');
}
