import { Show } from 'solid-js';
import type { Command } from '../app/commands';
import { hasFailed } from '../app/select';
import type { Store } from '../app/store';
import { count, stepCall, stepResult } from '../app/words';
import { Icon } from './Icon';

/** The timeline of a narrow screen: where we are, back, next failure, on. */
export function StepBar(props: { store: Store; commands: readonly Command[] }) {
  const row = (id: string) => props.commands.find((command) => command.id === id)!;
  const steps = () => props.store.steps();
  const step = () => props.store.step();
  return (
    <section class="step-bar" aria-label="Steps">
      <button
        class="icon-button"
        aria-label="Step back"
        disabled={!row('step.back').when()}
        onClick={() => row('step.back').run()}
      >
        <Icon name="back" size={16} />
      </button>
      <div class="step-bar-now">
        <Show when={steps()}>
          {(all) => (
            <>
              <div class="num">
                <b>{count(step())}</b> of {count(all().length)}
                <Show when={all().line[step() - 1]}>{(line) => <> · line {line()}</>}</Show>
              </div>
              <div>
                <Show when={step() > 0} fallback="before the first call">
                  {stepCall(all(), step())}{' '}
                  <span classList={{ failed: hasFailed(all(), step()) }}>{stepResult(all(), step())}</span>
                </Show>
              </div>
            </>
          )}
        </Show>
      </div>
      <button
        class="icon-button failed"
        aria-label="Next failure"
        disabled={!row('failure.next').when()}
        onClick={() => row('failure.next').run()}
      >
        <span>
          ✕<Icon name="on" />
        </span>
      </button>
      <button
        class="icon-button"
        aria-label="Step on"
        disabled={!row('step.on').when()}
        onClick={() => row('step.on').run()}
      >
        <Icon name="on" size={16} />
      </button>
    </section>
  );
}
