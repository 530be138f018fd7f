// The ways to fail that texts describe: a pattern for the words, and the kernel's check that fails.
import { EINTR, SIGKILL } from '../../../assembly/abi/errno';
import * as ev from '../../../assembly/abi/event';
import { MCL_CURRENT } from '../../../assembly/abi/mman';
import type { Failure } from '../model';
import type { Observation } from './observation';

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
