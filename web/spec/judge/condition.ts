// The conditions of clauses ("MCL_CURRENT without MCL_ONFAULT", "VM_LOCKED was newly set") as questions to a step and to
// a piece of its range.
import * as mman from '../../../assembly/abi/mman';
import { WHY_POPULATE } from '../../../assembly/abi/event';
import { wasKilledInPopulate } from './causes';
import type { Observation } from './observation';
import { denial, isLockable, isLocked, isOnFault, isSecret, type Piece } from './pieces';

/** A condition that was understood. */
export interface Condition {
  readonly step: (seen: Observation) => boolean;
  readonly piece: (piece: Piece, seen: Observation) => boolean;
  /** The text says more than was understood. */
  readonly partial: boolean;
}

const { MCL_CURRENT, MCL_FUTURE, MCL_ONFAULT, MLOCK_ONFAULT } = mman;
const constants: Readonly<Record<string, unknown>> = mman;

type StepTest = (seen: Observation) => boolean;
type PieceTest = (piece: Piece, seen: Observation) => boolean;
interface Word {
  readonly pattern: RegExp;
  readonly step?: StepTest;
  readonly piece?: PieceTest;
}

const flag =
  (bit: number): StepTest =>
  (seen) =>
    (seen.flags & bit) !== 0;
const not =
  (test: StepTest): StepTest =>
  (seen) =>
    !test(seen);

/** The call set VM_LOCKED of what stays mapped. */
export const newlyLocked = ({ was, is }: Piece): boolean => is !== null && !isLocked(was) && isLocked(is);
/** The call cleared VM_LOCKED of what stays mapped. */
export const newlyUnlocked = ({ was, is }: Piece): boolean => is !== null && isLocked(was) && !isLocked(is);
const newlyMarked = ({ pageWas, pageIs }: Piece): boolean => pageWas.resident && !pageWas.mlocked && pageIs.mlocked;
const newlyUnmarked = ({ pageWas, pageIs }: Piece): boolean => pageWas.mlocked && pageIs.resident && !pageIs.mlocked;

/** Whether the marking came to its end, so that populate began. */
export const isMarked = ({ failed, reason }: Observation): boolean => !failed || reason?.why === WHY_POPULATE;

/** Whether populate could come to a piece: nothing before it in its VMA, or in the range of mlock(), stops it. */
export function isReachable(piece: Piece, seen: Observation): boolean {
  if (denial(piece) !== '' || !seen.touched.includes(piece) || wasKilledInPopulate(seen)) return false;
  const isWhole = seen.name === 'mlockall';
  return !seen.touched.some(
    (other) => other.start < piece.start && denial(other) !== '' && (!isWhole || other.is?.id === piece.is?.id),
  );
}

/** Advice that only marks a VMA. */
export const MARKS: readonly number[] = [
  mman.MADV_NORMAL,
  mman.MADV_RANDOM,
  mman.MADV_SEQUENTIAL,
  mman.MADV_DONTFORK,
  mman.MADV_DOFORK,
  mman.MADV_DONTDUMP,
  mman.MADV_DODUMP,
];

