// The questions of side effects: what a call does to flags, counters, pages and VMAs, as claims.
import { EV_VMA_MERGE } from '../../../assembly/abi/event';
import { MCL_ONFAULT, MLOCK_ONFAULT, VM_LOCKED, VM_LOCKONFAULT } from '../../../assembly/abi/mman';
import { ofCall, ofPieces, type Setting } from './ask';
import { answer, each, no, YES, type Answer, type Change, type Claim } from './claim';
import { isMarked, isReachable, newlyLocked, newlyUnlocked } from './condition';
import type { Observation } from './observation';
import { isLockable, isLocked, isOnFault, isPassedOver, isSecret, type Piece } from './pieces';

const UNIVERSAL = /\b(?:all|every|each|entire|whole)\b/;

const pagesOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, { nr_pages }) => sum + nr_pages, 0);
/** The call asked for lock on fault. */
export const onFaultAsked = (seen: Observation): boolean =>
  (seen.flags & (seen.name === 'mlock2' ? MLOCK_ONFAULT : MCL_ONFAULT)) !== 0;

function isUniversal({ text }: Setting): boolean {
  return UNIVERSAL.test(text) && !/that can be locked|not secret/.test(text);
}

/** VM_LOCKED comes or goes. */
export function locking(setting: Setting, sets: boolean, negated: boolean, withOnFault: boolean): Claim[] {
  const onlyLockable = /can be locked/.test(setting.text);
  const sparesSecret = /not secret memory/.test(setting.text);
  const which = ({ was }: Piece): boolean =>
    was !== null &&
    !(sparesSecret && isSecret(was)) &&
    (sets ? !onlyLockable || isLockable(was) : isLocked(was) || isOnFault(was));
  const goal = sets !== negated;
  const universal = isUniversal(setting);
  const change: Change = sets ? 'VM_LOCKED set' : 'VM_LOCKED cleared';
  const claims = [
    ofPieces(
      setting,
      sets ? 'VM_LOCKED is set' : 'VM_LOCKED is cleared',
      which,
      ({ is }) => isLocked(is) === goal,
      [change],
      universal,
    ),
  ];
  if (!sets && withOnFault) {
    claims.push(
      ofPieces(
        setting,
        'VM_LOCKONFAULT is cleared',
        ({ was }) => isOnFault(was) && !isSecret(was),
        ({ is }) => isOnFault(is) === negated,
        ['VM_LOCKONFAULT cleared'],
      ),
    );
  }
  return claims;
}

/** locked_vm moves by the size of what changed. */
export function accounting(setting: Setting, grows: boolean, negated: boolean): Claim[] {
  const isWhole = /entire|whole address space/.test(setting.text);
  const cover: Change = grows ? 'locked_vm grew' : 'locked_vm fell';
  if (isWhole && grows) {
    return [
      ofCall(
        setting,
        'locked_vm becomes the size of the address space',
        (seen) => {
          if (seen.failed) return null;
          const { locked_vm, total_vm } = seen.after.counters;
          if (locked_vm === total_vm) return YES;
          const note = `locked_vm is ${locked_vm} of ${total_vm} pages`;
          return locked_vm > 0 ? { says: 'part', note } : no(note);
        },
        [cover],
        true,
      ),
    ];
  }
  return [
    ofCall(
      setting,
      grows ? 'locked_vm grows by what is newly locked' : 'locked_vm falls by what is unlocked',
      (seen) => {
        const delta = seen.delta('locked_vm');
        const touched = seen.touched.filter((piece) => setting.condition.piece(piece, seen));
        const size = pagesOf(touched.filter(grows ? newlyLocked : newlyUnlocked));
        const isOther = grows ? delta < 0 : delta > 0;
        if (size === 0 && !isOther) return null;
        const holds = negated ? delta === 0 : delta === (grows ? size : -size);
        return answer(
          holds,
          `locked_vm changed by ${delta}, ${size} pages were ${grows ? 'newly locked' : 'unlocked'}`,
        );
      },
      [cover],
    ),
  ];
}

const borderAt = (seen: Observation, address: bigint): boolean =>
  seen.after.vmas.some(({ vm_start, vm_end }) => vm_start === address || vm_end === address);

/** Borders of the range inside a VMA whose lock flags changed there. */
function cutsOf(seen: Observation): bigint[] {
  const cut = (at: bigint): boolean => seen.before.vmas.some(({ vm_start, vm_end }) => vm_start < at && at < vm_end);
  const changed = ({ was, is }: Piece): boolean => isLocked(was) !== isLocked(is) || isOnFault(was) !== isOnFault(is);
  const { start } = seen.range;
  return [start, seen.reached].filter(
    (at) => cut(at) && seen.touched.some((piece) => (piece.start === at || piece.end === at) && changed(piece)),
  );
}

