// Errors: the condition of an error clause as a set of the kernel's checks, and what its description says of the state.
import * as ev from '../../../assembly/abi/event';
import { SIGKILL } from '../../../assembly/abi/errno';
import type { Failure, Specification } from '../model';
import { causesOf, describes, type Cause } from './causes';
import { answer, claim, each, no, YES, type Answer, type Binding, type Claim } from './claim';
import type { Observation } from './observation';
import { denial, isLockable, isLocked, isSecret, sortOf, type Piece } from './pieces';

/** Ties an error clause to what can be seen. */
export function bindError(one: Failure, call: Specification): Binding {
  const causes = causesOf(one);
  if (causes.length === 0) return { kind: 'prose' };
  if (causes.some(({ name }) => name === 'no-memory')) {
    return { kind: 'unobservable', reason: 'the simulated machine has memory for every page: it has no memory cgroup' };
  }
  const others = call.errors.filter((other) => other !== one);
  const cause = causes[0]!;
  const main = claim(`${one.name}: ${cause.says}`, (seen) => {
    if (seen.name !== call.name) return null;
    if (cause.is(seen)) {
      if (seen.errno === one.name) return YES;
      return others.some((other) => describes(other, seen)) ? null : no(`the call gives ${seen.errno}`);
    }
    // "Interrupted by a signal": by which?
    if (cause.name === 'killed' && seen.pending !== 0 && seen.pending !== SIGKILL) {
      return /fatal|kill/i.test(`${one.condition} ${one.description}`)
        ? null
        : answer(seen.failed, 'a signal that does not kill');
    }
    if (cause.applies?.(seen) !== true) return null;
    // Another check came first.
    if (seen.failed) return null;
    return no(`the call gives ${seen.call.result}`);
  });
  const state = stateClaims(one, call, cause);
  const literal = literalClaims(one, call.name);
  return { kind: 'bound', claims: [main, ...literal, ...state] };
}

/** "start+len was less than start": the comparison as the text writes it, against the one that is made. */
function literalClaims(one: Failure, name: string): Claim[] {
  if (!/start\s*\+\s*len was less than start/.test(one.description.toLowerCase())) return [];
  return [
    claim('the sum is compared as it was given', (seen) => {
      if (seen.name !== name) return null;
      const [start, len] = [seen.args[0] ?? 0n, seen.args[1] ?? 0n];
      if (BigInt.asUintN(64, start + len) >= start) return null;
      return answer(seen.errno === one.name, 'a sum that overflows, but not after rounding');
    }),
  ];
}

const isUnchanged = (seen: Observation): boolean =>
  seen.delta('locked_vm') === 0 &&
  seen.delta('map_count') === 0 &&
  seen.before.counters.def_flags === seen.after.counters.def_flags &&
  seen.pieces.every((piece) => same(piece));

const same = ({ was, is, pageWas, pageIs }: Piece): boolean =>
  was?.vm_flags === is?.vm_flags && pageWas.resident === pageIs.resident && pageWas.mlocked === pageIs.mlocked;

interface StatePhrase {
  readonly pattern: RegExp;
  readonly look: (found: RegExpExecArray, seen: Observation) => Answer | null;
}

/** The lock flags that a call gives: VM_LOCKED or none. */
const goalOf = (seen: Observation): boolean => !/^munlock/.test(seen.name);

const STATE_PHRASES: readonly StatePhrase[] = [
  {
    pattern: /(nothing|something) is changed/,
    look: ([, what], seen) => answer(isUnchanged(seen) === (what === 'nothing'), 'state changed'),
  },
  {
    pattern: /what lies below the first hole is (not )?(?:unlocked|marked)/,
    look: ([, not], seen) =>
      each(
        seen.touched.filter(({ was }) => isLockable(was)),
        ({ is }) => isLocked(is) === (goalOf(seen) === (not === undefined)),
        sortOf,
      ),
  },
  {
    pattern: /(nothing|all) above it is touched/,
    look: ([, what], seen) =>
      each(
        seen.inRange.filter(({ start, was }) => start >= seen.reached && was !== null),
        (piece) => same(piece) === (what === 'nothing'),
        sortOf,
      ),
  },
  {
    pattern: /but (no|every) page is brought in/,
    look: ([, what], seen) =>
      each(
        seen.touched.filter(({ pageWas }) => !pageWas.resident),
        ({ pageIs }) => pageIs.resident === (what === 'every'),
        sortOf,
      ),
  },
  {
    pattern: /the vma (stays locked|is unlocked|itself does not get locked|itself gets locked)/,
    look: ([, what], seen) => {
      const vma = seen.pieces.filter(
        ({ start, end }) => start >= seen.reached && start < seen.range.end && end > start,
      );
      const locked = what === 'stays locked' || what === 'itself gets locked';
      return each(vma.slice(0, 1), ({ is }) => isLocked(is) === locked, sortOf);
    },
  },
  {
    pattern: /the whole range is (not )?locked and counted/,
    look: ([, not], seen) =>
      each(
        seen.inRange.filter(({ was }) => isLockable(was)),
        ({ is }) => isLocked(is) === (not === undefined),
        sortOf,
      ),
  },
  {
    pattern: /pages before the failing one are (resident|absent)/,
    look: ([, what], seen) =>
      each(
        seen.inRange.filter(
          (piece) => seen.stopped !== null && piece.end <= seen.stopped && isLockable(piece.is) && denial(piece) === '',
        ),
        ({ pageIs }) => pageIs.resident === (what === 'resident'),
        sortOf,
      ),
  },
  {
    pattern: /asked (before|after) all else/,
    look: ([, order], seen) => {
      const first = seen.events.find(({ kind }) => kind === ev.EV_CHECK);
      return first
        ? answer((first.status === ev.CHECK_FAILED) === (order === 'before'), 'another check comes first')
        : null;
    },
  },
  {
    pattern: /vmas below stay (locked|unlocked)/,
    look: ([, what], seen) =>
      each(
        seen.touched.filter(({ was }) => isLockable(was)),
        ({ is }) => isLocked(is) === (what === 'locked'),
        sortOf,
      ),
  },
  {
    pattern: /vmas before it in the range are (done|not done)/,
    look: ([, what], seen) =>
      each(
        seen.inRange.filter(
          ({ start, was, pageWas }) => start < (seen.reason?.numbers.d ?? 0n) && !isSecret(was) && pageWas.resident,
        ),
        ({ pageIs }) => pageIs.resident === (what === 'not done'),
        sortOf,
      ),
  },
];

function stateClaims(one: Failure, call: Specification, cause: Cause): Claim[] {
  const text = one.description.toLowerCase();
  return STATE_PHRASES.flatMap(({ pattern, look }) => {
    const found = pattern.exec(text);
    if (!found) return [];
    const isCase = (seen: Observation): boolean => seen.name === call.name && seen.errno === one.name && cause.is(seen);
    return [claim(found[0], (seen) => (isCase(seen) ? look(found, seen) : null))];
  });
}

const PARTIAL =
  /already|stays? (?:so|locked|unlocked)|may remain|is marked|locked and counted|before the failing one|changed|are done|partial/;

/** Whether the text of an error says that something stays changed. */
export function ownsUpToPartial({ description }: Failure): boolean {
  return PARTIAL.test(description.toLowerCase()) && !/nothing is changed/i.test(description);
}
