import { createEffect, createSignal, on, onCleanup } from 'solid-js';
import type { Store } from '../app/store';
import { sayStep } from '../app/words';

/** Milliseconds of rest after which an error in the text is said. */
const REST = 1_000;

/** Says each chosen step, and errors once typing rests, to those who do not see them. */
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
  createEffect(function sayError() {
    const error = props.store.current()?.diagnostics.find(({ severity }) => severity === 'error');
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
