// What the page and its worker say to each other. A run is named by the id that its request had.
import type { Fix, Run, Settings, StepView } from '../run/model';
import type { Trial } from '../run/trial';
import type { Wish } from './select';

/** What the page shows when it asks for a run: the worker sends along what it will show of that run. */
export interface Showing extends Wish {
  /** The runs that are shown until then, the newest and the last good one; 0 for none. */
  readonly runs: { readonly newest: number; readonly good: number };
  /** The selected step of the run before; null for a text that was opened. */
  readonly step: number | null;
  readonly against: number | null;
  /** Steps whose rows of the log are in view. */
  readonly rows: readonly number[];
}

export interface RunRequest {
  readonly kind: 'run';
  readonly id: number;
  readonly source: string;
  readonly settings: Settings;
  readonly showing: Showing;
}

/** Asks for the state of a step of a run that the worker still has. */
export interface ViewRequest {
  readonly kind: 'view';
  readonly id: number;
  readonly step: number;
  /** The step whose state is shown as before; null: the step before. */
  readonly against: number | null;
}

/** Asks for the state of a step that may be selected next: answered when nothing else waits, and nobody waits for it. */
export interface NearRequest extends Omit<ViewRequest, 'kind'> {
  readonly kind: 'near';
}

/** Asks for the texts of log rows. */
export interface TextsRequest {
  readonly kind: 'texts';
  readonly id: number;
  readonly steps: readonly number[];
  /** Nobody waits for them: they are answered when nothing else waits. */
  readonly quiet: boolean;
}

/** Asks for texts of the log that are to be copied: as TextsRequest, but not overtaken by scrolling. */
export interface LogRequest {
  readonly kind: 'log';
  readonly id: number;
  readonly steps: readonly number[];
}

/** Asks what a fix for a step would do. Nothing of the run that it is for changes. */
export interface TryRequest {
  readonly kind: 'try';
  readonly id: number;
  readonly step: number;
  readonly fix: Fix;
}

/** A question with an answer of its own. */
export type AskRequest = LogRequest | TryRequest;
/** What a worker is given first. */
export interface CoreMessage {
  readonly kind: 'core';
  readonly core: WebAssembly.Module;
}

export type Request = RunRequest | ViewRequest | NearRequest | TextsRequest | AskRequest;

/** What the log says of a step beside its columns. */
export interface StepText {
  readonly step: number;
  /** "mlock(buf, 65536)". */
  readonly call: string;
  /** "-1 ENOMEM". */
  readonly result: string;
  readonly drawing: string;
}

export type Answer =
  /** It has the core and answers from now on. */
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'run';
      readonly id: number;
      readonly run: Run;
      /** The step that the page will most likely show, so that it need not ask; null if that could not be told. */
      readonly view: StepView | null;
      readonly texts: readonly StepText[];
    }
  /** view null: the worker does not have that run (any more). */
  | { readonly kind: 'view'; readonly id: number; readonly step: number; readonly view: StepView | null }
  | { readonly kind: 'near'; readonly id: number; readonly view: StepView | null }
  | { readonly kind: 'texts'; readonly id: number; readonly texts: readonly StepText[] | null }
  | { readonly kind: 'log'; readonly id: number; readonly texts: readonly StepText[] | null }
  | { readonly kind: 'try'; readonly id: number; readonly trial: Trial | null }
  /** The core cannot be had here, not now and not by another worker. */
  | { readonly kind: 'no core'; readonly message: string }
  /** A mistake of ours; the worker is no longer to be trusted. */
  | { readonly kind: 'broken'; readonly message: string };
