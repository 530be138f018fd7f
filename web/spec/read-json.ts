// Reads specifications as JSON: names of the model ('sideEffects') or of the kernel's struct ('side_effects').
import { Draft, short, type DraftPart } from './draft';
import { CALL_FIELDS, COUNTS, PARTS, type Field } from './fields';
import { JsonError, readJsonText, type JsonValue } from './json-text';
import type { Finding, Specification } from './model';
import type { Lines } from './source';

/** Reads one object, a list of them, or { "specifications": [...] }. `most` is how many are read. */
export function readJson(text: string, lines: Lines, findings: Finding[], most: number): Specification[] {
  try {
    const value = readJsonText(text, lines);
    const whole =
      value.kind === 'object' ? (value.fields.get('specifications') ?? value.fields.get('apis')) : undefined;
    const list = whole ?? value;
    const items = list.kind === 'list' ? list.items : [list];
    return items.slice(0, most).flatMap((item) => readOne(item, findings));
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    findings.push({
      severity: 'error',
      code: 'no-json',
      clause: '',
      place: lines.place(error.offset),
      message: error.message,
    });
    return [];
  }
}

function readOne(value: JsonValue, findings: Finding[]): Specification[] {
  const symbol = value.kind === 'object' ? (value.fields.get('symbol') ?? value.fields.get('name')) : undefined;
  if (value.kind !== 'object' || symbol?.kind !== 'text' || !/^[A-Za-z_]\w{0,79}$/.test(symbol.text)) {
    const message = 'This is no specification. Write { "symbol": "sys_munlock", ... }.';
    findings.push({ severity: 'error', code: 'no-specification', clause: '', place: value.place, message });
    return [];
  }
  const draft = new Draft(symbol.text, 'json', value.place, findings);
  for (const [name, inside] of value.fields) {
    const table = PARTS.find(({ list, array }) => list === name || array === name);
    const field = findField(CALL_FIELDS, name);
    if (table) {
      const items = inside.kind === 'list' ? inside.items : inside.kind === 'object' ? [inside] : [];
      for (const item of items) {
        if (item.kind !== 'object') continue;
        fill(draft, draft.open(table, null, item.place), table.fields, item.fields);
      }
    } else if (field) give(draft, null, field, inside);
    else if (name === 'counts' && inside.kind === 'object') {
      for (const [of, count] of inside.fields) {
        const known = COUNTS.find((one) => one.of === of || one.designator === of);
        if (known && count.kind === 'word') draft.count(known.of, count.text, count.place);
      }
    } else if (!['symbol', 'name', 'version'].includes(name)) {
      draft.say('hint', 'left-out', inside.place, `"${short(name)}" is no field that is known here. It is left out.`);
    }
  }
  return [draft.finish()];
}

function fill(draft: Draft, part: DraftPart, fields: readonly Field[], given: ReadonlyMap<string, JsonValue>): void {
  for (const [name, value] of given) {
    const field = findField(fields, name);
    if (field) give(draft, part, field, value);
    else draft.say('hint', 'left-out', value.place, `"${short(name)}" is no field that is known here. It is left out.`);
  }
}

function give(draft: Draft, part: DraftPart | null, field: Field, value: JsonValue): void {
  if (value.kind === 'object') {
    draft.say('error', 'no-text', value.place, `"${field.name}" is an object. Write a string.`);
  } else if (value.kind === 'list') {
    const words = value.items.map((item) => ('text' in item ? item.text : ''));
    draft.set(part, field, words.join(field.shape === 'tokens' ? ' | ' : '\n'), value.place);
  } else if (value.text !== 'null' || value.kind === 'text') draft.set(part, field, value.text, value.place);
}

const findField = (fields: readonly Field[], name: string): Field | undefined =>
  fields.find((field) => field.name === name || field.designator === name);
