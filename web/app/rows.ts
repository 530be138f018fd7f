// Texts of log rows: asked for when they come into view, kept until the next run.
import { createSignal, untrack } from 'solid-js';
import type { StepText } from './protocol';

/** Texts of the rows of one run. */
export interface Rows {
  /** The text of a step; null until it comes. */
  text(step: number): StepText | null;
  /** Tells which steps are in view, and which beside them may come into view next. */
  want(inView: readonly number[], around: readonly number[]): void;
  add(made: readonly StepText[]): void;
  /** Those of a new run take the place of all. */
  renew(made: readonly StepText[]): void;
  /** The steps that were in view last. */
  inView(): readonly number[];
}

/** Makes an empty collection; `ask` is called with steps that are not known. `quiet`: none of them is in view. */
export function createRows(ask: (steps: readonly number[], quiet: boolean) => void): Rows {
  const [known, setKnown] = createSignal<ReadonlyMap<number, StepText>>(new Map());
  let wanted: readonly number[] = [];
  let needed: readonly number[] = [];
  const isMissing = (step: number) => !untrack(known).has(step);
  const askForMissing = () => {
    const missing = wanted.filter(isMissing);
    if (missing.length > 0) ask(missing, !needed.some(isMissing));
  };
  return {
    text: (step) => known().get(step) ?? null,
    want(inView, around) {
      needed = inView;
      wanted = [...new Set([...inView, ...around])];
      askForMissing();
    },
    add(made) {
      setKnown((old) => new Map([...old, ...made.map((row) => [row.step, row] as const)]));
      if (made.length > 0) askForMissing();
    },
    renew: (made) => setKnown(new Map(made.map((row) => [row.step, row]))),
    inView: () => needed,
  };
}
