// Questions that many phrases put: to the pieces that a call looked at, to the call as a whole, to later calls.
import { MAP_LOCKED, VM_LOCKED } from '../../../assembly/abi/mman';
import { claim, each, type Answer, type Change, type Claim } from './claim';
import type { Condition } from './condition';
import type { Observation } from './observation';
import { isOnFault, sortOf, type Piece } from './pieces';

/** What a phrase is read with. */
export interface Setting {
  /** The call that the text is about. */
  readonly call: string;
  readonly condition: Condition;
  /** The whole text, in lower case. */
  readonly text: string;
}

/** A phrase that is understood. */
export interface Phrase {
  readonly pattern: RegExp;
  readonly claims: (found: RegExpExecArray, setting: Setting) => Claim[];
}

/** Whether a step is the call, and its condition holds. */
export const isCase = ({ call, condition }: Setting, seen: Observation): boolean =>
  seen.name === call && condition.step(seen);

/** A question to the pieces that a call looked at, of those that `which` picks. */
export function ofPieces(
  setting: Setting,
  says: string,
  which: (piece: Piece, seen: Observation) => boolean,
  isTrue: (piece: Piece, seen: Observation) => boolean,
  covers: readonly Change[],
  universal = false,
): Claim {
  return claim(
    says,
    (seen) => {
      if (!isCase(setting, seen)) return null;
      const pieces = seen.touched.filter((piece) => setting.condition.piece(piece, seen) && which(piece, seen));
      return each(pieces, (piece) => isTrue(piece, seen), sortOf);
    },
    covers,
    universal,
  );
}

/** A question to the call as a whole, where it did something or could have. */
export function ofCall(
  setting: Setting,
  says: string,
  look: (seen: Observation) => Answer | null,
  covers: readonly Change[] = [],
  universal = false,
): Claim {
  return claim(says, (seen) => (isCase(setting, seen) ? look(seen) : null), covers, universal);
}

/** New mappings of later calls while def_flags are set. */
export function laterMappings(says: string, isTrue: (piece: Piece, seen: Observation) => boolean): Claim {
  return claim(says, (seen) => {
    if (!['mmap', 'brk', 'shmat'].includes(seen.name) || seen.failed) return null;
    if ((seen.before.counters.def_flags & VM_LOCKED) === 0) return null;
    if (seen.name === 'mmap' && ((seen.args[3] ?? 0n) & BigInt(MAP_LOCKED)) !== 0n) return null;
    const fresh = seen.pieces.filter(({ was, is }) => was === null && is !== null);
    return each(fresh, (piece) => isTrue(piece, seen), sortOf);
  });
}

/** A touch of memory that is locked on fault. */
export function touchLocks(): Claim {
  return claim('a page that is touched becomes PG_mlocked', (seen) => {
    if (!seen.isTouch) return null;
    const fresh = seen.pieces.filter(
      ({ was, pageWas, pageIs }) => isOnFault(was) && !pageWas.resident && pageIs.resident && !pageIs.zero,
    );
    return each(fresh, ({ pageIs }) => pageIs.mlocked, sortOf);
  });
}
