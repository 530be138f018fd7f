import { createEffect, createSignal, on, onCleanup } from 'solid-js';
import type { Store } from '../app/store';
import { count, sayStep } from '../app/words';

/** Milliseconds of rest after which an error in the text is said. */
const REST = 1_000;

/** Says what the selected step is compared with from now on. */
export const sayCompared = (other: number | null): string =>
  `Compared with ${other === null ? 'the step before' : other === 0 ? 'the start image' : `step ${count(other)}`}.`;

/** Says each chosen step, what it is compared with, and errors once typing rests, to those who do not see them. */
export function Announcer(props: { store: Store }) {
  const [said, setSaid] = createSignal('');
  createEffect(
    on(
      () => props.store.chosen(),
      () => {
        const run = props.store.run();
        if (run) setSaid(sayStep(run.steps, props.store.step()));
      },
      { defer: true },
    ),
  );
  createEffect(
    on(
      () => [props.store.compare(), props.store.run()] as const,
      function sayChosenCompare([other, run], before) {
        // a number that an edit moved along with its step was not chosen
        if (before && before[0] !== other && before[1] === run) setSaid(sayCompared(other));
      },
    ),
  );
  createEffect(function sayError() {
    const run = props.store.current();
    if (run?.source !== props.store.source()) return; // typed on, and its run is to come
    const error = run.diagnostics.find(({ severity }) => severity === 'error');
    if (!error) return;
    const { line, column } = error.place;
    const timer = setTimeout(() => setSaid(`Line ${line}, column ${column}. ${error.message}`), REST);
    onCleanup(() => clearTimeout(timer));
  });
  return (
    <div class="sr" aria-live="polite" data-testid="announcer">
      {said()}
    </div>
  );
}
