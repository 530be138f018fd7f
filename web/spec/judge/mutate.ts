// Wrong specifications made of right ones: each clause negated or altered in turn. An audit has to find them.
import { sentences } from '../clauses';
import { PARTS, partsOf, tableOf, valuesOf, type Values } from '../fields';
import type { Specification } from '../model';

/** A specification with one clause altered. */
export interface Mutant {
  /** Id of the clause in the right specification. */
  readonly clause: string;
  readonly kind: string;
  /** What was done to it. */
  readonly how: string;
  readonly call: Specification;
}

type Change = readonly [how: string, changed: Values | null];

/** Words that turn a sentence round. Both ways; the first that is found is turned. */
const OPPOSITES: readonly (readonly [string, string])[] = [
  ['Nothing is changed', 'Something is changed'],
  ['Nothing above it', 'All above it'],
  ['is unlocked already', 'is not unlocked yet'],
  ['but no page', 'but every page'],
  ['stays locked', 'is unlocked'],
  ['does not get locked', 'gets locked'],
  ['is locked and counted', 'is not locked and counted'],
  ['Asked before all else', 'Asked after all else'],
  ['are cleared', 'are set'],
  ['is cleared', 'is set'],
  ['Cleared on', 'Set on'],
  ['Set on', 'Cleared on'],
  ['is split', 'is not split'],
  ['are merged', 'are not merged'],
  ['none is split', 'some is split'],
  ['Grows by', 'Falls by'],
  ['Falls by', 'Grows by'],
  ['are brought in', 'are not brought in'],
  ['brings its pages in', 'brings none of its pages in'],
  ['then brought in', 'then not brought in'],
  ['to the inactive list', 'to the active list'],
  ['to the unevictable list', 'to the inactive list'],
  ['gets VM_LOCKED', 'loses VM_LOCKED'],
  ['loses VM_LOCKED', 'gets VM_LOCKED'],
  ['Lock ', 'Unlock '],
  ['Take the memory lock off', 'Lock a range of pages in'],
  ['locks what', 'leaves what'],
  ['leaves absent pages absent', 'brings absent pages in'],
  ['may be reclaimed again', 'may not be reclaimed again'],
  ['are passed over', 'are not passed over'],
  ['Neither a capability nor a limit is asked', 'A capability or a limit is asked'],
  ['do not add up:', 'do add up:'],
  ['do add up', 'do not add up'],
  ['are not inherited', 'are inherited'],
  ['Neither locks nor MCL_FUTURE are inherited', 'Locks are inherited'],
  ['unlocks nothing', 'unlocks everything'],
  ['leaves every VMA as it is', 'locks every VMA'],
  ['does not reach', 'reaches'],
  ['It succeeds', 'It fails'],
  ['The pages go,', 'The pages stay,'],
  ['0 is allowed', '0 is not allowed'],
  ['An address in the first page', 'An address in the last page'],
  ['Bytes from', 'Pages from'],
];

/** Turns the first phrase round that has an opposite; null where none has. */
function turned(text: string): string | null {
  const hits = OPPOSITES.filter(([from]) => text.includes(from)).sort(
    (a, b) => text.indexOf(a[0]) - text.indexOf(b[0]),
  );
  const hit = hits[0];
  return hit ? text.replace(hit[0], hit[1]) : null;
}

const OTHER_ERRNO: Readonly<Record<string, string>> = {
  ENOMEM: 'EAGAIN',
  EINVAL: 'EFAULT',
  EPERM: 'EACCES',
  EINTR: 'EAGAIN',
  EAGAIN: 'ENOMEM',
  EFAULT: 'EINVAL',
};

function turnedExpression(text: string): string {
  const swaps: readonly (readonly [RegExp, string])[] = [
    [/<=/, '>'],
    [/>=/, '<'],
    [/==/, '!='],
    [/</, '>='],
    [/>/, '<='],
  ];
  const hit = swaps.find(([pattern]) => pattern.test(text));
  return hit ? text.replace(hit[0], hit[1]) : `!(${text})`;
}

const CONDITIONS: readonly (readonly [RegExp, string])[] = [
  [/\bNo MCL_FUTURE/, 'MCL_FUTURE'],
  [/^MCL_FUTURE$/, 'No MCL_FUTURE'],
  [/without MCL_FUTURE/, 'with MCL_FUTURE'],
  [/without MCL_ONFAULT/, 'with MCL_ONFAULT'],
  [/with MCL_ONFAULT/, 'without MCL_ONFAULT'],
  [/^MCL_CURRENT/, 'No MCL_CURRENT'],
  [/flags is 0/, 'flags is MLOCK_ONFAULT'],
  [/flags is MLOCK_ONFAULT/, 'flags is 0'],
  [/can be locked/, 'cannot be locked'],
  [/is locked\b/, 'is not locked'],
];

