import { Show } from 'solid-js';
import { firstFix } from '../../app/commands';
import type { Store } from '../../app/store';
import { plural } from '../../app/words';
import type { Outcome } from '../../run/model';
import { Prose } from '../Prose';

type Bad = Extract<Outcome, { message: string }>;

/** The strip under the editor: the place of what is wrong, what to write, and a button that writes it. */
export function ErrorStrip(props: { store: Store }) {
  const run = () => props.store.run();
  const errors = () => run()?.diagnostics.filter(({ severity }) => severity === 'error') ?? [];
  const trouble = (): { place: { line: number; column: number }; message: string } | null => {
    const outcome = run()?.outcome;
    const ended = outcome && 'message' in outcome && outcome.kind !== 'limit' ? (outcome as Bad) : null;
    return errors()[0] ?? ended;
  };
  const fix = () => firstFix(run());
  return (
    <div role="status" class="error-strip-place">
      <Show when={trouble()}>
        {(error) => (
          <div class="error-strip">
            <span>
              <b>
                Line {error().place.line}, column {error().place.column}.
              </b>{' '}
              <Prose text={error().message} />
              <Show when={errors().length > 1}>
                <span class="dim"> And {plural(errors().length - 1, 'more error')}.</span>
              </Show>
            </span>
            <span class="grow" />
            <Show when={fix()}>
              {(found) => (
                <button class="button" onClick={() => props.store.applyFix(found(), run())}>
                  <span>
                    <Prose text={found().title} />
                  </span>
                  <kbd>Ctrl .</kbd>
                </button>
              )}
            </Show>
          </div>
        )}
      </Show>
    </div>
  );
}
