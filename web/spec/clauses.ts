// The claims of a specification, one by one: what a check can confirm or contradict.
import { BOUNDS, PARTS, partsOf, valuesOf } from './fields';
import type { Parameter, Part, PartKind, Place, Specification } from './model';

/** What a clause speaks of. */
export type ClauseKind =
  | PartKind
  | 'description'
  | 'long-desc'
  | 'context'
  | 'param.constraint'
  | 'return'
  | 'signal.restartable'
  | 'since'
  | 'examples'
  | 'notes'
  | 'count';

/** One claim. */
export interface Clause {
  /**
   * Ids of parts (model.ts), and `munlock.description`, `munlock.long-desc.0` (a sentence), `munlock.context`,
   * `munlock.param.len.constraint`, `munlock.signal.0.restartable`, `munlock.since`, `munlock.examples.0` (a line),
   * `munlock.notes.0` (a sentence), `munlock.count.error`.
   */
  readonly id: string;
  readonly kind: ClauseKind;
  readonly place: Place;
  /** The claim in words, for a page or a report. */
  readonly text: string;
  /** The part that it comes from, or null for the call's own fields. */
  readonly part: Part | null;
}

/** Lists all claims of a specification in the order of a page: call, parameters, return, errors, and so on. */
export function clauses(call: Specification): Clause[] {
  const { name, places } = call;
  const whole = (kind: ClauseKind, field: string, text: string, id = `${name}.${kind}`): Clause[] =>
    text === '' ? [] : [{ id, kind, place: places[`${name} ${field}`] ?? call.place, text, part: null }];
  const split = (kind: ClauseKind, field: string, texts: readonly string[]): Clause[] =>
    texts.flatMap((text, i) => whole(kind, field, text, `${name}.${kind}.${i}`));
  const parts = PARTS.flatMap((table): Clause[] => {
    const { kind } = table;
    return kind === 'judged' ? [] : partsOf(call, table).flatMap((part) => partClauses(part, kind, call));
  });
  return [
    ...whole('description', 'description', call.description),
    ...split('long-desc', 'longDescription', sentences(call.longDescription)),
    ...whole('context', 'contexts', call.contexts.join(', ')),
    ...parts,
    ...whole('since', 'since', call.since),
    ...split('examples', 'examples', call.examples.split('\n')),
    ...split('notes', 'notes', sentences(call.notes)),
    ...call.counts.map(({ id, place, of, value }) => count(id, place, of, value)),
  ];
}

function count(id: string, place: Place, of: PartKind, value: number): Clause {
  return { id, kind: 'count', place, text: `${value} × ${of}`, part: null };
}

function partClauses(part: Part, kind: PartKind | 'return', call: Specification): Clause[] {
  const { id, place } = part;
  const one: Clause = { id, kind, place, text: said(part, kind), part };
  const param = kind === 'param' ? call.parameters.find((other) => other === part) : undefined;
  if (param && (param.constraint !== '' || param.rule !== '')) {
    const at = call.places[`${id} constraint`] ?? call.places[`${id} rule`] ?? place;
    const text = join(constraintText(param), param.rule);
    return [one, { id: `${id}.constraint`, kind: 'param.constraint', place: at, text, part }];
  }
  const signal = kind === 'signal' ? call.signals.find((other) => other === part) : undefined;
  if (signal && signal.direction.includes('receive')) {
    const text = signal.restartable ? 'restartable' : 'not restartable';
    const at = call.places[`${id} restartable`] ?? place;
    return [one, { id: `${id}.restartable`, kind: 'signal.restartable', place: at, text, part }];
  }
  return [one];
}

/** What the declared constraint of a parameter says: 'range 0 to LONG_MAX', 'page_aligned'; '' where none is declared. */
export function constraintText(one: Parameter): string {
  const bounds = (BOUNDS.get(one.constraint) ?? []).map((name) => one[name]);
  return `${one.constraint} ${bounds.join(' to ')}`.trim();
}

/** Puts the fields of a part into words. */
function said(part: Part, kind: PartKind | 'return'): string {
  const get = (name: string): string => {
    const value = valuesOf(part)[name] ?? '';
    return typeof value === 'object' ? value.join(' | ') : `${value}`;
  };
  const when = get('condition') === '' ? '' : `if: ${get('condition')}`;
  switch (kind) {
    case 'param':
      return join(`${get('typeName')} ${get('name')}`.trim(), get('description'));
    case 'return':
      return join(get('typeName'), get('description'));
    case 'error':
      return join(get('name'), get('condition'), get('description'));
    case 'signal':
      return join(`${get('name')} (${get('direction')}, ${get('action')})`, get('description'), when);
    case 'side-effect':
      return join(get('target'), get('description'), when);
    case 'state-trans':
      return join(`${get('object')}, ${get('from')} -> ${get('to')}`, get('description'), when);
    case 'lock':
      return join(`${get('name')} (${get('type')})`, get('description'));
    case 'capability':
      return join(get('name'), get('allows'), get('without') === '' ? '' : `without: ${get('without')}`);
    case 'constraint':
      return join(get('name'), get('description'), get('expression'));
  }
}

const join = (...texts: readonly string[]): string => texts.filter((text) => text !== '').join(': ');

/** Splits prose at sentence ends. "(e.g. x)" and "2.6.9" are no ends: a capital letter has to follow. */
export function sentences(text: string): string[] {
  return text
    .split(/(?<=[.!?])\s+(?=[A-Z_])|\n\n/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}
