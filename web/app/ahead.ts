// Who goes step by step will most likely go on: the views of the next steps are asked for before they are wanted.
import type { StepView } from '../run/model';

/** Steps that are asked for ahead. */
const AHEAD = 3;

/** Views of steps that may be selected next, of one run and compared with one step. */
export interface Ahead {
  /** The view of a step, if it is there. */
  find(step: number, against: number | null): StepView | null;
  /** The selection went from the step beside it, in the direction of `by`. */
  went(step: number, by: 1 | -1): void;
  /** An answer to `ask`. */
  add(view: StepView): void;
  /** The run is another one, or what its steps are compared with. */
  clear(): void;
}

/** Makes an empty collection. `ask` is called with one step at a time; a step that is not, is not answered. */
export function createAhead(ask: (step: number) => void): Ahead {
  let views: readonly StepView[] = [];
  let wanted: readonly number[] = [];
  const askNext = () => {
    const missing = wanted.find((step) => views.every((view) => view.step !== step));
    if (missing !== undefined) ask(missing);
  };
  return {
    find: (step, against) => views.find((view) => view.step === step && view.against === against) ?? null,
    went(step, by) {
      wanted = Array.from({ length: AHEAD }, (_, i) => step + by * (i + 1));
      views = views.filter((view) => wanted.includes(view.step));
      askNext();
    },
    add(view) {
      if (!wanted.includes(view.step)) return;
      views = [...views, view];
      askNext();
    },
    clear() {
      views = [];
      wanted = [];
    },
  };
}
