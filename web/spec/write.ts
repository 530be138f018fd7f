// One writer for all forms: what it writes, read.ts reads back to what losses.ts says the form holds.
import { CALL_FIELDS, PARTS } from './fields';
import type { Form, Specification } from './model';
import { writeDoc } from './write-doc';
import { writeMacros, writePatch } from './write-macro';

/** Writes specifications in a form, one after the other; JSON is an object for one and a list for more. */
export function write(specifications: readonly Specification[], form: Form): string {
  if (form === 'json') {
    const plain = specifications.map(plainJson);
    return `${JSON.stringify(plain.length === 1 ? plain[0] : plain, null, 2)}\n`;
  }
  return specifications.map((one) => writeOne(one, form)).join('\n');
}

function writeOne(specification: Specification, form: Exclude<Form, 'json'>): string {
  if (form === 'patch') return writePatch(specification);
  if (form === 'macro' || form === 'designator') return writeMacros(specification, form);
  return writeDoc(specification, form);
}

/** The model without places, and without what is not given. */
function plainJson(specification: Specification): object {
  const pick = (names: readonly string[], values: object): object =>
    Object.fromEntries(
      names.map((name) => [name, (values as Record<string, unknown>)[name]]).filter(([, v]) => isGiven(v)),
    );
  const call = pick(
    CALL_FIELDS.map(({ name }) => name),
    specification,
  );
  const parts = PARTS.flatMap(({ list, fields }) => {
    const names = fields.map(({ name }) => name);
    const value = specification[list] as object | readonly object[] | null;
    if (value === null || (Array.isArray(value) && value.length === 0)) return [];
    return [[list, Array.isArray(value) ? value.map((part: object) => pick(names, part)) : pick(names, value)]];
  });
  const counts = Object.fromEntries(specification.counts.map(({ of, value }) => [of, value]));
  return {
    symbol: specification.symbol,
    ...call,
    ...(Object.fromEntries(parts) as object),
    ...(specification.counts.length > 0 ? { counts } : {}),
  };
}

const isGiven = (value: unknown): boolean =>
  value !== '' && value !== false && !(Array.isArray(value) && value.length === 0);
