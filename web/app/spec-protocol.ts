// What the Spec tab and its worker say to each other. All of it is plain data: what judges stays in the worker.
import type { Settings } from '../run/model';
import type { Difference } from '../spec/judge/difference';
import type { Verdict } from '../spec/judge/judge';
import type { Row } from '../spec/judge/report';
import type { ClauseKind } from '../spec/clauses';
import type { Finding, Form } from '../spec/model';

/** The page takes these from here: the judge itself is no part of it. */
export type { Difference, Row, Verdict };

/** How one step answered a clause. */
export interface Said {
  readonly step: number;
  readonly says: 'confirms' | 'confirms in part' | 'contradicts';
  /** What was seen instead, or ''. */
  readonly note: string;
}

/** A clause, at the step and over the run. */
export interface ClauseLine {
  /** 'mlock.error.ENOMEM'. */
  readonly id: string;
  readonly kind: ClauseKind;
  readonly text: string;
  /** Over the run. */
  readonly verdict: Verdict;
  readonly because: readonly string[];
  /** At the step that was asked for; null: it did not touch the clause. */
  readonly here: Said | null;
  /** Steps of the run that touched it, in their order; at most MAX_STEPS_SHOWN. */
  readonly steps: readonly Said[];
  readonly nr_steps: number;
}

/** Steps that are named beside a clause; the others are counted. */
export const MAX_STEPS_SHOWN = 24;

/** A parameter that runtime checks refuse. */
export interface Refused {
  readonly parameter: string;
  /** As C would write it: '0xffffffffffffffff'. */
  readonly value: string;
  readonly rule: string;
}

/** The result of the step with and without the checks of its specification. */
export interface CheckedStep {
  /** '0', '-1 ENOMEM'. */
  readonly unchecked: string;
  readonly checked: string;
  readonly refused: readonly Refused[];
}

/** What specifications say of one step. */
export interface SpecPage {
  readonly step: number;
  /** 'mmap'. */
  readonly call: string;
  /** The specification of the call is that of the text that was sent, not ours. */
  readonly isTheirs: boolean;
  /** Steps of the run that were looked at for the verdicts. */
  readonly nr_judged: number;
  /** Calls that have a specification here. */
  readonly specified: readonly string[];
  /** Clauses of the specification of the call; empty where it has none. */
  readonly clauses: readonly ClauseLine[];
  /** Clauses of other calls that the step exercised: mmap() those of mlockall(MCL_FUTURE). */
  readonly others: readonly ClauseLine[];
  /** What happened and no clause claims. */
  readonly unclaimed: readonly string[];
  /** Whether a failed call is as if it had not been; null where it did not fail. */
  readonly atomic: { readonly holds: boolean; readonly sentence: string; readonly claimed: boolean } | null;
  /** Null where the call has no specification. */
  readonly checked: CheckedStep | null;
}

/** An audit of one specification. */
export interface CallAudit {
  readonly call: string;
  readonly form: Form;
  readonly rows: readonly Row[];
  readonly findings: readonly Finding[];
  /** Null where we have no specification of the call. */
  readonly differences: readonly Difference[] | null;
}

/** An audit of a text. */
export interface TextAudit {
  readonly calls: readonly CallAudit[];
  /** What could not be read. */
  readonly findings: readonly Finding[];
  /** The audit as a reply to a mail. */
  readonly mail: string;
}

/** A text in another form, and what that form cannot hold. */
export interface Converted {
  readonly text: string;
  readonly losses: readonly string[];
}

/** What the page asks. */
export type SpecRequest =
  | {
      readonly kind: 'judge';
      readonly source: string;
      readonly settings: Settings;
      readonly step: number;
      /** Specifications that stand in for ours of the same call, as a text of any form; '' for none. */
      readonly by: string;
    }
  /** `base` stands before the links of a mail. */
  | { readonly kind: 'audit'; readonly text: string; readonly base: string }
  | { readonly kind: 'convert'; readonly text: string; readonly form: Form }
  | { readonly kind: 'report' };

/** What the worker answers: of the kind that was asked, or 'broken'. */
export type SpecAnswer =
  /** page null: the run has no such step. */
  | { readonly kind: 'judge'; readonly page: SpecPage | null }
  | { readonly kind: 'audit'; readonly audit: TextAudit }
  | { readonly kind: 'convert'; readonly converted: Converted }
  | { readonly kind: 'report'; readonly rows: readonly Row[] }
  /** A mistake of ours, or no core; the worker is no longer to be trusted. */
  | { readonly kind: 'broken'; readonly message: string };
