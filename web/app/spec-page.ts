// What specifications say of a step of a run that a timeline has followed, as plain data for the Spec tab.
import { P_pending_signal } from '../../assembly/abi/sysno';
import { callName, resultText } from '../run/call';
import type { Timeline } from '../run/timeline';
import type { Specification } from '../spec/model';
import { checkedResult } from '../spec/judge/checked';
import { observations } from '../spec/judge/gather';
import { Judge, type Judged, type StepClause } from '../spec/judge/judge';
import { LOCK_CALLS, Observation } from '../spec/judge/observation';
import { MAX_STEPS_SHOWN, type CheckedStep, type ClauseLine, type Said, type SpecPage } from './spec-protocol';

const SAYS = { confirmed: 'confirms', 'confirmed in part': 'confirms in part', contradicted: 'contradicts' } as const;

/** The judges of all specifications. Tied once, they serve every run. */
export function judgesOf(specifications: readonly Specification[]): readonly Judge[] {
  return specifications.map((one) => new Judge(one));
}

/** A run with what its steps say. The timeline must stay at this run. */
export class JudgedRun {
  readonly #seen: readonly Observation[];
  readonly #clauses = new Map<Judge, readonly Judged[]>();
  readonly #touched = new Map<Judge, ReadonlyMap<string, readonly Said[]>>();

  constructor(
    readonly judges: readonly Judge[],
    readonly timeline: Timeline,
  ) {
    this.#seen = observations('', timeline);
  }

  /** What specifications say of a step, `theirs` among them; null where the run has no such step. */
  page(step: number, theirs: readonly Specification[] = []): SpecPage | null {
    const call = step > this.timeline.length ? null : this.timeline.call(step);
    if (!call) return null;
    const name = callName(call.nr);
    const judge = this.judges.find((one) => one.call.name === name) ?? null;
    const specified = this.judges.map((one) => one.call.name);
    const seen = this.#observe(step);
    const others = this.judges
      .filter((one) => one !== judge && one.step(seen).exercised.length > 0)
      .flatMap((one) => this.#lines(one, seen).filter(({ here }) => here !== null));
    const isTheirs = judge !== null && theirs.includes(judge.call);
    const base = { step, call: name, isTheirs, nr_judged: this.#seen.length, specified, others };
    if (!judge) return { ...base, clauses: [], unclaimed: [], atomic: null, checked: null };
    const { unclaimed, atomic } = judge.step(seen);
    return {
      ...base,
      clauses: this.#lines(judge, seen),
      unclaimed,
      atomic,
      checked: checkedStep(judge.call, seen),
    };
  }

  #observe(step: number): Observation {
    const known = this.#seen.find((one) => one.step === step);
    if (known) return known;
    const call = this.timeline.call(step)!;
    const before = this.timeline.call(step - 1);
    const told = before?.nr === P_pending_signal ? before.args : [0n, 0n];
    const earlier = this.#seen
      .filter((one) => one.step < step && LOCK_CALLS.includes(one.name))
      .map((one) => one.asEarlier());
    return new Observation('', this.timeline.moment(step), call, earlier, Number(told[0]), told[1] !== 0n);
  }

  #lines(judge: Judge, seen: Observation): ClauseLine[] {
    const here = new Map(judge.step(seen).exercised.map((one) => [one.bound.clause.id, one]));
    const touched = this.#touchedBy(judge);
    return this.#judged(judge).map(({ bound: { clause }, verdict, because }) => {
      const now = here.get(clause.id);
      const steps = touched.get(clause.id) ?? [];
      return {
        id: clause.id,
        kind: clause.kind,
        text: clause.text,
        verdict,
        because,
        here: now ? said(seen.step, now) : null,
        steps: steps.slice(0, MAX_STEPS_SHOWN),
        nr_steps: steps.length,
      };
    });
  }

  #judged(judge: Judge): readonly Judged[] {
    const known = this.#clauses.get(judge) ?? judge.all(this.#seen).clauses;
    this.#clauses.set(judge, known);
    return known;
  }

  #touchedBy(judge: Judge): ReadonlyMap<string, readonly Said[]> {
    const known = this.#touched.get(judge);
    if (known) return known;
    const touched = new Map<string, Said[]>();
    for (const seen of this.#seen) {
      for (const one of judge.step(seen).exercised) {
        const { id } = one.bound.clause;
        touched.set(id, [...(touched.get(id) ?? []), said(seen.step, one)]);
      }
    }
    this.#touched.set(judge, touched);
    return touched;
  }
}

const said = (step: number, { says, note }: StepClause): Said => ({ step, says: SAYS[says], note });

function checkedStep(call: Specification, { args, call: made }: Observation): CheckedStep {
  const { checked, unchecked, violations } = checkedResult(call, args, made.result);
  return {
    unchecked: resultText({ nr: made.nr, result: unchecked }),
    checked: resultText({ nr: made.nr, result: checked }),
    refused: violations.map(({ parameter, value, rule }) => ({
      parameter,
      value: value < 4096n ? String(value) : `0x${value.toString(16)}`,
      rule,
    })),
  };
}
