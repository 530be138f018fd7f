// How a specification differs from our own of the same call.
import { clauses, type Clause } from '../clauses';
import type { Failure, Specification } from '../model';
import { causesOf } from './causes';

/** One difference. */
export interface Difference {
  readonly kind: 'only theirs' | 'only ours' | 'differs';
  /** What is compared: 'error EINTR', 'param len', 'lock mmap_lock', 'state VMA', ... */
  readonly what: string;
  readonly theirs: string;
  readonly ours: string;
}

/** Compares clause by clause what can be matched by name; sentences are not compared. */
export function compare(theirs: Specification, ours: Specification): Difference[] {
  const [mine, other] = [keyed(ours), keyed(theirs)];
  const found: Difference[] = [];
  for (const [key, clause] of other) {
    const our = mine.get(key);
    if (!our) found.push({ kind: 'only theirs', what: key, theirs: clause.text, ours: '' });
    else if (plain(our.text) !== plain(clause.text)) {
      found.push({ kind: 'differs', what: key, theirs: clause.text, ours: our.text });
    }
  }
  for (const [key, clause] of mine) {
    if (!other.has(key)) found.push({ kind: 'only ours', what: key, theirs: '', ours: clause.text });
  }
  return found;
}

/**
 * What we say instead of each of their clauses, by its id: the note that judges the clause where there is one, else our
 * clause of the same name where it reads differently.
 */
export function ourSentences(theirs: Specification, ours: Specification): Map<string, string> {
  const mine = keyed(ours);
  const found = new Map<string, string>();
  for (const clause of clauses(theirs)) {
    const field = clause.id.slice(theirs.name.length + 1);
    const note = ours.judged.find((one) => field === one.clause || field.startsWith(`${one.clause}.`));
    const same = COMPARED.has(clause.kind) ? mine.get(keyOf(clause)) : undefined;
    if (note) found.set(clause.id, note.text);
    else if (same && plain(same.text) !== plain(clause.text)) found.set(clause.id, same.text);
  }
  return found;
}

const plain = (text: string): string => text.toLowerCase().replace(/\W+/g, ' ').trim();
const COMPARED = new Set([
  'param',
  'param.constraint',
  'error',
  'signal',
  'signal.restartable',
  'side-effect',
  'state-trans',
  'lock',
  'capability',
  'constraint',
  'return',
  'context',
  'since',
]);

function keyed(call: Specification): Map<string, Clause> {
  const map = new Map<string, Clause>();
  for (const clause of clauses(call)) {
    if (!COMPARED.has(clause.kind)) continue;
    const key = keyOf(clause);
    if (!map.has(key)) map.set(key, clause);
  }
  return map;
}

/** Errors by errno and cause, named parts by name, numbered ones by what they are about. */
function keyOf({ id, kind, part }: Clause): string {
  const values = part as unknown as Readonly<Record<string, string>> | null;
  const name = values?.['name'] ?? values?.['target'] ?? values?.['object'] ?? '';
  if (kind === 'error') {
    const cause = causesOf(part as Failure)[0];
    return `error ${name}${cause ? ` (${cause.name})` : ''}`;
  }
  if (kind === 'state-trans') return `state-trans ${name.toLowerCase()}: ${(values?.['from'] ?? '').toLowerCase()}`;
  return name === '' ? id.slice(id.indexOf('.') + 1) : `${kind} ${name.toLowerCase()}`;
}
