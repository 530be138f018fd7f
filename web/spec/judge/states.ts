// State transitions: from and to as questions to a piece of the address space, or to def_flags.
import { MCL_CURRENT, MLOCK_ONFAULT, VM_LOCKED, VM_LOCKONFAULT } from '../../../assembly/abi/mman';
import type { StateTransition } from '../model';
import { answer, claim, each, no, YES, type Change, type Claim } from './claim';
import { conditionOf } from './condition';
import { isCase, laterMappings, type Setting } from './ask';
import type { Observation } from './observation';
import { isLockable, isLocked, isOnFault, isPassedOver, sortOf, type Page, type Piece } from './pieces';
import type { Vma } from '../../core/state';

/** A state of a page and its VMA. */
interface State {
  readonly pattern: RegExp;
  readonly is: (vma: Vma | null, page: Page) => boolean;
  /** Only pages that are there can be in it. */
  readonly ofPages: boolean;
}

// The order matters: longer names first.
const STATES: readonly State[] = [
  { pattern: /^vm_locked and vm_lockonfault$/, is: (vma) => isLocked(vma) && isOnFault(vma), ofPages: false },
  { pattern: /^(?:not vm_locked|vm_locked cleared|unlocked)$/, is: (vma) => !isLocked(vma), ofPages: false },
  { pattern: /^only vm_locked$/, is: (vma) => isLocked(vma) && !isOnFault(vma), ofPages: false },
  { pattern: /^(?:all )?(?:vm_locked|vm_locked set)$/, is: (vma) => isLocked(vma), ofPages: false },
  { pattern: /^not pg_mlocked$/, is: (_, page) => !page.mlocked, ofPages: true },
  { pattern: /^pg_mlocked$/, is: (_, page) => page.mlocked, ofPages: true },
  { pattern: /^unevictable list$/, is: (_, page) => page.unevictable, ofPages: true },
  { pattern: /^inactive list$/, is: (_, page) => !page.unevictable && !page.active, ofPages: true },
  { pattern: /^active list$/, is: (_, page) => !page.unevictable && page.active, ofPages: true },
  { pattern: /^active(?: or |\/)inactive list$/, is: (_, page) => !page.unevictable, ofPages: true },
  { pattern: /^absent$/, is: (_, page) => !page.resident, ofPages: false },
  { pattern: /^resident$/, is: (_, page) => page.resident, ofPages: false },
  { pattern: /^(?:swappable|may be swapped)$/, is: (_, page) => !page.mlocked, ofPages: false },
  { pattern: /^locked in ram$/, is: (_, page) => page.resident && page.mlocked, ofPages: false },
  { pattern: /^guaranteed resident$/, is: (vma) => isLocked(vma), ofPages: false },
  {
    pattern: /^(?:not counted in locked_vm|normal memory accounting)$/,
    is: (vma) => !isLocked(vma),
    ofPages: false,
  },
  { pattern: /^(?:counted in locked_vm|locked memory accounted)$/, is: (vma) => isLocked(vma), ofPages: false },
  { pattern: /^(?:lock on fault|locked on fault)$/, is: (vma) => isOnFault(vma), ofPages: false },
  { pattern: /^(?:varied|normal faulting)$/, is: (vma) => vma !== null, ofPages: false },
];

const stateOf = (name: string): State | null => STATES.find(({ pattern }) => pattern.test(name)) ?? null;

const FUTURES = new Map<string, (def_flags: number) => boolean>([
  ['not locked', (flags) => flags === 0],
  ['normal', (flags) => flags === 0],
  ['locked at once', (flags) => flags === VM_LOCKED],
  ['locked on fault', (flags) => flags === (VM_LOCKED | VM_LOCKONFAULT)],
  ['locked', (flags) => (flags & VM_LOCKED) !== 0],
  ['auto-locked', (flags) => (flags & VM_LOCKED) !== 0],
]);

