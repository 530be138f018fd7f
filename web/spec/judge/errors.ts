// Errors: the condition of an error clause as a set of the kernel's checks, and what its description says of the state.
import * as ev from '../../../assembly/abi/event';
import { EINTR, SIGKILL } from '../../../assembly/abi/errno';
import { MCL_CURRENT } from '../../../assembly/abi/mman';
import type { Failure, Specification } from '../model';
import { answer, claim, each, no, YES, type Answer, type Binding, type Claim } from './claim';
import type { Observation } from './observation';
import { denial, isLockable, isLocked, isSecret, sortOf, type Piece } from './pieces';

/** A way to fail that a text can describe. */
export interface Cause {
  readonly name: string;
  /** In words, for "omits". */
  readonly says: string;
  readonly pattern: RegExp;
  /** A failing check is this one. */
  readonly is: (seen: Observation) => boolean;
  /** It applied, whatever the call answered; null where that cannot be told without the answer. */
  readonly applies: ((seen: Observation) => boolean) | null;
}

const why =
  (number: number) =>
  (seen: Observation): boolean =>
    seen.reason?.why === number;
const killed = (seen: Observation): boolean => Number(seen.reason?.numbers.d ?? 0n) === ev.CAUSE_KILLED;
/** Populate met a pending SIGKILL, whatever the call made of it. */
export const wasKilledInPopulate = (seen: Observation): boolean =>
  seen.events.some(
    ({ kind, status, d }) => kind === ev.EV_POPULATE && status === ev.POPULATE_STOPPED && d === BigInt(EINTR),
  );

const madvise = (seen: Observation): boolean => seen.name === 'madvise';

/** What each cause is. The first whose pattern is found in the text of a clause wins; "; " may part several. */
export const CAUSES: readonly Cause[] = [
  {
    name: 'killed-populate',
    says: 'killed while pages are brought in',
    pattern: /killed while pages are brought in/,
    is: (seen) => why(ev.WHY_POPULATE)(seen) && killed(seen),
    applies: (seen) => wasKilledInPopulate(seen),
  },
  {
    name: 'killed',
    says: 'a fatal signal while waiting for mmap_lock',
    pattern: /killed while waiting|waiting for mmap_lock|interrupted by (?:a )?signal|mmap_write_lock_killable/,
    is: why(ev.WHY_KILLABLE),
    applies: (seen) => seen.pending === SIGKILL && seen.contended,
  },
  {
    name: 'map-count',
    says: 'a VMA would have to be split at max_map_count',
    pattern: /split at max_map_count|max_map_count|number of mappings|too many (?:vmas|mappings)/,
    is: why(ev.WHY_MAP_COUNT),
    applies: (seen) =>
      seen.events.some(
        ({ kind, status, a }) => kind === ev.EV_CHECK && status === ev.CHECK_FAILED && Number(a) === ev.WHY_MAP_COUNT,
      ),
  },
  {
    name: 'hole',
    says: 'a part of the range is not mapped',
    pattern: /not mapped|unmapped|does not correspond to mapped pages|no mapping/,
    is: (seen) => why(ev.WHY_VMA_AT)(seen),
    applies: (seen) => !isEmpty(seen) && seen.range.end > seen.range.start && hasHole(seen),
  },
  {
    name: 'total-vm',
    says: 'total_vm is above the limit',
    pattern: /total(?:_vm| vm(?: size)?)[^.]*?(?:exceeds?|above)|total vm size/,
    is: why(ev.WHY_TOTAL_VM_FITS),
    applies: (seen) =>
      seen.name === 'mlockall' &&
      (seen.flags & MCL_CURRENT) !== 0 &&
      !seen.capable &&
      BigInt(seen.before.counters.total_vm) > seen.limit >> 12n,
  },
  {
    name: 'may-lock',
    says: 'RLIMIT_MEMLOCK is 0 without CAP_IPC_LOCK',
    pattern: /rlimit_memlock is 0|insufficient privileges|not privileged/,
    is: why(ev.WHY_MAY_LOCK),
    applies: (seen) => seen.limit === 0n && !seen.capable,
  },
  {
    name: 'limit',
    says: 'the limit would be exceeded',
    pattern: /limit would be exceeded|exceeds? (?:the )?(?:limit|rlimit_memlock)|more than rlimit_memlock/,
    is: why(ev.WHY_FITS_LIMIT),
    applies: null,
  },
  {
    name: 'wrap',
    says: 'the rounded range wraps',
    pattern: /wraps|overflow|less than start|the end[^.]*below the start/,
    is: why(ev.WHY_NO_WRAP),
    applies: (seen) => seen.range.end < seen.range.start,
  },
  {
    name: 'flags',
    says: 'flags are not valid',
    pattern: /invalid (?:flags|combination)|unknown bit|a bit of flags|no flags set|flags is 0/,
    is: why(ev.WHY_FLAGS),
    applies: null,
  },
  {
    name: 'locked-advice',
    says: 'the advice would take pages of locked memory',
    pattern: /advice would take its pages/,
    is: why(ev.WHY_ADVICE_VMA),
    applies: null,
  },
  {
    name: 'arguments',
    says: 'an argument is no good',
    pattern: /is no good|not aligned/,
    is: (seen) => [ev.WHY_ADVICE, ev.WHY_ALIGNED, ev.WHY_LEN, ev.WHY_NO_WRAP].includes(seen.reason?.why ?? 0),
    applies: null,
  },
  {
    name: 'no-memory',
    says: 'no memory for a page',
    pattern: /there is (?:no|enough) memory for a page/,
    is: () => false,
    applies: null,
  },
  {
    name: 'populate',
    says: 'a page cannot be faulted in',
    pattern: /cannot be (?:faulted|brought) in|could not be locked|a page that cannot be had|cannot be reached/,
    is: (seen) => (why(ev.WHY_POPULATE)(seen) || (madvise(seen) && seen.errno === 'EFAULT')) && !killed(seen),
    applies: (seen) => seen.stopped !== null && !wasKilledInPopulate(seen),
  },
];

const isEmpty = (seen: Observation): boolean => seen.range.end === seen.range.start;

function hasHole(seen: Observation): boolean {
  const { start, end } = seen.range;
  let at = start;
  for (const { vm_start, vm_end } of seen.before.vmas) {
    if (vm_end <= at) continue;
    if (vm_start > at || at >= end) break;
    at = vm_end;
  }
  return at < end;
}

/** Which causes an error clause describes. The condition decides; the description only where that says nothing. */
export function causesOf({ condition, description }: Failure): readonly Cause[] {
  for (const text of [condition, description]) {
    const lower = text.toLowerCase();
    const found = CAUSES.find(({ pattern }) => pattern.test(lower));
    if (found) return [found];
  }
  return [];
}

/** The cause of a failed step, or null. */
export function causeSeen(seen: Observation): Cause | null {
  return seen.failed ? (CAUSES.find((cause) => cause.is(seen)) ?? null) : null;
}

/** Whether a clause speaks of what a failed step gave. */
export function describes(one: Failure, seen: Observation): boolean {
  return one.name === seen.errno && causesOf(one).some((cause) => cause.is(seen));
}

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
