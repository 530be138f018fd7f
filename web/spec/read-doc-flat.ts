// The flat shape of kernel-doc: one line for one fact, commas between its parts.
//
//   error-code: -ENOMEM, ENOMEM, condition, description
//   side-effect: KAPI_EFFECT_MODIFY_STATE, target, description, condition=..., reversible=yes
import type { Draft, DraftPart } from './draft';
import { fieldOf, tableOf, type PartTable } from './fields';
import type { PartKind, Place } from './model';

/** One key with its value: `desc: text` and the lines that continue it. */
export interface Entry {
  readonly key: string;
  readonly text: string;
  readonly place: Place;
}

/** What a key `KIND-WORD:` sets in the part it names or, where it names none, in the last one of its kind. */
export const FLAT_WORDS: Readonly<Record<string, readonly [kind: PartTable['kind'], ...fields: string[]]>> = {
  'param-type': ['param', 'type'],
  'param-flags': ['param', 'flags'],
  'param-constraint-type': ['param', 'constraint'],
  'param-constraint': ['param', 'rule'],
  'param-range': ['param', 'min', 'max'],
  'param-mask': ['param', 'mask'],
  'param-valid-mask': ['param', 'mask'],
  'param-enum-values': ['param', 'values'],
  'param-alignment': ['param', 'alignment'],
  'param-size': ['param', 'size'],
  'return-type': ['return', 'type'],
  'return-check-type': ['return', 'check'],
  'return-success': ['return', 'success'],
  'return-success-range': ['return', 'min', 'max'],
  'return-desc': ['return', 'description'],
  'lock-acquired': ['lock', 'acquired'],
  'lock-released': ['lock', 'released'],
  'lock-held-on-entry': ['lock', 'heldOnEntry'],
  'lock-held-on-exit': ['lock', 'heldOnExit'],
  'lock-scope': ['lock', 'scope'],
  'lock-desc': ['lock', 'description'],
  'signal-number': ['signal', 'number'],
  'signal-direction': ['signal', 'direction'],
  'signal-action': ['signal', 'action'],
  'signal-target': ['signal', 'target'],
  'signal-condition': ['signal', 'condition'],
  'signal-desc': ['signal', 'description'],
  'signal-error': ['signal', 'errno'],
  'signal-timing': ['signal', 'timing'],
  'signal-priority': ['signal', 'priority'],
  'signal-restartable': ['signal', 'restartable'],
  'signal-interruptible': ['signal', 'interruptible'],
  'signal-queue': ['signal', 'queue'],
  'signal-transform': ['signal', 'transform'],
  'signal-sa-flags-req': ['signal', 'saFlagsRequired'],
  'signal-sa-flags-forbid': ['signal', 'saFlagsForbidden'],
  'signal-state-req': ['signal', 'stateRequired'],
  'signal-state-forbid': ['signal', 'stateForbidden'],
  'capability-allows': ['capability', 'allows'],
  'capability-without': ['capability', 'without'],
  'capability-condition': ['capability', 'condition'],
  'capability-priority': ['capability', 'priority'],
  'constraint-expr': ['constraint', 'expression'],
};

/** What stands between the commas after a key that begins a part; the last takes the rest with its commas. */
export const FLAT_HEADS: Readonly<Partial<Record<string, readonly [kind: PartKind, ...fields: string[]]>>> = {
  'error-code': ['error', 'code', 'name', 'condition', 'description'],
  lock: ['lock', 'name', 'type'],
  'side-effect': ['side-effect', 'types', 'target', 'description'],
  'state-trans': ['state-trans', 'object', 'from', 'to', 'description'],
  capability: ['capability', 'name', 'action', 'title'],
  constraint: ['constraint', 'name', 'description'],
};

const TAIL = /,\s*(condition|reversible)=([^]*?)(?=,\s*(?:condition|reversible)=|$)/g;

/** Reads one line of the flat shape. */
export function readFlat(draft: Draft, { key, text, place }: Entry): void {
  const give = (part: DraftPart, name: string, value: string): void =>
    draft.set(part, fieldOf(part.table, name), value.trim(), place);
  const head = FLAT_HEADS[key];
  if (head) {
    const [kind, ...names] = head;
    const part = draft.open(tableOf(kind), null, place);
    const tail = kind === 'side-effect' || kind === 'state-trans' ? [...text.matchAll(TAIL)] : [];
    const body = tail.length > 0 ? text.slice(0, tail[0]!.index) : text;
    splitAt(body, names.length).forEach((value, i) => give(part, names[i]!, value));
    for (const [, name = '', value = ''] of tail) give(part, name, value);
    return;
  }
  const word = Object.hasOwn(FLAT_WORDS, key) ? FLAT_WORDS[key] : undefined;
  if (!word) return draft.say('hint', 'left-out', place, `${key}: is no key that is known here. It is left out.`);
  const [kind, ...names] = word;
  const named = kind === 'param' || key === 'constraint-expr';
  const [name = '', ...values] = splitAt(text, names.length + 1);
  const part = named
    ? draft.find(kind, name)
    : (draft.parts.findLast(({ table }) => table.kind === kind) ??
      (kind === 'return' ? draft.open(tableOf('return'), null, place) : undefined));
  if (!part) {
    const wanted = named ? `@${name}:` : `${kind}:`;
    return draft.say('warning', 'misplaced', place, `${key}: stands before its ${kind}. Write ${wanted} above it.`);
  }
  const given = named ? values : splitAt(text, names.length);
  names.forEach((field, i) => give(part, field, given[i] ?? ''));
}

/** Splits at the first commas into at most `most` pieces. */
function splitAt(text: string, most: number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (parts.length < most - 1 && rest.includes(',')) {
    const comma = rest.indexOf(',');
    parts.push(rest.slice(0, comma).trim());
    rest = rest.slice(comma + 1);
  }
  return [...parts, rest.trim()];
}
