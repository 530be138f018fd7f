// Judges steps by a specification: what each clause says to a step, what nobody claims, and, over many steps, a verdict.
import type { Specification } from '../model';
import { bypassed } from './capability';
import { bind, type Bound } from './bind';
import { changesOf } from './changes';
import type { Answer, Change, Claim } from './claim';
import { causeSeen, describes } from './causes';
import { ownsUpToPartial } from './errors';
import type { Observation } from './observation';

/** The verdicts, as a summary lists them. */
export const VERDICTS = [
  'holds',
  'holds with conditions',
  'omits',
  'contradicted in part',
  'contradicted',
  'cannot be observed',
  'not exercised',
  'not bound: prose',
] as const;

/** What a clause is worth over many steps. */
export type Verdict = (typeof VERDICTS)[number];

/** A step that says something of a clause. */
export interface Evidence {
  readonly scenario: string;
  readonly step: number;
  readonly says: Answer['says'];
  /** What was seen instead, or ''. */
  readonly note: string;
}

/** A clause over all steps that were looked at. */
export interface Judged {
  readonly bound: Bound;
  readonly verdict: Verdict;
  /** Why: the exceptions, what is omitted, what was seen instead, why nothing can be seen. */
  readonly because: readonly string[];
  /** What bears the verdict out first, shortest scenario before longer ones. */
  readonly evidence: readonly Evidence[];
}

/** A clause at one step. */
export interface StepClause {
  readonly bound: Bound;
  readonly says: 'confirmed' | 'contradicted' | 'confirmed in part';
  readonly note: string;
}

/** One step. */
export interface StepJudged {
  /** The clauses that the step exercised. */
  readonly exercised: readonly StepClause[];
  /** What happened that no clause claims. */
  readonly unclaimed: readonly string[];
  /** For a failed call: whether it is as if it had not been. Null where the call did not fail. */
  readonly atomic: { readonly holds: boolean; readonly sentence: string; readonly claimed: boolean } | null;
}

/** A specification tied to what can be seen. Tie it once and ask for many steps. */
export class Judge {
  readonly bounds: readonly Bound[];
  readonly #covered: ReadonlySet<Change>;

  constructor(readonly call: Specification) {
    this.bounds = bind(call);
    // Side effects are what a text has to list; where it lists none, whatever it says elsewhere counts.
    const listing = this.bounds.filter(({ clause }) => clause.kind === 'side-effect');
    const telling = listing.length > 0 ? listing : this.bounds;
    this.#covered = new Set(telling.flatMap((one) => claimsOf(one).flatMap(({ covers }) => covers)));
  }

