// What texts say that a call does, sentence by sentence: side effects, long descriptions, notes. Each row is a phrase
// and the question that it puts to a step.
import { EV_VMA_SPLIT } from '../../../assembly/abi/event';
import { MCL_FUTURE, VM_LOCKED } from '../../../assembly/abi/mman';
import { laterMappings, ofCall, ofPieces, touchLocks, type Phrase } from './ask';
import { answer } from './claim';
import { isReachable } from './condition';
import {
  accounting,
  defFlags,
  isAbsent,
  listing,
  locking,
  marking,
  merging,
  negated,
  onFaultAsked,
  populating,
  residentAndMarked,
  splitting,
} from './effects';
import { isLockable, isLocked, isOnFault, isPassedOver, isSecret, isShared, isWritable } from './pieces';

/** The phrases of side effects. Patterns meet text in lower case. */
export const EFFECTS: readonly Phrase[] = [
  {
    pattern: /def_flags[^.]*vm_locked[^.]*? (?:is|are) (not )?(set|cleared)|(sets|clears) vm_locked in default flags/,
    claims: ([, not, verb, other], setting) => defFlags(setting, (verb ?? other)!.startsWith('set'), not !== undefined),
  },
  {
    pattern:
      /^(?!.*(?:def_flags|default flags)).*?(?:vm_locked(?: and vm_lockonfault)? (?:is|are) (not )?(set|cleared)|(sets|clears|gets|loses|keeps) vm_locked)/,
    claims: ([found, not, verb, other], setting) =>
      locking(
        setting,
        /^(?:set|sets|gets)$/.test(verb ?? other!),
        not !== undefined || other === 'keeps',
        /vm_lockonfault/.test(found) || /vm_locked and vm_lockonfault/.test(setting.text),
      ),
  },
  {
    pattern: /vm_lockonfault (?:is )?(set|cleared) (?:with|for) m(?:cl|lock)_onfault(?:,)? and (?:set|cleared)/,
    claims: ([, verb], setting) => [
      ofPieces(
        setting,
        'VM_LOCKONFAULT is set with the flag and cleared without',
        ({ is, was }) => isLockable(was) && isLocked(is),
        ({ is }, seen) => isOnFault(is) === (onFaultAsked(seen) === (verb === 'set')),
        ['VM_LOCKONFAULT set', 'VM_LOCKONFAULT cleared'],
      ),
    ],
  },
  {
    pattern: /; vm_lockonfault is (not cleared|cleared|set)$/,
    claims: ([, what], setting) => [
      ofPieces(
        setting,
        'VM_LOCKONFAULT is cleared',
        ({ was }) => isOnFault(was),
        ({ is }) => isOnFault(is) === (what !== 'cleared'),
        ['VM_LOCKONFAULT cleared'],
      ),
    ],
  },
  {
    pattern: /locked_vm.*?\b(does not )?(grows?|increases?|falls?|decreases?)\b|counts in (locked_vm)/,
    claims: ([, not, verb], setting) =>
      accounting(setting, verb === undefined || /^(?:grow|increase)/.test(verb), not !== undefined),
  },
  {
    pattern: /is (not )?split where the range cuts it/,
    claims: ([, not], setting) => splitting(setting, not !== undefined),
  },
  { pattern: /(not )?merged/, claims: ([, not], setting) => merging(setting, not !== undefined) },
  {
    pattern: /(none|some|no split) is (?:split|needed)/,
    claims: ([, which], setting) => [
      ofCall(setting, 'no VMA is split', (seen) =>
        seen.failed ? null : answer(seen.saw(EV_VMA_SPLIT) === (which === 'some'), 'the number of splits'),
      ),
    ],
  },
  {
    pattern: /^(?:pg_mlocked|page flags).*?\b(not )?(set|clears|cleared)\b/,
    claims: ([, not, verb], setting) => marking(setting, verb === 'set', not !== undefined),
  },
  {
    pattern: /^lru lists?.*?(?:to|from) (?:the )?unevictable (?:list )?to (?:the )?(inactive|active|appropriate)/,
    claims: ([, to], setting) => listing(setting, to === 'appropriate' ? 'reclaim' : (to as 'inactive' | 'active')),
  },
  {
    pattern: /^lru lists?(?!.*from).*? to the (unevictable|inactive|active) list/,
    claims: ([, to], setting) => {
      const lock = listing(setting, 'unevictable')[0]!;
      return to === 'unevictable' ? [lock] : [negated(lock)];
    },
  },
  {
    pattern:
      /absent pages[^.:;]*?(?:are|is) (not )?brought in|pages are then (not )?brought in|brings (?:none of )?its pages in/,
    claims: ([found, a, b], setting) => populating(setting, false, (a ?? b) !== undefined || found.includes('none of')),
  },
  {
    pattern: /private writable ones as if (written|read), which also ends sharing/,
    claims: ([, how], setting) => [
      ofPieces(
        setting,
        'a private writable page becomes the own copy of the process',
        (piece, seen) =>
          isWritable(piece.is) &&
          !isShared(piece.is) &&
          !isPassedOver(piece.is) &&
          isReachable(piece, seen) &&
          (piece.pageWas.mapcount > 1 || piece.pageWas.zero || !piece.pageWas.resident),
        ({ pageIs }) => (!pageIs.zero && pageIs.mapcount === 1) === (how === 'written'),
        ['a private copy made'],
      ),
    ],
  },
  {
    pattern: /read-only private anonymous page is (not )?the zero page, and is not pg_mlocked/,
    claims: ([, not], setting) => [
      ofPieces(
        setting,
        'a read-only private anonymous page is the zero page',
        (piece, seen) =>
          isAbsent(piece) &&
          piece.is?.file === 0 &&
          isLockable(piece.is) &&
          !isWritable(piece.is) &&
          !isShared(piece.is) &&
          isReachable(piece, seen) &&
          !isPassedOver(piece.is),
        ({ pageIs }) => (pageIs.zero && !pageIs.mlocked) === (not === undefined),
        ['pages brought in'],
      ),
    ],
  },
  {
    pattern: /failures are (not )?told/,
    claims: ([, not], setting) => [
      ofCall(setting, 'a page that cannot be had is not told', (seen) =>
        seen.stopped === null ? null : answer(seen.failed === (not === undefined), 'the result is 0'),
      ),
    ],
  },
  {
    pattern: /(?:population of (?:the )?entire address space|populate page table entries for all mappings)/,
    claims: (_, setting) => populating(setting, true, false),
  },
  {
    pattern:
      /locks all (?:current pages into physical memory|pages mapped into)|lock all process pages|locks current pages/,
    claims: (_, setting) => residentAndMarked(setting),
  },
  {
    pattern: /\bunlocks? pages|take the memory lock off|(?:are|become) eligible for swap|may (not )?be reclaimed again/,
    claims: ([, not], setting) => [
      ofPieces(
        setting,
        'pages lose PG_mlocked',
        ({ pageWas, is, was }) =>
          pageWas.mlocked &&
          is !== null &&
          (isLocked(was) || !/\bits pages\b/.test(setting.text)) &&
          (!/unless another/.test(setting.text) || pageWas.mlock_count <= 1),
        ({ pageIs }) => pageIs.mlocked === (not !== undefined),
        ['PG_mlocked cleared', 'pages moved to a list of reclaim'],
      ),
    ],
  },
  {
    pattern: /special vmas are (not )?passed over without an error/,
    claims: ([, not], setting) => [
      ofPieces(
        setting,
        'special VMAs stay as they are',
        ({ was }) => was !== null && !isLockable(was) && !isSecret(was),
        ({ was, is }) => (was?.vm_flags === is?.vm_flags) === (not === undefined),
        [],
      ),
    ],
  },
  {
    pattern: /secret memory (stays locked|is unlocked)/,
    claims: ([, what], setting) => [
      ofPieces(
        setting,
        'secret memory stays locked',
        ({ was }) => isSecret(was),
        ({ is }) => isLocked(is) === (what === 'stays locked'),
        [],
      ),
    ],
  },
  {
    pattern: /mcl_future ends|so do the flags of mappings to come/,
    claims: (_, setting) => defFlags(setting, false, false),
  },
  {
    pattern: /mcl_future (locks|leaves) (?:what is mapped later|future mappings)/,
    claims: ([, verb], setting) => [
      ofCall(
        {
          ...setting,
          condition: { step: (seen) => (seen.flags & MCL_FUTURE) !== 0, piece: () => true, partial: false },
        },
        'def_flags get VM_LOCKED',
        (seen) =>
          seen.failed
            ? null
            : answer(((seen.after.counters.def_flags & VM_LOCKED) !== 0) === (verb === 'locks'), 'def_flags'),
        ['def_flags set'],
      ),
      laterMappings('later mappings are locked', (piece) => isLocked(piece.is) === (verb === 'locks')),
    ],
  },
  {
    pattern: /mcl_onfault (?:leaves absent pages absent|brings absent pages in|defers locking until page fault)/,
    claims: ([found], setting) => {
      const leaves = !found.startsWith('mcl_onfault brings');
      const condition = { step: onFaultAsked, piece: () => true, partial: false };
      return [
        ofPieces(
          { ...setting, condition },
          'absent pages stay absent',
          (piece) => isAbsent(piece) && isLockable(piece.is),
          ({ pageIs }) => pageIs.resident !== leaves,
          ['VM_LOCKONFAULT set'],
        ),
        touchLocks(),
      ];
    },
  },
];
