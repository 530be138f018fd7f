import { For, Show } from 'solid-js';
import { keyText, type Command } from '../../app/commands';
import type { Store } from '../../app/store';
import { count } from '../../app/words';
import { Icon } from '../Icon';

/** The head of the timeline: stepping, playing, where we are. */
export function Controls(props: { store: Store; commands: readonly Command[]; playing: boolean }) {
  const row = (id: string) => props.commands.find((command) => command.id === id)!;
  const length = () => props.store.run()?.steps.length ?? 0;
  const line = () => props.store.run()?.steps.line[props.store.step() - 1];
  const buttons = () =>
    [
      ['first', row('step.first')],
      ['back', row('step.back')],
      [props.playing ? 'pause' : 'play', row('play')],
      ['on', row('step.on')],
      ['last', row('step.last')],
    ] as const;
  return (
    <div class="timeline-head">
      <For each={buttons()}>
        {([icon, command]) => (
          <button
            class="icon-button"
            aria-label={icon === 'pause' ? 'Pause' : icon === 'play' ? 'Play' : command.title}
            title={`${command.title} (${keyText(command.key)})`}
            aria-disabled={!command.when()}
            onClick={() => command.when() && command.run()}
          >
            <Icon name={icon} />
          </button>
        )}
      </For>
      <span class="timeline-place num">
        <b>step {count(props.store.step())}</b> of {count(length())}
      </span>
      <Show when={line()}>
        <span class="dim num">line {line()}</span>
      </Show>
      <span class="grow" />
      <button
        class="button quiet small"
        disabled={!row('failure.next').when()}
        onClick={() => row('failure.next').run()}
      >
        Next failure <kbd>N</kbd>
      </button>
    </div>
  );
}
