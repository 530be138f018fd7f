import { For } from 'solid-js';
import type { Command } from '../app/commands';

const IDS = ['text.back', 'examples', 'theme.system', 'theme.light', 'theme.dark', 'theme.contrast', 'help'];

/** What a narrow header has no room for. */
export function MoreActions(props: { commands: readonly Command[] }) {
  const rows = () => props.commands.filter((command) => IDS.includes(command.id) && command.when());
  return (
    <div class="more-actions" role="group" aria-label="More actions">
      <For each={rows()}>
        {(command) => (
          <button class="button" onClick={() => command.run()}>
            {command.title}
          </button>
        )}
      </For>
    </div>
  );
}