const COVERS: readonly (readonly [RegExp, readonly Change[]])[] = [
  [/counted|accounted/, ['locked_vm grew', 'locked_vm fell']],
  [/lockonfault|lock on fault/, ['VM_LOCKONFAULT set', 'VM_LOCKONFAULT cleared', 'VM_LOCKED set']],
  [/vm_locked|lock on fault/, ['VM_LOCKED set', 'VM_LOCKED cleared']],
  [/pg_mlocked|locked in ram|swappable/, ['PG_mlocked set', 'PG_mlocked cleared']],
  [/list/, ['pages moved to the unevictable list', 'pages moved to a list of reclaim']],
  [/absent|resident/, ['pages brought in']],
  [/future|auto-locked/, ['def_flags set', 'def_flags cleared']],
];

/** Turns a state transition into claims; none where a state is not understood. */
export function transitionClaims(call: string, one: StateTransition): Claim[] {
  const [object, from, to] = [one.object, one.from, one.to].map((text) => text.trim().toLowerCase()) as [
    string,
    string,
    string,
  ];
  const condition = conditionOf(one.condition);
  const setting: Setting = { call, condition, text: one.description.toLowerCase() };
  const covers = COVERS.flatMap(([pattern, changes]) => (pattern.test(`${object} ${from} ${to}`) ? changes : []));
  if (/future/.test(object)) return futures(setting, from, to, covers);
  if (/^(?:partial locked memory|all memory locked)$/.test(to))
    return [wholeSize(setting, to.startsWith('all'), covers)];
  // Beside "VM_LOCKED and VM_LOCKONFAULT", VM_LOCKED means without the other.
  const strict = (name: string, other: string): string =>
    name === 'vm_locked' && other.includes('lockonfault') ? 'only vm_locked' : name;
  const [start, goal] = [stateOf(strict(from, to)), stateOf(strict(to, from))];
  if (!start || !goal) return [];
  const universal = /^all\b/.test(to) || /^all\b/.test(object);
  const narrow = narrowing(from, to, object);
  const isStart = (piece: Piece, seen: Observation): boolean =>
    piece.is !== null &&
    piece.was !== null &&
    start.is(piece.was, piece.pageWas) &&
    narrow(piece, seen) &&
    (!goal.ofPages || (piece.pageIs.resident && !piece.pageIs.zero && piece.pageWas.resident && piece.pageWas.listed));
  const covered = (seen: Observation): Piece[] =>
    seen.touched.filter((piece) => condition.piece(piece, seen) && isStart(piece, seen));
  const claims = [
    claim(
      `${from} becomes ${to}`,
      (seen) => (isCase(setting, seen) ? each(covered(seen), ({ is, pageIs }) => goal.is(is, pageIs), sortOf) : null),
      covers,
      universal,
    ),
  ];
  // The way back is no way of this call under the same condition, and the way itself none under another.
  const moved = (piece: Piece, a: State, b: State): boolean =>
    piece.was !== null &&
    piece.is !== null &&
    a.is(piece.was, piece.pageWas) &&
    !b.is(piece.was, piece.pageWas) &&
    b.is(piece.is, piece.pageIs) &&
    (!(a.ofPages || b.ofPages) || (piece.pageWas.resident && piece.pageIs.resident && !piece.pageWas.zero));
  claims.push(
    claim(`nothing goes from ${to} to ${from}`, (seen) => {
      if (!isCase(setting, seen)) return null;
      const back = seen.touched.filter((piece) => condition.piece(piece, seen) && moved(piece, goal, start));
      return back.length > 0 ? no(`${to} becomes ${from}`) : null;
    }),
  );
  if (one.condition !== '' && !condition.partial) {
    claims.push(
      claim('only under the condition', (seen) => {
        if (seen.name !== call) return null;
        const went = seen.touched.filter((piece) => moved(piece, start, goal) && !start.is(piece.is, piece.pageIs));
        return each(went, (piece) => condition.step(seen) && condition.piece(piece, seen), sortOf);
      }),
    );
  }
  if (/counted|accounted/.test(to)) claims.push(counted(setting, /^(?:not|normal)/.test(to), covered));
  if (from === 'guaranteed resident') claims.push(residentBefore(setting));
  if (/active.*inactive/.test(to)) claims[0] = { ...claims[0]!, ...bothLists(claims[0]!, covered) };
  return claims;
}

