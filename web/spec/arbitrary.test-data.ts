// Specifications made at random, for the property tests of readers and writers.
import fc from 'fast-check';
import { CALL_FIELDS, COUNTS, PARTS, type Field } from './fields';
import type { Specification } from './model';
import { enumeration } from './tokens';

const piece = fc.constantFrom(
  'page',
  'VM_LOCKED',
  '0',
  'a,b',
  'desc:',
  'param: x',
  '@flags:',
  '- ',
  '-',
  '"quoted"',
  "don't",
  '\\',
  '\\n',
  '*/',
  '/*',
  '//',
  '+',
  '; }',
  '(',
  ')',
  'KAPI_END_SPEC',
  'condition',
  'ähnlich 錠',
  'x'.repeat(90),
);
const joint = fc.constantFrom(' ', ' ', ' ', ', ', '\n', '\n\n', '  ');
const prose = fc
  .array(fc.tuple(piece, joint), { maxLength: 24 })
  .map((words) => words.map(([word, after], i) => word + (i === words.length - 1 ? '' : after)).join(''));
const expression = fc.constantFrom(
  '',
  '0',
  '-1',
  'LONG_MAX',
  'A | B',
  '(1 << 3)',
  'PAGE_ALIGN(len)',
  '-ENOMEM',
  'a + b',
);
const word = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/);

function valueOf({ name, shape, of }: Field, kind: string): fc.Arbitrary<unknown> {
  if (shape === 'switch') return fc.boolean();
  if (of) {
    const token = fc.constantFrom(...enumeration(of).tokens, 'UNKNOWN_ONE');
    return shape === 'tokens' ? fc.uniqueArray(token, { maxLength: 3 }) : fc.option(token, { nil: '' });
  }
  if (shape === 'expression')
    return kind === 'capability' && name === 'name' ? fc.constant('CAP_IPC_LOCK') : expression;
  if (kind === 'param' && name === 'typeName') return fc.constantFrom('int', 'unsigned long', 'char *', '');
  return prose;
}

const named = fc.record({ first: word, rest: fc.constantFrom('', ' of a, b', ': c') });

function part(kind: string, fields: readonly Field[]): fc.Arbitrary<Record<string, unknown>> {
  return fc.record(Object.fromEntries(fields.map((field) => [field.name, valueOf(field, kind)])));
}

/** A list of parts whose names differ and are not empty. */
function parts(kind: string, fields: readonly Field[]): fc.Arbitrary<readonly object[]> {
  return fc.array(fc.tuple(part(kind, fields), named), { maxLength: 3 }).map((list) =>
    list.map(([one, { first, rest }], i) => {
      const plain = kind === 'param' || kind === 'error';
      if (kind === 'judged') return { ...one, clause: `param.${first}` };
      return 'name' in one && kind !== 'capability' ? { ...one, name: `${first}${i}${plain ? '' : rest}` } : one;
    }),
  );
}

/** A specification without ids and places. */
export const specification: fc.Arbitrary<Specification> = fc
  .record({
    symbol: fc.constantFrom('sys_munlock', 'kmalloc'),
    ...Object.fromEntries(CALL_FIELDS.map((field) => [field.name, valueOf(field, 'call')])),
    contexts: fc.uniqueArray(fc.constantFrom('process', 'sleepable', 'nmi', 'UNKNOWN_ONE'), { minLength: 1 }),
    ...Object.fromEntries(PARTS.map(({ list, kind, fields }) => [list, parts(kind, fields)])),
    returns: fc.option(part('return', PARTS.find(({ kind }) => kind === 'return')!.fields)),
    counts: fc.uniqueArray(
      fc.record({ of: fc.constantFrom(...COUNTS.map(({ of }) => of)), value: fc.nat({ max: 99 }) }),
      { selector: ({ of }) => of, maxLength: 3 },
    ),
  })
  .map((one) => ({ ...one, name: one.symbol.replace('sys_', '') }) as unknown as Specification);

/** What a specification says, without ids, places and form. */
export function saidBy(call: Specification): unknown {
  const { counts } = call;
  return JSON.parse(
    JSON.stringify({
      symbol: call.symbol,
      ...pick(CALL_FIELDS, call),
      ...Object.fromEntries(
        PARTS.map(({ list, fields }) => {
          const value = call[list] as object | readonly object[] | null;
          return [
            list,
            Array.isArray(value) ? value.map((one: object) => pick(fields, one)) : value && pick(fields, value),
          ];
        }),
      ),
      counts: COUNTS.flatMap(({ of }) => counts.filter((count) => count.of === of).map(({ value }) => ({ of, value }))),
    }),
  );
}

const pick = (fields: readonly Field[], values: object): object =>
  Object.fromEntries(fields.map(({ name }) => [name, (values as Record<string, unknown>)[name]]));
