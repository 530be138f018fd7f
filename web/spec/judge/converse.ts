// The other side of a condition: what is said to happen under it does not happen elsewhere.
import { changeTests, type ChangeTest } from './changes';
import { claim, each, type Change, type Claim } from './claim';
import type { Condition } from './condition';
import type { Observation } from './observation';
import { sortOf, type Piece } from './pieces';

/** Asks, for each kind of change that claims own up to, whether it came only where the condition holds. */
export function onlyUnder(call: string, condition: Condition, claims: readonly Claim[]): Claim[] {
  const changes = [...new Set(claims.flatMap(({ covers }) => covers))];
  return changes.flatMap((change) => {
    const test = changeTests.find(([name]) => name === change)?.[1];
    return test ? [onlyThis(call, condition, change, test)] : [];
  });
}

function onlyThis(call: string, condition: Condition, change: Change, test: ChangeTest): Claim {
  const look: Claim['look'] = (seen: Observation) => {
    if (seen.name !== call || seen.after.life !== 'running') return null;
    if ('step' in test)
      return test.step(seen)
        ? each(
            [seen],
            (one) => condition.step(one),
            () => `${change} otherwise`,
          )
        : null;
    const changed = seen.pieces.filter((piece) => piece.was !== null && piece.is !== null && test.piece(piece));
    const holds = (piece: Piece): boolean => condition.step(seen) && condition.piece(piece, seen);
    return each(changed, holds, (piece) => `${change} also for ${sortOf(piece)}`);
  };
  return claim(`${change} only under the condition`, look);
}