/** Alterations by the kind of part. null takes the part out. */
function changesOf(kind: string, part: Values, call: Specification): Change[] {
  const text = (name: string): string => String(part[name] ?? '');
  const put = (how: string, values: Values): Change => [how, { ...part, ...values }];
  const turn = (name: string): Change[] => {
    const to = turned(text(name));
    return to === null ? [] : [put(`"${text(name).slice(0, 30)}..." turned round`, { [name]: to })];
  };
  const when = CONDITIONS.find(([pattern]) => pattern.test(text('condition')));
  const condition: Change[] = when
    ? [put('condition turned round', { condition: text('condition').replace(when[0], when[1]) })]
    : [];
  switch (kind) {
    case 'error': {
      const name = OTHER_ERRNO[text('name')] ?? 'EIO';
      const other = call.errors.find((one) => one.name !== text('name')) ?? {
        condition: 'flags is 0, has an unknown bit',
      };
      return [
        ['left out', null],
        put(`called ${name}`, { name, code: `-${name}` }),
        put('with the condition of another', { condition: other.condition, description: '' }),
        ...turn('description'),
      ];
    }
    case 'param':
      return [
        ...turn('description'),
        put('int and long exchanged', { typeName: text('typeName') === 'int' ? 'unsigned long' : 'int' }),
        text('constraint') === 'mask'
          ? put('a bit more in the mask', { mask: `${text('mask')} | 64` })
          : put('a range of 0 to LONG_MAX', { constraint: 'range', min: '0', max: 'LONG_MAX' }),
        ...(text('constraint') === 'mask'
          ? [put('a bit less in the mask', { mask: text('mask').replace(/\s*\|\s*\w+$|^\w+$/, '') || '0' })]
          : [put('page aligned', { constraint: 'page_aligned' })]),
      ];
    case 'return':
      return [put('success is 1', { success: '1' })];
    case 'signal': {
      const isIgnored = (part['direction'] as readonly string[]).includes('ignore');
      return [
        ...(isIgnored ? [] : [put('restartable turned round', { restartable: part['restartable'] !== true })]),
        isIgnored
          ? put('received', { direction: ['receive'], description: 'The call is interrupted.', action: 'return' })
          : put('ignored', { direction: ['ignore'], action: 'queue' }),
        ...(text('errno') === '' ? [] : [put('another errno', { errno: '-EAGAIN' })]),
      ];
    }
    case 'side-effect':
      return [['left out', null], ...turn('description'), ...condition];
    case 'state-trans':
      return [put('reversed', { from: text('to'), to: text('from') }), ...condition];
    case 'lock':
      return [
        put('another type', { type: text('type') === 'mutex' ? 'spinlock' : 'mutex' }),
        put('not released', { released: false, heldOnExit: true }),
      ];
    case 'capability':
      return [
        ['left out', null],
        put('another capability', { name: 'CAP_SYS_RESOURCE' }),
        put('another errno without it', { without: text('without').replace('EPERM', 'EINVAL') }),
      ];
    case 'constraint':
      return [put('expression turned round', { expression: turnedExpression(text('expression')) })];
    default:
      return [];
  }
}

/** Makes every mutant of a specification. Counts are kept right, so that no count gives one away. */
export function mutants(call: Specification): Mutant[] {
  return [...wholeMutants(call), ...partMutants(call), ...countMutants(call)];
}

function partMutants(call: Specification): Mutant[] {
  return PARTS.filter(({ kind }) => kind !== 'judged').flatMap((table) => {
    const { kind, list } = table;
    const all = partsOf(call, table);
    return all.flatMap((part) =>
      changesOf(kind, valuesOf(part), call).map(([how, changed]): Mutant => {
        const parts = all.flatMap((one): unknown[] => (one !== part ? [one] : changed === null ? [] : [changed]));
        const next = {
          ...call,
          [list]: kind === 'return' ? (parts[0] ?? null) : parts,
        } as unknown as Specification;
        return { clause: part.id, kind, how, call: recounted(next) };
      }),
    );
  });
}

function recounted(call: Specification): Specification {
  const counts = call.counts.map((count) => {
    return { ...count, value: partsOf(call, tableOf(count.of)).length };
  });
  return { ...call, counts };
}

function countMutants(call: Specification): Mutant[] {
  return call.counts.map((count) => ({
    clause: count.id,
    kind: 'count',
    how: 'one more',
    call: { ...call, counts: call.counts.map((one) => (one === count ? { ...one, value: one.value + 1 } : one)) },
  }));
}

/** The call's own fields: sentences turned round, another context, another version, an example that fails. */
function wholeMutants(call: Specification): Mutant[] {
  const found: Mutant[] = [];
  const add = (clause: string, kind: string, how: string, changed: Partial<Specification>): void => {
    found.push({ clause: `${call.name}.${clause}`, kind, how, call: { ...call, ...changed } });
  };
  const description = turned(call.description);
  if (description !== null) add('description', 'description', 'turned round', { description });
  add('context', 'context', 'atomic', { contexts: ['atomic'] });
  add('since', 'since', 'another version', { since: '5.99' });
  for (const field of ['longDescription', 'notes'] as const) {
    const kind = field === 'notes' ? 'notes' : 'long-desc';
    const all = sentences(call[field]);
    all.forEach((sentence, i) => {
      const to = turned(sentence);
      if (to === null) add(`${kind}.${i}`, kind, 'no phrase that can be turned round', {});
      else add(`${kind}.${i}`, kind, 'turned round', { [field]: all.map((one, k) => (k === i ? to : one)).join(' ') });
    });
  }
  const lines = call.examples.split('\n');
  lines.forEach((line, i) => {
    const wrong = line.replace(/\(([^()]*)\)/, (_, inside: string) => `(${wrongArguments(call.name, inside)})`);
    if (wrong !== line)
      add(`examples.${i}`, 'examples', 'called with what fails', {
        examples: lines.map((one, k) => (k === i ? wrong : one)).join('\n'),
      });
  });
  return found;
}

function wrongArguments(name: string, inside: string): string {
  if (name === 'mlockall') return '0';
  const parts = inside.split(',');
  return parts.length > 1 ? [parts[0], ' 64 * PAGE_SIZE', ...parts.slice(2)].join(',') : inside;
}
