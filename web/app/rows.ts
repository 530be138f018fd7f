// Texts of log rows: asked for when they come into view, kept until the next run.
import { createSignal, untrack } from 'solid-js';
import type { StepText } from './protocol';

/** Texts of the rows of one run. */
export interface Rows {
  /** The text of a step; null until it comes. */
  text(step: number): StepText | null;
  /** Tells which steps are in view. */
  want(steps: readonly number[]): void;
  add(made: readonly StepText[]): void;
  /** Those of a new run take the place of all. */
  renew(made: readonly StepText[]): void;
  /** The steps that were in view last. */
  wanted(): readonly number[];
}

/** Makes an empty collection; `ask` is called with the steps that are in view and not known. */
export function createRows(ask: (steps: readonly number[]) => void): Rows {
  const [known, setKnown] = createSignal<ReadonlyMap<number, StepText>>(new Map());
  let wanted: readonly number[] = [];
  const askForMissing = () => {
    const missing = wanted.filter((step) => !untrack(known).has(step));
    if (missing.length > 0) ask(missing);
  };
  return {
    text: (step) => known().get(step) ?? null,
    want(steps) {
      wanted = steps;
      askForMissing();
    },
    add(made) {
      setKnown((old) => new Map([...old, ...made.map((row) => [row.step, row] as const)]));
      if (made.length > 0) askForMissing();
    },
    renew: (made) => setKnown(new Map(made.map((row) => [row.step, row]))),
    wanted: () => wanted,
  };
}
