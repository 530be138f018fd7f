// What texts say that a call does, sentence by sentence: side effects, long descriptions, notes. Each row is a phrase
// and the question that it puts to a step.
import { EV_VMA_MERGE, EV_VMA_SPLIT } from '../../../assembly/abi/event';
import { MCL_FUTURE, MCL_ONFAULT, MLOCK_ONFAULT, VM_LOCKED, VM_LOCKONFAULT } from '../../../assembly/abi/mman';
import { answer, each, no, YES, type Answer, type Change, type Claim } from './claim';
import { laterMappings, ofCall, ofPieces, touchLocks, type Phrase, type Setting } from './ask';
import { isMarked, isReachable, newlyLocked, newlyUnlocked } from './condition';
import type { Observation } from './observation';
import { isLockable, isLocked, isOnFault, isPassedOver, isSecret, isShared, isWritable, type Piece } from './pieces';

const ON_FAULT = MCL_ONFAULT;
const UNIVERSAL = /\b(?:all|every|each|entire|whole)\b/;

const pagesOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, { nr_pages }) => sum + nr_pages, 0);
const isMapped = ({ was }: Piece): boolean => was !== null;
const onFaultAsked = (seen: Observation): boolean =>
  (seen.flags & (seen.name === 'mlock2' ? MLOCK_ONFAULT : ON_FAULT)) !== 0;

function isUniversal({ text }: Setting): boolean {
  return UNIVERSAL.test(text) && !/that can be locked|not secret/.test(text);
}

/** VM_LOCKED comes or goes. */
function locking(setting: Setting, sets: boolean, negated: boolean, withOnFault: boolean): Claim[] {
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
function accounting(setting: Setting, grows: boolean, negated: boolean): Claim[] {
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

function marking(setting: Setting, sets: boolean, negated: boolean): Claim[] {
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

function listing(setting: Setting, to: keyof typeof LISTS): Claim[] {
  const isLock = to === 'unevictable';
  const which = isLock
    ? ({ pageWas, pageIs }: Piece): boolean => pageWas.resident && !pageWas.mlocked && pageIs.resident && !pageIs.zero
    : ({ pageWas, pageIs }: Piece): boolean => pageWas.mlocked && pageWas.listed && pageIs.resident;
  const cover: Change = isLock ? 'pages moved to the unevictable list' : 'pages moved to a list of reclaim';
  return [ofPieces(setting, `pages are then on the ${to} list`, which, LISTS[to], [cover])];
}

const isAbsent = ({ pageWas, is }: Piece): boolean => !pageWas.resident && is !== null;

/** Bringing pages in. `all`: of every mapping, whatever it is. */
function populating(setting: Setting, all: boolean, negated: boolean): Claim[] {
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

function defFlags(setting: Setting, sets: boolean, negated: boolean): Claim[] {
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

function splitting(setting: Setting, negated: boolean): Claim[] {
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

function merging(setting: Setting, negated: boolean): Claim[] {
  return [
    ofCall(
      setting,
      'equal neighbours are merged',
      (seen) => (seen.saw(EV_VMA_MERGE) ? answer(!negated, 'neighbours were merged') : null),
      ['VMAs merged'],
    ),
  ];
}

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
        ({ was }) => isMapped({ was } as Piece) && !isLockable(was) && !isSecret(was),
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

/** The claim with its answers turned round. */
export function negated(one: Claim): Claim {
  const look = (seen: Observation): Answer | null => {
    const said = one.look(seen);
    if (said === null) return null;
    return said.says === 'yes' ? no(one.says) : said.says === 'no' ? YES : said;
  };
  return { ...one, says: `not: ${one.says}`, look };
}

function residentAndMarked(setting: Setting): Claim[] {
  return [
    ofPieces(
      setting,
      'all pages are resident and PG_mlocked',
      (piece, seen) => isMapped(piece) && !seen.failed && !onFaultAsked(seen),
      ({ pageIs }) => pageIs.resident && pageIs.mlocked,
      ['VM_LOCKED set', 'PG_mlocked set', 'pages brought in', 'pages moved to the unevictable list'],
      UNIVERSAL.test(setting.text),
    ),
  ];
}