// The first pattern that is found takes its words out of the text, so that "without MCL_ONFAULT" is not read as
// "MCL_ONFAULT" afterwards.
const WORDS: readonly Word[] = [
  {
    pattern: /after mcl_future/,
    step: (seen) => seen.before.counters.def_flags !== 0,
  },
  { pattern: /(?:without|no|not) mcl_onfault/, step: not(flag(MCL_ONFAULT)) },
  { pattern: /(?:without|no|not) mcl_future/, step: not(flag(MCL_FUTURE)) },
  { pattern: /(?:without|no|not) mcl_current/, step: not(flag(MCL_CURRENT)) },
  { pattern: /mcl_current(?: flag)?(?: is)?(?: set)?/, step: flag(MCL_CURRENT) },
  { pattern: /mcl_future(?: flag)?(?: is)?(?: set)?/, step: flag(MCL_FUTURE) },
  { pattern: /mcl_onfault(?: flag)?(?: is)?(?: set)?/, step: flag(MCL_ONFAULT) },
  { pattern: /(?:without|no|not) mlock_onfault/, step: not(flag(MLOCK_ONFAULT)) },
  { pattern: /flags is (?:not mlock_onfault|0)/, step: not(flag(MLOCK_ONFAULT)) },
  { pattern: /flags is (?:mlock_onfault|not 0)|mlock_onfault(?: flag)?(?: is)?(?: set)?/, step: flag(MLOCK_ONFAULT) },
  {
    pattern: /the marking failed/,
    step: (seen) => !isMarked(seen),
  },
  {
    pattern: /the marking did not fail/,
    step: isMarked,
  },
  { pattern: /vm_locked was not (?:newly )?(?:set|cleared)/, piece: ({ was, is }) => isLocked(was) === isLocked(is) },
  { pattern: /vm_locked was newly set|vm_locked was set/, piece: newlyLocked },
  { pattern: /vm_locked was cleared/, piece: newlyUnlocked },
  { pattern: /flags of a vma (?:changed|did not change)/, piece: () => true },
  { pattern: /pg_mlocked was not cleared/, piece: (piece) => !newlyUnmarked(piece) },
  { pattern: /pg_mlocked was not set/, piece: (piece) => !newlyMarked(piece) },
  { pattern: /pg_mlocked was set/, piece: newlyMarked },
  { pattern: /pg_mlocked was cleared/, piece: newlyUnmarked },
  {
    pattern: /pages had pg_mlocked set|pages were mlocked|pages were previously locked/,
    piece: ({ pageWas }) => pageWas.mlocked,
  },
  { pattern: /pages were on (?:the )?unevictable list/, piece: ({ pageWas }) => pageWas.unevictable && pageWas.listed },
  { pattern: /pages were counted in locked_vm/, piece: ({ was }) => isLocked(was) },
  {
    pattern: /(?:its file is not locked as a whole|nothing else makes it unevictable)(?: \(shm_lock, ramfs\))?/,
    piece: ({ pageIs }) => pageIs.mlocked || !pageIs.unevictable,
  },
  {
    pattern: /no other (?:locked )?vma (?:counts on|maps|locks) the page/,
    piece: ({ pageWas }) => pageWas.mlock_count <= 1,
  },
  {
    pattern: /the vma was locked without it|the vma was locked at once/,
    piece: ({ was }) => isLocked(was) && !isOnFault(was),
  },
  { pattern: /the vma was (?:locked )?on fault|the vma was locked on fault/, piece: ({ was }) => isOnFault(was) },
  { pattern: /is not secret memory|not secret memory/, piece: ({ was }) => !isSecret(was) },
  {
    pattern:
      /(?:the vma can be locked)?[:;,]? ?(?:not|not on) vm_io[^.]*?secret memory|the vma can be locked|can be locked/,
    piece: ({ was }) => isLockable(was),
  },
  { pattern: /the vma can ?not be locked|cannot be locked/, piece: ({ was }) => was !== null && !isLockable(was) },
  { pattern: /the vma is not locked/, piece: ({ was }) => was !== null && !isLocked(was) },
  { pattern: /the vma is locked/, piece: ({ was }) => isLocked(was) },
  { pattern: /the page cannot be faulted in/, piece: (piece, seen) => !isReachable(piece, seen) },
  { pattern: /the page can be faulted in/, piece: (piece, seen) => isMarked(seen) && isReachable(piece, seen) },
  { pattern: /on a locked vma/, piece: ({ was }) => isLocked(was) },
  { pattern: /advice that only marks.*/, step: (seen) => MARKS.includes(Number(seen.args[2])) },
  { pattern: /not madv_\w+(?: (?:or|and) madv_\w+)*/, step: (seen) => !seen.failed },
];

/** "MADV_POPULATE_READ or MADV_POPULATE_WRITE": the advice is one of them, and it is done. */
function advices(text: string): { readonly rest: string; readonly test: StepTest | null } {
  const named = [...text.matchAll(/(?<!not |not \w+ or )\bmadv_\w+/g)].map(([name]) => constants[name.toUpperCase()]);
  if (named.length === 0) return { rest: text, test: null };
  return {
    rest: text.replace(/\bmadv_\w+/g, ' '),
    test: (seen) => seen.name === 'madvise' && !seen.failed && named.includes(Number(seen.args[2])),
  };
}

const FILLER = /\b(?:and|with|of|it|the|is|flag|set|a|if|only|when|or|only if)\b|[\s,;:.()]+/g;

/** Reads a condition. An empty text is always true. */
export function conditionOf(text: string): Condition {
  let rest = text.toLowerCase();
  const steps: StepTest[] = [];
  const pieces: PieceTest[] = [];
  for (const { pattern, step, piece } of WORDS) {
    if (!pattern.test(rest)) continue;
    rest = rest.replace(pattern, ' ');
    if (step) steps.push(step);
    if (piece) pieces.push(piece);
  }
  const advice = advices(rest);
  rest = advice.rest;
  if (advice.test) steps.push(advice.test);
  return {
    step: (seen) => steps.every((test) => test(seen)),
    piece: (piece, seen) => pieces.every((test) => test(piece, seen)),
    partial: rest.replace(FILLER, '') !== '',
  };
}
