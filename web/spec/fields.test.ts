// The tables have the fields of the model, no more and no fewer: the model is made by them.
import { expect, test } from 'vitest';
import { CALL_FIELDS, PARTS, type PartTable } from './fields';
import type * as model from './model';

/** The own fields of a part; one that is missing here or too much does not compile. */
type Names<T extends model.Part> = Readonly<Record<Exclude<keyof T, keyof model.Part>, 0>>;

const param: Names<model.Parameter> = {
  name: 0, typeName: 0, type: 0, flags: 0, description: 0, constraint: 0, min: 0, max: 0, mask: 0, values: 0,
  alignment: 0, size: 0, rule: 0,
}; // prettier-ignore
const returns: Names<model.Returns> = {
  typeName: 0, type: 0, check: 0, success: 0, min: 0, max: 0, description: 0,
}; // prettier-ignore
const signal: Names<model.Signal> = {
  number: 0, name: 0, direction: 0, action: 0, target: 0, condition: 0, description: 0, timing: 0, priority: 0,
  restartable: 0, interruptible: 0, errno: 0, queue: 0, transform: 0, saFlagsRequired: 0, saFlagsForbidden: 0,
  stateRequired: 0, stateForbidden: 0,
}; // prettier-ignore
const error: Names<model.Failure> = { name: 0, code: 0, condition: 0, description: 0 };
const effect: Names<model.SideEffect> = { types: 0, target: 0, condition: 0, description: 0, reversible: 0 };
const transition: Names<model.StateTransition> = { object: 0, from: 0, to: 0, condition: 0, description: 0 };
const lock: Names<model.Lock> = {
  name: 0, type: 0, acquired: 0, released: 0, heldOnEntry: 0, heldOnExit: 0, scope: 0, description: 0,
}; // prettier-ignore
const capability: Names<model.Capability> = {
  name: 0, title: 0, action: 0, allows: 0, without: 0, condition: 0, priority: 0,
}; // prettier-ignore
const constraint: Names<model.Constraint> = { name: 0, description: 0, expression: 0 };
const judged: Names<model.Judged> = { clause: 0, text: 0 };
const NAMES: Readonly<Record<PartTable['kind'], object>> = {
  param, return: returns, error, signal, 'side-effect': effect, 'state-trans': transition, lock, capability,
  constraint, judged,
}; // prettier-ignore

test.each(PARTS.map((table) => [table.kind, table] as const))('%s', (kind, { fields, args }) => {
  const names = fields.map(({ name }) => name);
  expect([...names].sort()).toEqual(Object.keys(NAMES[kind]).sort());
  expect(args.filter((name) => !names.includes(name))).toEqual([]);
});

/** What a reader makes itself. */
type Made = 'name' | 'symbol' | 'form' | 'place' | 'places' | 'counts' | 'repeats';
const call: Readonly<Record<Exclude<keyof model.Specification, Made | PartTable['list']>, 0>> = {
  description: 0, longDescription: 0, contexts: 0, since: 0, examples: 0, notes: 0,
}; // prettier-ignore

test('the call', () => {
  expect(CALL_FIELDS.map(({ name }) => name)).toEqual(Object.keys(call));
});
