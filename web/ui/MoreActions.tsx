import { For, Show } from 'solid-js';
import type { Command } from '../app/commands';
import { THEMES, themeTitle, type ThemeChoice } from './theme';

interface MoreActionsProps {
  commands: readonly Command[];
  theme: ThemeChoice;
}

/** What a narrow header has no room for: all commands, the keys, the look. */
export function MoreActions(props: MoreActionsProps) {
  const row = (id: string) => props.commands.find((command) => command.id === id)!;
  return (
    <div class="more-actions" role="group" aria-label="More actions">
      <Show when={row('text.back').when()}>
        <button class="button" onClick={() => row('text.back').run()}>
          Back to my text
        </button>
      </Show>
      <button class="button" onClick={() => row('commands').run()}>
        Commands
      </button>
      <button class="button" onClick={() => row('help').run()}>
        Help
      </button>
      <select class="button" aria-label="Theme" onChange={(event) => row(`theme.${event.currentTarget.value}`).run()}>
        <For each={THEMES}>
          {(theme) => (
            <option value={theme} selected={props.theme === theme}>
              {themeTitle(theme)}
            </option>
          )}
        </For>
      </select>
    </div>
  );
}
