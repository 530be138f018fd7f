// What a form cannot hold: one table, which the tests check row by row and the page can show beside a conversion.
import { CALL_FIELDS, PARTS, type Field, type PartTable } from './fields';
import type { Form, Specification } from './model';

interface Loss {
  readonly forms: readonly Form[];
  /** Of which part; 'call' for the call itself, 'any' for all. */
  readonly of: PartTable['kind'] | 'call' | 'any';
  /** One field, or all texts. */
  readonly field: string;
  readonly why: string;
  /** What is left of a value. */
  readonly keeps: (text: string, specification: Specification) => string;
}

const DOCS: readonly Form[] = ['flat', 'nested', 'short'];
const FLAT: readonly Form[] = ['flat'];
const oneLine = (text: string): string => paragraphs(text).replace(/\s+/g, ' ');
const withoutCommas = (text: string): string => text.replaceAll(',', ';');
const nothing = (): string => '';

/** What each form loses, in the order in which it is lost. */
export const LOSSES: readonly Loss[] = [
  {
    forms: DOCS,
    of: 'any',
    field: 'text',
    why: 'A comment is wrapped: of the white space only paragraphs and lists (- ) stay, and */ would end it.',
    keeps: paragraphs,
  },
  { forms: DOCS, of: 'call', field: 'description', why: 'The title is one line.', keeps: oneLine },
  { forms: DOCS, of: 'call', field: 'since', why: 'A version is one line.', keeps: oneLine },
  { forms: DOCS, of: 'call', field: 'examples', why: 'An example is one line without margin.', keeps: exampleLines },
  {
    forms: DOCS,
    of: 'param',
    field: 'typeName',
    why: 'C types stand in SYSCALL_DEFINE below the comment, which a call without sys_ or without a type does not have.',
    keeps: (text, specification) => (hasSignature(specification) ? text : ''),
  },
  { forms: DOCS, of: 'return', field: 'typeName', why: 'All calls return long; it is not written.', keeps: nothing },
  { forms: ['nested', 'short'], of: 'error', field: 'code', why: 'An error is its name alone.', keeps: nothing },
  { forms: DOCS, of: 'error', field: 'name', why: 'The name ends at a comma.', keeps: withoutCommas },
  { forms: FLAT, of: 'error', field: 'condition', why: 'A comma ends it.', keeps: withoutCommas },
  { forms: FLAT, of: 'lock', field: 'name', why: 'A comma ends it.', keeps: withoutCommas },
  { forms: FLAT, of: 'side-effect', field: 'target', why: 'A comma ends it.', keeps: withoutCommas },
  { forms: FLAT, of: 'state-trans', field: 'object', why: 'A comma ends it.', keeps: withoutCommas },
  { forms: FLAT, of: 'state-trans', field: 'from', why: 'A comma ends it.', keeps: withoutCommas },
  { forms: FLAT, of: 'state-trans', field: 'to', why: 'A comma ends it.', keeps: withoutCommas },
  { forms: FLAT, of: 'constraint', field: 'name', why: 'A comma ends it.', keeps: withoutCommas },
  {
    forms: ['designator', ...DOCS],
    of: 'judged',
    field: 'text',
    why: 'A judgement is carried as one paragraph of the notes.',
    keeps: oneLine,
  },
  {
    forms: ['designator'],
    of: 'call',
    field: 'notes',
    why: 'Judgements follow the notes after an empty line.',
    keeps: (text, { judged }) => (judged.length > 0 ? text.trim() : text),
  },
];

/** Gives a text as a form can hold it. */
export function keeps(form: Form, of: Loss['of'], { name, shape }: Field, text: string, call: Specification): string {
  return LOSSES.filter((loss) => {
    const applies = loss.forms.includes(form) && (loss.of === of || loss.of === 'any');
    return applies && (loss.field === name || (loss.field === 'text' && shape === 'text' && name !== 'examples'));
  }).reduce((kept, loss) => loss.keeps(kept, call), text);
}

/** Gives what is left of a specification in a form: reading what was written gives the same. */
export function held(specification: Specification, form: Form): Specification {
  const texts = (fields: readonly Field[], of: Loss['of'], values: object): object =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => {
        const field = fields.find((one) => one.name === name);
        const text = typeof value === 'string' && field;
        return [name, text ? keeps(form, of, field, value as string, specification) : (value as unknown)];
      }),
    );
  const all = texts(CALL_FIELDS, 'call', specification) as Record<string, unknown>;
  for (const { list, kind, fields } of PARTS) {
    const parts = all[list];
    if (Array.isArray(parts)) all[list] = parts.map((part: object) => texts(fields, kind, part));
    else if (parts) all[list] = texts(fields, kind, parts);
  }
  return all as unknown as Specification;
}

/** Tells whether SYSCALL_DEFINE can say the C types of all parameters. */
export function hasSignature({ symbol, parameters }: Specification): boolean {
  const types = parameters.every(
    ({ typeName, name }) => /^[^\s,()]+( [^\s,()]+)*$/.test(typeName) && /^\w+$/.test(name),
  );
  const short = parameters.every(({ typeName }) => typeName.length <= 60);
  return symbol.startsWith('sys_') && types && short && parameters.length > 0 && parameters.length <= 6;
}

/** A word that would be read as a key where a line begins. */
export const KEYLIKE = /^(?:@|[a-z][a-z_-]*:)/;

function paragraphs(text: string): string {
  const clean = text.replaceAll('*/', '* /').replace(/[\t\r\0]/g, ' ');
  const kept: string[] = [];
  for (const paragraph of clean.split(/\n[ ]*\n\s*/)) {
    const lines: string[] = [];
    for (const line of paragraph.split('\n').map((one) => one.replace(/\s+/g, ' ').trim())) {
      if (line === '') continue;
      if (lines.length > 0 && !line.startsWith('- ')) lines[lines.length - 1] += ` ${line}`;
      else lines.push(line);
    }
    const joined = lines.join('\n');
    if (joined === '') continue;
    if (kept.length > 0 && KEYLIKE.test(joined)) kept[kept.length - 1] += ` ${joined}`;
    else kept.push(joined);
  }
  return kept.join('\n\n');
}

function exampleLines(text: string): string {
  const lines: string[] = [];
  for (const line of text.replaceAll('*/', '* /').split(/[\n\r]/)) {
    const clean = line.replace(/[\t\0]/g, ' ').trim();
    if (clean === '') continue;
    if (lines.length > 0 && KEYLIKE.test(clean)) lines[lines.length - 1] += ` ${clean}`;
    else lines.push(clean);
  }
  return lines.join('\n');
}
