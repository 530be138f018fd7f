// Finds what a specification contradicts in itself, without running anything.
import * as errnos from '../../assembly/abi/errno';
import { clauses } from './clauses';
import { short } from './draft';
import {
  BOUNDS,
  CALL_FIELDS,
  PARTS,
  partsOf,
  tableOf,
  valuesOf,
  type Field,
  type PartTable,
  type Values,
} from './fields';
import type { Finding, Part, Place, Specification } from './model';
import { ENUMERATIONS, isKnown, longName } from './tokens';

type Say = (severity: Finding['severity'], code: string, clause: string, field: string, message: string) => void;

/** Lists what is wrong with a specification, in the order of its text. */
export function lint(call: Specification): Finding[] {
  const found: Finding[] = [];
  const parts = new Map(
    [...call.counts, ...allParts(call).map(({ part }) => part)].map(({ id, place }) => [id, place]),
  );
  const say: Say = (severity, code, clause, field, message) => {
    const place = call.places[`${clause} ${field}`] ?? parts.get(clause) ?? call.place;
    found.push({ severity, code, clause, place, message });
  };
  counts(call, say);
  repeats(call, found);
  for (const { part, table } of allParts(call)) tokens(part.id, valuesOf(part), table.fields, say);
  tokens(call.name, valuesOf(call), CALL_FIELDS, say);
  call.parameters.forEach((one) => parameter(one, say));
  types(call, say);
  errors(call, say);
  signals(call, say);
  duplicates(call, say);
  prose(call, say);
  return found.sort(({ place: a }, { place: b }) => compare(a, b));
}

const compare = (a: Place, b: Place): number => a.line - b.line || a.column - b.column;

function allParts(call: Specification): { part: Part; table: PartTable }[] {
  return PARTS.flatMap((table) => partsOf(call, table).map((part) => ({ part, table })));
}

function counts(call: Specification, say: Say): void {
  for (const { id, of, value } of call.counts) {
    const there = partsOf(call, tableOf(of)).length;
    if (there === value) continue;
    const message = `${value} × ${of} is declared, ${there} ${there === 1 ? 'is' : 'are'} there. Write ${there}.`;
    say('error', 'count-disagrees', id, '', message);
  }
}

function repeats(call: Specification, found: Finding[]): void {
  for (const { id, field, lost, kept, place } of call.repeats) {
    const isIndex = field === 'index';
    const message = isIndex
      ? `Index ${short(lost)} is used twice: in C the second part replaces the first. Number them one after the other.`
      : `${field} is given twice: "${short(kept)}" replaces "${short(lost)}". Join them into one.`;
    const same = !isIndex && lost === kept;
    found.push({ severity: same ? 'hint' : 'warning', code: 'overwritten', clause: id, place, message });
  }
}

function tokens(id: string, values: Values, fields: readonly Field[], say: Say): void {
  for (const { name, of } of fields) {
    if (!of) continue;
    const given = [values[name] as string | readonly string[]].flat().filter((token) => token !== '');
    const { prefix, tokens: all } = ENUMERATIONS[of];
    for (const token of given.filter((one) => !isKnown(of, one))) {
      const message = `${short(longName(of, token))} is none of ${prefix}*. Write one of ${all.join(', ')}.`;
      say('warning', 'unknown-enum', id, name, message);
    }
    if (of === 'flag' && given.includes('inout')) {
      const message =
        'KAPI_PARAM_INOUT is masked: RFC v2 defines a macro of this name over the enum, with other bits. Write KAPI_PARAM_IN | KAPI_PARAM_OUT.';
      say('hint', 'masked-enum', id, name, message);
    }
  }
}

function parameter(one: Specification['parameters'][number], say: Say): void {
  for (const [kind, fields] of BOUNDS) {
    const given = fields.filter((field) => one[field] !== '');
    if (one.constraint === kind && given.length < fields.length) {
      const missing = fields.filter((field) => one[field] === '').join(' and ');
      say(
        'error',
        'empty-constraint',
        one.id,
        'constraint',
        `The ${kind} has no ${missing}. Write it, or take ${kind} out.`,
      );
    } else if (one.constraint !== kind && given.length > 0) {
      const message = `${given.join(' and ')} ${given.length === 1 ? 'is' : 'are'} given, but the constraint is ${one.constraint || 'not declared'}: nothing checks it. Declare ${kind}.`;
      say('warning', 'unused-constraint', one.id, given[0]!, message);
    }
  }
}

function types(call: Specification, say: Say): void {
  for (const one of [...call.parameters, ...(call.returns ? [call.returns] : [])]) {
    const fits = classesOf(one.typeName);
    if (one.type === '' || fits === null) continue;
    if (!fits.includes(one.type)) {
      say(
        'warning',
        'types-disagree',
        one.id,
        'type',
        `The C type is ${short(one.typeName)}, the kind is ${one.type}. Write ${fits[0]!}.`,
      );
    } else if (one.type === 'int' && /\blong\b/.test(one.typeName)) {
      const message = `The C type is ${one.typeName}, the kind is int, which has no width: a checker that takes it for 32 bits is wrong.`;
      say('hint', 'types-disagree', one.id, 'type', message);
    }
  }
  const { returns } = call;
  if (returns?.check === 'error_check' && returns.success !== '') {
    const message =
      'An error_check compares with the listed errors and never looks at the success value. Write KAPI_RETURN_EXACT.';
    say('hint', 'unused-success', returns.id, 'success', message);
  }
}