/** What else has to be so for a state to be left. */
function narrowing(from: string, to: string, object: string): (piece: Piece, seen: Observation) => boolean {
  if (from === 'vm_locked' && to.includes('lockonfault')) return ({ was }) => isLockable(was);
  if (from === 'absent' && to === 'resident') return ({ is }) => !isPassedOver(is);
  if (to === 'vm_locked' && from.includes('lockonfault')) return ({ is }) => !isOnFault(is) || isLockable(is);
  if (/lock on fault/.test(to))
    return ({ was }, seen) =>
      isLockable(was) && (seen.flags & (seen.name === 'mlock2' ? MLOCK_ONFAULT : MCL_CURRENT)) !== 0;
  if (object === 'page residency') return ({ was }) => isLocked(was);
  return () => true;
}

function futures(setting: Setting, from: string, to: string, covers: readonly Change[]): Claim[] {
  const [start, goal] = [FUTURES.get(from), FUTURES.get(to)];
  if (!start || !goal) return [];
  const direct = claim(
    `def_flags become those of "${to}"`,
    (seen) => {
      if (!isCase(setting, seen) || seen.failed) return null;
      const was = seen.before.counters.def_flags;
      if (goal(was) && !start(was) && start(seen.after.counters.def_flags)) return no(`${to} becomes ${from}`);
      if (!start(was)) return null;
      return answer(
        goal(seen.after.counters.def_flags),
        `def_flags are 0x${seen.after.counters.def_flags.toString(16)}`,
      );
    },
    covers,
  );
  if (to === 'not locked' || to === 'normal') return [direct];
  const later = laterMappings('later mappings are locked', ({ is }) =>
    to === 'locked on fault' ? isOnFault(is) : to === 'locked at once' ? isLocked(is) && !isOnFault(is) : isLocked(is),
  );
  const look: Claim['look'] = (seen) => (setting.condition.step(seen) ? later.look(seen) : null);
  return [direct, { ...later, look }];
}

function wholeSize(setting: Setting, all: boolean, covers: readonly Change[]): Claim {
  return claim(
    'locked_vm becomes the size of the address space',
    (seen) => {
      if (!isCase(setting, seen) || seen.failed) return null;
      const { locked_vm, total_vm } = seen.after.counters;
      if ((locked_vm === total_vm) === all) return YES;
      const note = `locked_vm is ${locked_vm} of ${total_vm} pages`;
      return all && locked_vm > 0 ? { says: 'part', note } : no(note);
    },
    covers,
    true,
  );
}

function counted(setting: Setting, falls: boolean, covered: (seen: Observation) => Piece[]): Claim {
  return claim('locked_vm moves by the size', (seen) => {
    if (!isCase(setting, seen)) return null;
    const changed = covered(seen).filter(({ was, is }) => isLocked(was) !== isLocked(is));
    const size = changed.reduce((sum, { nr_pages }) => sum + nr_pages, 0);
    if (size === 0) return null;
    const delta = seen.delta('locked_vm');
    return answer(delta === (falls ? -size : size), `locked_vm changed by ${delta}, the size is ${size}`);
  });
}

function residentBefore(setting: Setting): Claim {
  return claim('locked pages are resident before', (seen) => {
    if (!isCase(setting, seen)) return null;
    const locked = seen.touched.filter(({ was }) => isLocked(was));
    return each(locked, ({ pageWas }) => pageWas.resident, sortOf);
  });
}

/** "The active or inactive list": either is right; one that no page ever goes to is wrong in part. */
function bothLists(one: Claim, covered: (seen: Observation) => Piece[]): Pick<Claim, 'outcomes' | 'look'> {
  const look: Claim['look'] = (seen) => {
    const said = one.look(seen);
    if (said?.says !== 'yes' && said?.says !== 'mixed') return said;
    const isActive = covered(seen).some(({ pageIs }) => pageIs.active && !pageIs.unevictable);
    return { ...said, outcome: isActive ? 'the active list' : 'the inactive list' };
  };
  // From the lists of reclaim any page may come; it is the list that pages go to which has to be seen.
  return one.says.startsWith('unevictable') ? { outcomes: ['the active list', 'the inactive list'], look } : { look };
}