  /** Judges one step; a step of another call exercises few clauses or none. */
  step(seen: Observation): StepJudged {
    const exercised = this.bounds.flatMap((one): StepClause[] => {
      const said = claimsOf(one).flatMap((claim) => claim.look(seen) ?? []);
      if (said.length === 0) return [];
      const wrong = said.filter(({ says }) => says !== 'yes');
      const says =
        wrong.length === 0
          ? 'confirmed'
          : wrong.every((a) => a.says === 'no') && wrong.length === said.length
            ? 'contradicted'
            : 'confirmed in part';
      return [{ bound: one, says, note: wrong.map(({ note }) => note).join('; ') }];
    });
    return { exercised, unclaimed: this.unclaimed(seen), atomic: this.#atomic(seen) };
  }

  /** Lists what a step did that no clause claims. */
  unclaimed(seen: Observation): string[] {
    if (seen.name !== this.call.name) return [];
    const found: string[] = [];
    if (seen.failed && !this.call.errors.some((one) => describes(one, seen))) {
      const cause = causeSeen(seen);
      const isListed = this.call.errors.some(({ name }) => name === seen.errno);
      found.push(`${seen.errno}${cause ? `: ${cause.says}` : ''}${isListed ? '' : ' (no clause lists this errno)'}`);
    }
    if (bypassed(seen) && this.call.capabilities.length === 0) {
      found.push('CAP_IPC_LOCK passes the check of the limit, and no capability is declared');
    }
    return [...found, ...changesOf(seen).filter((change) => !this.#covered.has(change))];
  }

  #atomic(seen: Observation): StepJudged['atomic'] {
    if (seen.name !== this.call.name || !seen.failed) return null;
    const changes = changesOf(seen);
    if (changes.length === 0) return { holds: true, claimed: true, sentence: 'The call failed and changed nothing.' };
    const claimed = this.call.errors.some((one) => describes(one, seen) && ownsUpToPartial(one));
    const sentence = `The call failed with ${seen.errno} and yet: ${changes.join(', ')}.${claimed ? '' : ' No clause says so.'}`;
    return { holds: false, claimed, sentence };
  }

  /** Judges every clause over many steps, and lists what no clause claims. */
  all(seen: readonly Observation[]): { readonly clauses: readonly Judged[]; readonly omitted: readonly Omission[] } {
    const omitted = this.omissions(seen);
    return { clauses: this.bounds.map((one) => this.clause(one, seen, omitted)), omitted };
  }

  /** What is left out, each with the shortest scenario that shows it. */
  omissions(seen: readonly Observation[]): readonly Omission[] {
    const found = new Map<string, Omission>();
    for (const one of seen) {
      for (const what of this.unclaimed(one)) {
        const errno = one.failed && what.startsWith(one.errno) ? one.errno : '';
        if (!found.has(what)) found.set(what, { what, errno, evidence: evidenceOf(one, { says: 'no', note: what }) });
      }
      const atomic = this.#atomic(one);
      if (atomic && !atomic.holds && !atomic.claimed) {
        const what = `${one.errno}: a part is done when it fails (${causeSeen(one)?.says ?? 'partial effect'})`;
        if (!found.has(what))
          found.set(what, { what, errno: one.errno, evidence: evidenceOf(one, { says: 'no', note: what }) });
      }
    }
    return [...found.values()];
  }

  /** Judges one clause over many steps. */
  clause(one: Bound, seen: readonly Observation[], omitted: readonly Omission[] = []): Judged {
    const { binding } = one;
    if (binding.kind === 'prose') return { bound: one, verdict: 'not bound: prose', because: [], evidence: [] };
    if (binding.kind === 'unobservable') {
      return { bound: one, verdict: 'cannot be observed', because: [binding.reason], evidence: [] };
    }
    if (binding.kind === 'settled') {
      const verdict = binding.holds ? 'holds' : 'contradicted';
      return { bound: one, verdict, because: binding.holds ? [] : [binding.note], evidence: [] };
    }
    const tallies = binding.claims.map((claim) => tally(claim, seen));
    const mine = omitted.filter(
      ({ errno }) => errno !== '' && one.clause.kind === 'error' && one.clause.id.includes(`.${errno}`),
    );
    return sum(one, tallies, mine);
  }
}

/** Something that a text leaves out. */
export interface Omission {
  readonly what: string;
  /** The errno that it is about, or ''. */
  readonly errno: string;
  readonly evidence: Evidence;
}

const claimsOf = ({ binding }: Bound): readonly Claim[] => (binding.kind === 'bound' ? binding.claims : []);

interface Tally {
  readonly claim: Claim;
  readonly verdict: 'holds' | 'holds with conditions' | 'contradicted in part' | 'contradicted' | 'not exercised';
  readonly because: readonly string[];
  readonly evidence: readonly Evidence[];
}

const evidenceOf = (seen: Observation, { says, note }: Answer): Evidence => ({
  scenario: seen.scenario,
  step: seen.step,
  says,
  note,
});

function tally(claim: Claim, seen: readonly Observation[]): Tally {
  const good: Evidence[] = [];
  const bad: Evidence[] = [];
  const outcomes = new Set<string>();
  for (const one of seen) {
    const said = claim.look(one);
    if (said === null) continue;
    (said.says === 'yes' ? good : bad).push(evidenceOf(one, said));
    if (said.outcome !== undefined) outcomes.add(said.outcome);
  }
  if (good.length + bad.length === 0) return { claim, verdict: 'not exercised', because: [], evidence: [] };
  const notes = [...new Set(bad.map(({ note }) => note).filter((note) => note !== ''))];
  const partly = bad.some(({ says }) => says === 'part' || says === 'mixed');
  if (claim.universal && bad.length > 0) {
    const inPart = bad.some(({ says }) => says === 'part');
    return {
      claim,
      verdict: inPart ? 'contradicted in part' : 'contradicted',
      because: notes,
      evidence: [...bad, ...good],
    };
  }
  const never = (claim.outcomes ?? []).filter((outcome) => !outcomes.has(outcome));
  if (never.length > 0 && outcomes.size > 0) {
    const because = [...never.map((outcome) => `never ${outcome}`), ...notes.map((note) => `not for ${note}`)];
    return { claim, verdict: 'contradicted in part', because, evidence: [...good, ...bad] };
  }
  if (bad.length > 0) {
    const verdict = good.length > 0 || partly ? 'holds with conditions' : 'contradicted';
    return {
      claim,
      verdict,
      because: verdict === 'contradicted' ? notes : notes.map((note) => `not for ${note}`),
      evidence: [...bad, ...good],
    };
  }
  return { claim, verdict: 'holds', because: [], evidence: good };
}

function sum(one: Bound, tallies: readonly Tally[], omitted: readonly Omission[]): Judged {
  const told = tallies.filter(({ verdict }) => verdict !== 'not exercised');
  if (told.length === 0) {
    const because = omitted.map(({ what }) => `omits ${what}`);
    return { bound: one, verdict: 'not exercised', because, evidence: [] };
  }
  const of = (verdict: Tally['verdict']): readonly Tally[] => told.filter((each) => each.verdict === verdict);
  const wrong = [...of('contradicted'), ...of('contradicted in part')];
  const some = of('holds with conditions');
  const leading = wrong.length > 0 ? wrong : some.length > 0 ? some : told;
  const omits = omitted.map(({ what }) => `omits ${what}`);
  const verdict: Verdict =
    wrong.length > 0
      ? of('contradicted').length === told.length ||
        wrong.some(({ claim, verdict: v }) => claim === told[0]!.claim && v === 'contradicted')
        ? 'contradicted'
        : 'contradicted in part'
      : omits.length > 0
        ? 'omits'
        : some.length > 0
          ? 'holds with conditions'
          : 'holds';
  const because = [...new Set([...leading, ...some].flatMap((each) => each.because))].slice(0, 6);
  const evidence =
    omits.length > 0 && wrong.length === 0
      ? omitted.map((each) => each.evidence)
      : leading.flatMap((each) => each.evidence);
  return { bound: one, verdict, because: [...because, ...omits], evidence };
}
