import type { Place } from '../model';

/** What would mend a mistake, before anybody has looked at how the call is written. */
export type Mend =
  /** Puts text in the place of an argument, or behind it. */
  | { readonly kind: 'replace' | 'append'; readonly argument: number; readonly insert: string; readonly title: string }
  /** Takes the argument of another call, which begins at the offset `of`. */
  | { readonly kind: 'copy'; readonly argument: number; readonly of: number; readonly title: string }
  /** Looks at the result. */
  | { readonly kind: 'check' }
  /** Puts the call before the statement of an earlier one, which begins at `of` and stands right before it. */
  | { readonly kind: 'before'; readonly of: number };

/** A classic mistake that a run has shown. */
export interface Finding {
  /** What `// NOLINT(name)` calls it. */
  readonly code: string;
  readonly severity: 'warning' | 'hint';
  readonly place: Place;
  readonly message: string;
  readonly mend: Mend | null;
}
