// Ties each clause of a specification to what can be seen: by its kind and its data.
import { clauses, type Clause } from '../clauses';
import { partsOf, tableOf } from '../fields';
import type {
  Capability,
  Constraint,
  Failure,
  Lock,
  Parameter,
  Returns,
  SideEffect,
  Signal,
  Specification,
  StateTransition,
} from '../model';
import { bindConstraint, bindParameter, bindReturn } from './arguments';
import { bindCapability } from './capability';
import { answer, claim, type Binding, type Claim } from './claim';
import { conditionOf } from './condition';
import { bindError } from './errors';
import { bindExpression } from './expression';
import { onlyUnder } from './converse';
import { sentenceClaims } from './sentences';
import { transitionClaims } from './states';
import { bindContext, bindLock, bindRestartable, bindSignal } from './surroundings';

/** A clause and how it is tied. */
export interface Bound {
  readonly clause: Clause;
  readonly binding: Binding;
}

/** Ties all clauses of a specification, in their order. */
export function bind(call: Specification): readonly Bound[] {
  return clauses(call).map((clause) => ({ clause, binding: bindingOf(clause, call) }));
}

const bound = (claims: readonly Claim[]): Binding =>
  claims.length > 0 ? { kind: 'bound', claims } : { kind: 'prose' };

const OTHER_KERNEL: Binding = {
  kind: 'unobservable',
  reason: 'one kernel is simulated, 6.18: no run shows what an older one had',
};

function bindingOf(clause: Clause, call: Specification): Binding {
  const { kind, part } = clause;
  switch (kind) {
    case 'error':
      return bindError(part as Failure, call);
    case 'param':
      return bindParameter(part as Parameter, call);
    case 'param.constraint':
      return bindConstraint(part as Parameter, call);
    case 'return':
      return bindReturn(part as Returns, call);
    case 'signal':
      return bindSignal(part as Signal, call);
    case 'signal.restartable':
      return bindRestartable(part as Signal, call);
    case 'side-effect':
      return bindEffect(part as SideEffect, call);
    case 'state-trans':
      return bound(transitionClaims(call.name, part as StateTransition));
    case 'lock':
      return bindLock(part as Lock, call);
    case 'capability':
      return bindCapability(part as Capability, call);
    case 'constraint':
      return bindExpression(part as Constraint, call);
    case 'context':
      return bindContext(call);
    case 'count':
      return bindCount(clause, call);
    case 'since':
      return OTHER_KERNEL;
    case 'examples':
      return bound(exampleClaims(clause, call.name));
    default:
      return bindSentence(clause, call.name);
  }
}

function bindSentence({ text }: Clause, name: string): Binding {
  const claims = sentenceClaims(name, text);
  if (claims.length === 0 && /\bsince \d/.test(text)) {
    return OTHER_KERNEL;
  }
  return bound(claims);
}

function bindEffect({ target, description, condition }: SideEffect, call: Specification): Binding {
  const when = conditionOf(condition);
  const claims = sentenceClaims(call.name, `${target}: ${description}`, when);
  return bound(condition === '' || when.partial ? claims : [...claims, ...onlyUnder(call.name, when, claims)]);
}

function bindCount({ id }: Clause, call: Specification): Binding {
  const count = call.counts.find((one) => one.id === id)!;
  const there = partsOf(call, tableOf(count.of)).length;
  const note = `${there} ${there === 1 ? 'is' : 'are'} there`;
  return { kind: 'settled', holds: there === count.value, note };
}

/** The scenario that an example line becomes is named by the id of its clause. */
function exampleClaims({ id }: Clause, name: string): Claim[] {
  const look: Claim['look'] = (seen) =>
    seen.scenario === id && seen.name === name ? answer(!seen.failed, `it gives ${seen.errno}`) : null;
  return [claim('the example succeeds', look, [], true)];
}
