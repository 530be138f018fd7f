import { createMemo, createSignal, type Accessor } from 'solid-js';
import { filterSteps, nextMatch, type Matches } from '../app/filter';
import type { Store } from '../app/store';

/** What is written into the filter of the steps, and which steps it lets through. */
export interface Filter {
  readonly text: Accessor<string>;
  /** null: the filter is empty. */
  readonly matches: Accessor<Matches | null>;
  write(text: string): void;
  /** Selects the next match, or the one before. */
  next(direction: 1 | -1): void;
  /** True for a step that the filter passes over. */
  hides(step: number): boolean;
}

/** Makes an empty filter. */
export function createFilter(store: Store): Filter {
  const [text, write] = createSignal('');
  const matches = createMemo(() => {
    const run = store.run();
    return run && filterSteps(run, text());
  });
  return {
    text,
    matches,
    write,
    next(direction) {
      const found = matches();
      const step = found ? nextMatch(found, store.step(), direction) : 0;
      if (step > 0) store.goTo(step);
    },
    hides: (step) => matches()?.hits[step] === 0,
  };
}
