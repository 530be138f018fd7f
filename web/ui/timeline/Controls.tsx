import { For, Show } from 'solid-js';
import { keyText, type Command } from '../../app/commands';
import type { Store } from '../../app/store';
import { count } from '../../app/words';
import type { Filter } from '../filter';
import { Icon } from '../Icon';
import { SPEEDS, type Player } from '../player';
import { FilterBox } from './FilterBox';

interface ControlsProps {
  store: Store;
  commands: readonly Command[];
  player: Player;
  filter: Filter;
}

/** The head of the timeline: stepping, playing, where we are, failures, the filter. */
export function Controls(props: ControlsProps) {
  const row = (id: string) => props.commands.find((command) => command.id === id)!;
  const length = () => props.store.steps()?.length ?? 0;
  const line = () => props.store.steps()?.line[props.store.step() - 1];
  const buttons = () =>
    [
      ['first', row('step.first')],
      ['back', row('step.back')],
      [props.player.playing() ? 'pause' : 'play', row('play')],
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
      <select
        class="speed num"
        aria-label="Speed of playing"
        title="Speed of playing (< and >)"
        value={props.player.speed()}
        onChange={(event) => props.player.setSpeed(Number(event.currentTarget.value))}
      >
        <For each={SPEEDS}>{(speed) => <option value={speed}>{speed}×</option>}</For>
      </select>
      <span class="timeline-place num">
        <b>step {count(props.store.step())}</b> of {count(length())}
      </span>
      <Show when={line()}>
        <span class="dim num">line {line()}</span>
      </Show>
      <span class="grow" />
      <button
        class="icon-button failed"
        aria-label="Previous failure"
        title="Previous failure (Shift N)"
        disabled={!row('failure.previous').when()}
        onClick={() => row('failure.previous').run()}
      >
        <Icon name="back" />
      </button>
      <button
        class="button quiet small"
        disabled={!row('failure.next').when()}
        onClick={() => row('failure.next').run()}
      >
        Next failure <kbd>N</kbd>
      </button>
      <FilterBox filter={props.filter} length={length()} />
    </div>
  );
}
