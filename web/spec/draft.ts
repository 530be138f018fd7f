// A specification while it is being read: raw fields with their places, made into the model at the end.
import { CALL_FIELDS, COUNTS, PARTS, tableOf, type Field, type PartTable } from './fields';
import type { Count, Finding, Form, Part, PartKind, Place, Repeat, Specification } from './model';
import { readToken, readTokens } from './tokens';

/** Parts that one specification may have; a text with more is not one. */
export const MAX_PARTS = 1000;

interface Value {
  readonly text: string;
  readonly place: Place;
}

/** A part that is being read. */
export interface DraftPart {
  readonly table: PartTable;
  /** The index that the text gives it, or null. */
  readonly index: string | null;
  readonly place: Place;
  readonly values: Map<string, Value>;
  readonly repeats: Omit<Repeat, 'id'>[];
}

/** One specification that is being read. */
export class Draft {
  form: Form;
  readonly parts: DraftPart[] = [];
  readonly #call = new Map<string, Value>();
  readonly #repeats: Omit<Repeat, 'id'>[] = [];
  readonly #counts: { of: PartKind; value: number; place: Place }[] = [];

  constructor(
    readonly symbol: string,
    form: Form,
    readonly place: Place,
    readonly findings: Finding[],
  ) {
    this.form = form;
  }

  /** Begins a part. Past MAX_PARTS the part is made but not kept. */
  open(table: PartTable, index: string | null, place: Place): DraftPart {
    const part: DraftPart = { table, index, place, values: new Map(), repeats: [] };
    const twin = index === null ? undefined : this.parts.find((one) => one.table === table && one.index === index);
    if (twin) part.repeats.push({ field: 'index', lost: twin.index!, kept: index!, place });
    if (this.parts.length < MAX_PARTS) this.parts.push(part);
    else if (this.parts.length === MAX_PARTS) {
      this.say('error', 'too-long', place, `More than ${MAX_PARTS} parts. The rest is left out.`);
    }
    return part;
  }

  /** Finds a part by one of its fields, for forms that name the part again on each line. */
  find(kind: PartTable['kind'], name: string): DraftPart | undefined {
    return this.parts.find((part) => part.table.kind === kind && part.values.get('name')?.text === name);
  }

  /** Gives a field of a part, or of the call where `part` is null. What stood there before is lost, as in C. */
  set(part: DraftPart | null, { name }: Field, text: string, place: Place): void {
    const values = part ? part.values : this.#call;
    const before = values.get(name);
    if (before) (part ? part.repeats : this.#repeats).push({ field: name, lost: before.text, kept: text, place });
    values.set(name, { text, place });
  }

  has(part: DraftPart | null, name: string): boolean {
    return (part ? part.values : this.#call).has(name);
  }

  /** Gives a declared count. */
  count(of: PartKind, written: string, place: Place): void {
    if (/^\d{1,6}$/.test(written.trim())) this.#counts.push({ of, value: Number(written), place });
    else this.say('error', 'no-number', place, `The count is "${short(written)}". Write a decimal number.`);
  }

  say(severity: Finding['severity'], code: string, place: Place, message: string): void {
    if (this.findings.length < MAX_FINDINGS) this.findings.push({ severity, code, clause: '', place, message });
  }

  /** Makes the model. */
  finish(): Specification {
    const name = this.symbol.replace(/^sys_/, '');
    const repeats: Repeat[] = this.#repeats.map((repeat) => ({ ...repeat, id: name }));
    const places: Record<string, Place> = {};
    for (const [field, { place }] of this.#call) places[`${name} ${field}`] = place;
    const ids = new Map<string, number>();
    const numbers = new Map<string, number>();
    const lists = new Map<string, Part[]>();
    const add = (table: PartTable, part: DraftPart): void => {
      const { kind } = table;
      const number = numbers.get(kind) ?? 0;
      numbers.set(kind, number + 1);
      const id = unique(ids, idOf(name, kind, part.values.get('name')?.text ?? '', number));
      for (const repeat of part.repeats) repeats.push({ ...repeat, id });
      for (const [field, { place }] of part.values) places[`${id} ${field}`] = place;
      const list = lists.get(table.list) ?? [];
      lists.set(table.list, [...list, { id, place: part.place, ...fieldsOf(table.fields, part.values) }]);
    };
    const [notes, judged] = this.#notes();
    for (const part of this.parts) add(part.table, part);
    for (const part of judged) add(part.table, part);
    const partLists = Object.fromEntries(PARTS.map(({ list }) => [list, lists.get(list) ?? []]));
    const counts = this.#counts.map(({ of, value, place }): Count => {
      return { id: unique(ids, `${name}.count.${of}`), of, value, place };
    });
    return {
      name,
      symbol: this.symbol,
      form: this.form,
      place: this.place,
      ...fieldsOf(CALL_FIELDS, this.#call),
      notes,
      ...partLists,
      returns: lists.get('returns')?.at(-1) ?? null,
      counts: COUNTS.flatMap(({ of }) => counts.filter((count) => count.of === of)),
      repeats,
      places,
    } as unknown as Specification; // the tables of fields.ts name what the model has; fields.test.ts compares the two
  }

  /** Takes the judged paragraphs, which most forms carry as notes, out of the notes. */
  #notes(): [string, DraftPart[]] {
    const value = this.#call.get('notes');
    if (!value) return ['', []];
    const judged: DraftPart[] = [];
    const rest = value.text.split('\n\n').filter((paragraph) => {
      const found = JUDGED.exec(paragraph);
      if (!found) return true;
      const { place } = value;
      const values = new Map([
        ['clause', { text: found[1]!, place }],
        ['text', { text: found[2]!, place }],
      ]);
      judged.push({ table: tableOf('judged'), index: null, place, values, repeats: [] });
      return false;
    });
    return [rest.join('\n\n'), judged];
  }
}

const JUDGED = /^judged ([\w.-]{1,80}): ?([^]*)$/;

/** Findings beyond this number are left out. */
const MAX_FINDINGS = 200;

const NAMED: readonly string[] = ['param', 'error', 'capability'];

function idOf(call: string, kind: PartTable['kind'], name: string, number: number): string {
  if (kind === 'return') return `${call}.return`;
  const word = name.replace(/[^\w-]/g, '').slice(0, 60);
  return NAMED.includes(kind) && word !== '' ? `${call}.${kind}.${word}` : `${call}.${kind}.${number}`;
}

function unique(ids: Map<string, number>, id: string): string {
  const times = (ids.get(id) ?? 0) + 1;
  ids.set(id, times);
  return times === 1 ? id : `${id}.${times}`;
}

function fieldsOf(fields: readonly Field[], values: ReadonlyMap<string, Value>): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field.name, modelValue(field, values.get(field.name)?.text)]));
}

function modelValue({ shape, of }: Field, text: string | undefined): unknown {
  if (shape === 'switch') return text !== undefined && !/^(false|no|0|)$/i.test(text.trim());
  if (shape === 'tokens') return readTokens(of!, text ?? '');
  if (shape === 'token') return readToken(of!, text ?? '');
  if (shape === 'expression') return (text ?? '').replace(/\s+/g, ' ').trim();
  return text ?? '';
}

/** Cuts a text for a message. */
export function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