/** PG_mlocked comes or goes. */
export function marking(setting: Setting, sets: boolean, negated: boolean): Claim[] {
  return [
    ofPieces(
      setting,
      sets ? 'PG_mlocked is set on resident pages' : 'PG_mlocked is cleared',
      ({ pageWas, pageIs }) => pageWas.resident && !pageWas.zero && pageIs.resident,
      ({ pageIs }) => pageIs.mlocked === (sets !== negated),
      [sets ? 'PG_mlocked set' : 'PG_mlocked cleared'],
    ),
  ];
}

const LISTS = {
  unevictable: ({ pageIs }: Piece): boolean => pageIs.unevictable,
  inactive: ({ pageIs }: Piece): boolean => !pageIs.unevictable && !pageIs.active,
  active: ({ pageIs }: Piece): boolean => !pageIs.unevictable && pageIs.active,
  reclaim: ({ pageIs }: Piece): boolean => !pageIs.unevictable,
} as const;

/** Pages change their list of the LRU. */
export function listing(setting: Setting, to: keyof typeof LISTS): Claim[] {
  const isLock = to === 'unevictable';
  const which = isLock
    ? ({ pageWas, pageIs }: Piece): boolean => pageWas.resident && !pageWas.mlocked && pageIs.resident && !pageIs.zero
    : ({ pageWas, pageIs }: Piece): boolean => pageWas.mlocked && pageWas.listed && pageIs.resident;
  const cover: Change = isLock ? 'pages moved to the unevictable list' : 'pages moved to a list of reclaim';
  return [ofPieces(setting, `pages are then on the ${to} list`, which, LISTS[to], [cover])];
}

/** It had no page when the call began. */
export const isAbsent = ({ pageWas, is }: Piece): boolean => !pageWas.resident && is !== null;

/** Bringing pages in. `all`: of every mapping, whatever it is. */
export function populating(setting: Setting, all: boolean, negated: boolean): Claim[] {
  const then = /\bthen (?:not )?brought in/.test(setting.text);
  const onlyLockable = /can be locked/.test(setting.text);
  return [
    ofPieces(
      setting,
      'absent pages are brought in',
      (piece, seen) =>
        isAbsent(piece) &&
        (!then || isMarked(seen)) &&
        (!onlyLockable || isLockable(piece.is)) &&
        (all || (!isPassedOver(piece.is) && isReachable(piece, seen))),
      ({ pageIs }) => pageIs.resident !== negated,
      ['pages brought in', 'a private copy made'],
    ),
  ];
}

/** def_flags get VM_LOCKED or lose it. */
export function defFlags(setting: Setting, sets: boolean, negated: boolean): Claim[] {
  const withOnFault = /vm_lockonfault too with mcl_onfault/.test(setting.text);
  const cover: Change = sets ? 'def_flags set' : 'def_flags cleared';
  return [
    ofCall(
      setting,
      sets ? 'def_flags get VM_LOCKED' : 'def_flags lose VM_LOCKED',
      (seen) => {
        if (seen.failed) return null;
        const was = seen.before.counters.def_flags;
        const is = seen.after.counters.def_flags;
        if (!sets && was === 0 && is === 0) return null;
        const done = sets ? (is & VM_LOCKED) !== 0 : is === 0;
        const right = !sets || !withOnFault || ((is & VM_LOCKONFAULT) !== 0) === onFaultAsked(seen);
        return answer(done !== negated && right, `def_flags are ${is === 0 ? 'empty' : 'set'} afterwards`);
      },
      [cover],
    ),
  ];
}

/** VMAs are split at the ends of the range. */
export function splitting(setting: Setting, negated: boolean): Claim[] {
  return [
    ofCall(
      setting,
      'a VMA is split where the range cuts it',
      (seen) =>
        each(
          cutsOf(seen),
          (at) => borderAt(seen, at) !== negated,
          () => 'the cut leaves a border',
        ),
      ['VMA split'],
    ),
  ];
}

/** Neighbours that are alike become one VMA. */
export function merging(setting: Setting, negated: boolean): Claim[] {
  return [
    ofCall(
      setting,
      'equal neighbours are merged',
      (seen) => (seen.saw(EV_VMA_MERGE) ? answer(!negated, 'neighbours were merged') : null),
      ['VMAs merged'],
    ),
  ];
}

/** The claim with its answers turned round. */
export function negated(one: Claim): Claim {
  const look = (seen: Observation): Answer | null => {
    const said = one.look(seen);
    if (said === null) return null;
    return said.says === 'yes' ? no(one.says) : said.says === 'no' ? YES : said;
  };
  return { ...one, says: `not: ${one.says}`, look };
}

/** Every page is there and PG_mlocked. */
export function residentAndMarked(setting: Setting): Claim[] {
  return [
    ofPieces(
      setting,
      'all pages are resident and PG_mlocked',
      (piece, seen) => piece.was !== null && !seen.failed && !onFaultAsked(seen),
      ({ pageIs }) => pageIs.resident && pageIs.mlocked,
      ['VM_LOCKED set', 'PG_mlocked set', 'pages brought in', 'pages moved to the unevictable list'],
      UNIVERSAL.test(setting.text),
    ),
  ];
}
