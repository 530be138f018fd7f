// What a step changed of memory locking, by kind.
import { EV_VMA_MERGE, EV_VMA_SPLIT } from '../../../assembly/abi/event';
import type { Change } from './claim';
import type { Observation } from './observation';
import { isLocked, isOnFault, type Piece } from './pieces';

/** A kind of change, asked of a piece or of the step as a whole. */
export type ChangeTest =
  { readonly piece: (piece: Piece) => boolean } | { readonly step: (seen: Observation) => boolean };

const some = (piece: (piece: Piece) => boolean): ChangeTest => ({ piece });
const whole = (step: (seen: Observation) => boolean): ChangeTest => ({ step });

/** How each kind of change is seen. */
export const changeTests: readonly (readonly [Change, ChangeTest])[] = [
  ['VM_LOCKED set', some(({ was, is }) => !isLocked(was) && isLocked(is))],
  ['VM_LOCKED cleared', some(({ was, is }) => isLocked(was) && !isLocked(is))],
  ['VM_LOCKONFAULT set', some(({ was, is }) => !isOnFault(was) && isOnFault(is))],
  ['VM_LOCKONFAULT cleared', some(({ was, is }) => isOnFault(was) && !isOnFault(is) && isLocked(is))],
  ['locked_vm grew', whole((seen) => seen.delta('locked_vm') > 0)],
  ['locked_vm fell', whole((seen) => seen.delta('locked_vm') < 0)],
  ['def_flags set', whole((seen) => (seen.after.counters.def_flags & ~seen.before.counters.def_flags) !== 0)],
  ['def_flags cleared', whole((seen) => seen.before.counters.def_flags !== 0 && seen.after.counters.def_flags === 0)],
  ['PG_mlocked set', some(({ pageWas, pageIs }) => pageWas.resident && !pageWas.mlocked && pageIs.mlocked)],
  ['PG_mlocked cleared', some(({ pageWas, pageIs }) => pageWas.mlocked && pageIs.resident && !pageIs.mlocked)],
  [
    'pages moved to the unevictable list',
    some(({ pageWas, pageIs }) => pageWas.resident && !pageWas.unevictable && pageIs.unevictable),
  ],
  [
    'pages moved to a list of reclaim',
    some(({ pageWas, pageIs }) => pageWas.unevictable && pageIs.resident && !pageIs.unevictable),
  ],
  ['pages brought in', some(({ pageWas, pageIs }) => !pageWas.resident && pageIs.resident)],
  ['pages taken away', some(({ pageWas, pageIs }) => pageWas.resident && !pageIs.resident)],
  [
    'a private copy made',
    some(({ pageWas, pageIs }) => pageWas.mapcount > 1 && pageIs.folio !== pageWas.folio && pageIs.resident),
  ],
  ['VMA split', whole((seen) => seen.saw(EV_VMA_SPLIT))],
  ['VMAs merged', whole((seen) => seen.saw(EV_VMA_MERGE))],
];

/** Lists the kinds of change of one step. */
export function changesOf(seen: Observation): Change[] {
  if (seen.after.life !== 'running') return [];
  const isThere = (test: ChangeTest): boolean =>
    'step' in test
      ? test.step(seen)
      : seen.pieces.some((piece) => piece.was !== null && piece.is !== null && test.piece(piece));
  return changeTests.filter(([, test]) => isThere(test)).map(([change]) => change);
}