/** The kinds that a C type may have, the usual one first; null where the type says nothing. */
function classesOf(typeName: string): readonly string[] | null {
  if (typeName.includes('*')) return ['ptr', 'user_ptr', 'path', 'struct', 'array', 'func_ptr', 'custom'];
  if (/^(?:const )?(?:unsigned\b.*|size_t|u(?:8|16|32|64)|umode_t)$/.test(typeName))
    return ['uint', 'fd', 'enum', 'custom'];
  if (/^(?:const )?(?:signed )?(?:int|long|long long|short|ssize_t|s(?:8|16|32|64)|pid_t|off_t)$/.test(typeName)) {
    return ['int', 'fd', 'enum', 'custom'];
  }
  return null;
}

const ERRNOS = new Map(Object.entries(errnos as Record<string, unknown>).filter(([name]) => /^E[A-Z]/.test(name)));

function errors(call: Specification, say: Say): void {
  for (const { id, name, code } of call.errors) {
    if (name !== '' && !/^E[A-Z0-9]+$/.test(name)) {
      say('warning', 'no-errno', id, 'name', `"${short(name)}" is no errno. Write a name such as EINVAL.`);
    }
    if (code === '') continue;
    const word = code.replace(/[\s()]/g, '');
    const bare = word.replace(/^-/, '');
    const number = /^\d+$/.test(bare) ? Number(bare) : null;
    const own = ERRNOS.get(name);
    const disagrees = number === null ? bare !== name : own !== undefined && own !== number;
    if (disagrees) {
      const message = `The number is ${short(code)}, the name is ${short(name)}. Write -${short(name)}.`;
      say('error', 'errno-disagrees', id, 'code', message);
    } else if (!word.startsWith('-')) {
      say('warning', 'errno-sign', id, 'code', `The kernel returns errors below 0. Write -${short(bare)}.`);
    }
  }
}

function signals(call: Specification, say: Say): void {
  for (const { id, restartable, action, errno } of call.signals) {
    if (!restartable || (action !== 'return' && action !== 'terminate')) continue;
    if (action === 'return' && /ERESTART/.test(errno)) continue;
    const message = `The action is ${action}, and the call is restartable: one excludes the other unless a restart code is returned. Take one out.`;
    say('warning', 'restartable-return', id, 'restartable', message);
  }
}

/** What makes two parts of a kind the same claim. */
const SAME: Readonly<Partial<Record<PartTable['kind'], readonly string[]>>> = {
  param: ['name'],
  error: ['name', 'condition'],
  signal: ['name', 'direction', 'condition'],
  'side-effect': ['target', 'description', 'condition'],
  'state-trans': ['object', 'from', 'to', 'condition'],
  lock: ['name', 'description'],
  capability: ['name', 'condition'],
  constraint: ['name'],
};

function duplicates(call: Specification, say: Say): void {
  const seen = new Map<string, string>();
  for (const { part, table } of allParts(call)) {
    const fields = SAME[table.kind];
    if (!fields) continue;
    const values = valuesOf(part);
    const key = JSON.stringify([table.kind, ...fields.map((name) => String(values[name]).toLowerCase().trim())]);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, part.id);
    else
      say('warning', 'duplicate', part.id, '', `This says the same as ${first}. Take one out, or say how they differ.`);
  }
}

const RULE =
  /\b(?:round(?:ed|s)|align(?:ed|ment)|multiple of|at (?:least|most)|must|maximum|minimum|non-?zero|power of two|only if|and\/or)\b/i;

/** The kinds of clauses whose limits, capabilities and errnos the caller has to keep. */
const TOLD: readonly string[] = ['param', 'param.constraint', 'error', 'signal'];

/** Rules that no machine can check, because they stand in a sentence alone. */
function prose(call: Specification, say: Say): void {
  for (const { id, constraint, rule, description, name } of call.parameters) {
    const field = RULE.test(rule)
      ? 'rule'
      : RULE.test(description) && ['', 'none'].includes(constraint)
        ? 'description'
        : null;
    if (field === null || constraint === 'custom') continue;
    const expressed = call.constraints.some(({ expression }) =>
      new RegExp(`\\b${name.replace(/\W/g, '')}\\b`).test(expression),
    );
    const said = short(field === 'rule' ? rule : description);
    const message = `"${said}" stands only in words; ${constraint === '' ? 'no constraint' : constraint} does not say it. Write a KAPI_CONSTRAINT with an expression.`;
    if (!expressed) say('warning', 'prose-only', id, field, message);
  }
  const expressions = call.constraints.map(({ expression }) => expression).join(' ');
  const capabilities = call.capabilities.map(({ name }) => name);
  const errnames = call.errors.map(({ name }) => name);
  const said = new Set<string>();
  for (const { id, kind, text } of clauses(call)) {
    if (!TOLD.includes(kind)) continue;
    for (const [word] of text.matchAll(/\b(?:RLIMIT|CAP)_[A-Z_]+\b|(?<=-)E[A-Z]{3,}\b/g)) {
      if (said.has(word)) continue;
      said.add(word);
      if (word.startsWith('RLIMIT_') && !expressions.includes(word)) {
        say(
          'warning',
          'limit-in-prose',
          id,
          '',
          `${word} is named here, and no constraint has it. Write a KAPI_CONSTRAINT with an expression.`,
        );
      } else if (word.startsWith('CAP_') && !capabilities.includes(word)) {
        say(
          'warning',
          'capability-in-prose',
          id,
          '',
          `${word} is named here, and no capability is declared. Write KAPI_CAPABILITY.`,
        );
      } else if (/^E[A-Z]/.test(word) && !errnames.includes(word)) {
        say(
          'warning',
          'errno-in-prose',
          id,
          '',
          `${word} is named here, and is not among the errors. Write KAPI_ERROR.`,
        );
      }
    }
  }
}
