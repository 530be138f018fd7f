// How many wrong specifications an audit finds.
import type { Kernel } from '../../core/kernel';
import type { Specification } from '../model';
import type { Bound } from './bind';
import { collect, type Collection } from './collection';
import { exampleScenarios } from './example';
import { Judge, type Judged } from './judge';
import { mutants, type Mutant } from './mutate';
import type { Observation } from './observation';

/** What became of one mutant. */
export interface Trial {
  readonly mutant: Mutant;
  readonly caught: boolean;
  /** What gave it away, or why nothing did. */
  readonly why: string;
}

const WRONG: readonly string[] = ['contradicted', 'contradicted in part'];
const isWrong = ({ verdict }: Pick<Judged, 'verdict'>): boolean => WRONG.includes(verdict);

/** Alters each clause of a specification in turn and judges what comes of it; lint is not asked. */
export function trials(call: Specification, collection: Collection, kernel: Kernel): Trial[] {
  const withExamples = (one: Specification): readonly Observation[] => [
    ...collection.seen,
    ...collect(exampleScenarios(one), kernel).seen,
  ];
  const seen = withExamples(call);
  const right = new Judge(call);
  const omitted = new Set(right.omissions(seen).map(({ what }) => what));
  const verdicts = new Map<string, Judged>(right.bounds.map((one) => [keyOf(one), right.clause(one, seen)]));
  const wrongBefore = [...verdicts.values()].filter(isWrong).length;
  return mutants(call).map((mutant): Trial => {
    const mine = mutant.kind === 'examples' ? withExamples(mutant.call) : seen;
    const judge = new Judge(mutant.call);
    const clauses = judge.bounds.map((one) => {
      const known = isAlone(one, mutant) ? verdicts.get(keyOf(one)) : undefined;
      return known && known.bound.clause.part === one.clause.part ? known : judge.clause(one, mine);
    });
    const left = judge.omissions(mine).find(({ what }) => !omitted.has(what));
    const wrong = clauses.filter((one) => isWrong(one) && !isKnown(one, verdicts));
    if (wrong.length > 0 && clauses.filter(isWrong).length > wrongBefore) {
      return {
        mutant,
        caught: true,
        why: `${wrong[0]!.bound.clause.id}: ${wrong[0]!.because[0] ?? wrong[0]!.verdict}`,
      };
    }
    if (left) return { mutant, caught: true, why: `omits ${left.what}` };
    return { mutant, caught: false, why: excuse(mutant, clauses) };
  });
}

const keyOf = ({ clause }: Bound): string => `${clause.kind} ${clause.id} ${clause.text}`;

/** What one clause says does not hang on the clause that was altered. */
const isAlone = ({ clause }: Bound, { kind }: Mutant): boolean =>
  !(kind === 'error' && clause.kind === 'error') && clause.kind !== kind && clause.kind !== 'examples';

const isKnown = (one: Judged, verdicts: ReadonlyMap<string, Judged>): boolean => {
  const before = verdicts.get(keyOf(one.bound));
  return before !== undefined && before.bound.clause.part === one.bound.clause.part && isWrong(before);
};

function excuse({ clause, how }: Mutant, clauses: readonly Judged[]): string {
  const one = clauses.find(({ bound }) => bound.clause.id === clause);
  if (how.startsWith('no phrase')) return how;
  if (!one || how === 'left out') return 'another clause says the same';
  if (one.verdict === 'cannot be observed') return one.because[0] ?? one.verdict;
  if (one.verdict === 'not exercised') return 'no scenario is a case of the altered clause';
  return one.verdict === 'not bound: prose' ? 'the altered text is not understood' : 'the altered text holds too';
}
