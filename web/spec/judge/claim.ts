// A claim is what a sentence says, as a question to a step. A clause makes one or more of them.
import type { Observation } from './observation';

/** What a kind of change is called where nobody claims it. */
export type Change =
  | 'VM_LOCKED set'
  | 'VM_LOCKED cleared'
  | 'VM_LOCKONFAULT set'
  | 'VM_LOCKONFAULT cleared'
  | 'locked_vm grew'
  | 'locked_vm fell'
  | 'def_flags set'
  | 'def_flags cleared'
  | 'PG_mlocked set'
  | 'PG_mlocked cleared'
  | 'pages moved to the unevictable list'
  | 'pages moved to a list of reclaim'
  | 'pages brought in'
  | 'pages taken away'
  | 'a private copy made'
  | 'VMA split'
  | 'VMAs merged';

/** How a step answered. 'mixed': true of a part of what it speaks of; 'part': a quantity that is right in part. */
export interface Answer {
  readonly says: 'yes' | 'no' | 'mixed' | 'part';
  /** For 'no', 'mixed' and 'part': what was seen instead. */
  readonly note: string;
  /** Which of several outcomes that the text names this one was. */
  readonly outcome?: string;
}

/** A question to each step. */
export interface Claim {
  /** What was understood, in words of ours. */
  readonly says: string;
  /** "all", "every", "guaranteed": one counterexample contradicts it. Otherwise an exception is a condition. */
  readonly universal: boolean;
  /** Changes that the text owns up to by this. */
  readonly covers: readonly Change[];
  /** Outcomes that the text names as possible: one that never comes contradicts it in part. */
  readonly outcomes?: readonly string[];
  /** Answers for a step, of any call; null where the step is no case of it. */
  readonly look: (seen: Observation) => Answer | null;
}

/** How a clause is tied to what can be seen. */
export type Binding =
  | { readonly kind: 'bound'; readonly claims: readonly Claim[] }
  /** Read off the text itself, without a run. */
  | { readonly kind: 'settled'; readonly holds: boolean; readonly note: string }
  | { readonly kind: 'unobservable'; readonly reason: string }
  /** No sentence of it is among those that judge/ understands. */
  | { readonly kind: 'prose' };

/** It is so. */
export const YES: Answer = { says: 'yes', note: '' };
/** It is not so; `note` is what was seen instead. */
export const no = (note: string): Answer => ({ says: 'no', note });
/** Yes or no; the note counts for no only. */
export const answer = (holds: boolean, note: string): Answer => (holds ? YES : no(note));

/** Makes a claim. */
export function claim(says: string, look: Claim['look'], covers: readonly Change[] = [], universal = false): Claim {
  return { says, universal, covers, look };
}

/** Asks about each of several things: which of them it is true of. Null where there are none. */
export function each<T>(
  things: readonly T[],
  isTrue: (thing: T) => boolean,
  nameOf: (thing: T) => string,
): Answer | null {
  if (things.length === 0) return null;
  const wrong = things.filter((thing) => !isTrue(thing));
  if (wrong.length === 0) return YES;
  const names = [...new Set(wrong.map(nameOf))];
  return { says: wrong.length === things.length ? 'no' : 'mixed', note: names.slice(0, 4).join(', ') };
}
