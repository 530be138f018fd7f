// The scenarios that exercise the clauses, and what they show: run once, asked often.
import type { Kernel } from '../../core/kernel';
import { inOrder, readExample, type Example } from '../../share/example';
import type { Specification } from '../model';
import { exampleScenarios } from './example';
import { gather, type Scenario } from './gather';
import { Judge, type Judged, type Omission } from './judge';
import type { Observation } from './observation';

/** What a collection of scenarios has shown: the shortest scenario first. */
export interface Collection {
  readonly scenarios: ReadonlyMap<string, Scenario>;
  readonly seen: readonly Observation[];
}

/** A specification judged by a collection. */
export interface JudgedCall {
  readonly call: Specification;
  readonly clauses: readonly Judged[];
  readonly omitted: readonly Omission[];
  /** The scenarios that the evidence names, also those of its own examples. */
  readonly scenarios: ReadonlyMap<string, Scenario>;
}

/** Lists the scenarios of examples/spec in the order of their numbers. */
export function specExamples(): readonly Example[] {
  const files = import.meta.glob<string>('../../../examples/spec/*.c', {
    query: '?raw',
    import: 'default',
    eager: true,
  });
  return inOrder(Object.entries(files).map(([path, text]) => readExample(path, text)));
}

/** Scenarios as the judge takes them. */
export const asScenarios = (examples: readonly Example[]): readonly Scenario[] =>
  examples.map(({ file, text }) => ({ name: file, source: text }));

/** Runs scenarios on a machine that each of them empties. */
export function collect(scenarios: readonly Scenario[], kernel: Kernel): Collection {
  const shortest = [...scenarios].sort((a, b) => weight(a) - weight(b));
  return {
    scenarios: new Map(shortest.map((one) => [one.name, one])),
    seen: shortest.flatMap((one) => gather(one, kernel).seen),
  };
}

/** Lines that do something. */
const weight = ({ source }: Scenario): number =>
  source.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('//')).length;

/** Judges a specification by a collection and by its own examples, which are run for it. */
export function judgeCall(call: Specification, collection: Collection, kernel: Kernel): JudgedCall {
  const own = collect(exampleScenarios(call), kernel);
  const judged = new Judge(call).all([...collection.seen, ...own.seen]);
  return { call, ...judged, scenarios: new Map([...collection.scenarios, ...own.scenarios]) };
}
