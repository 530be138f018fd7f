import { createEffect, createMemo, createSignal, For, Show } from 'solid-js';
import { keyText, type Command, type Where } from '../app/commands';

interface CommandDialogProps {
  commands: readonly Command[];
  /** Commands: what can be done now, to be chosen. Help: all rows and where their keys work. */
  open: 'commands' | 'help' | null;
  close(): void;
}

/** Where keys work, as the help groups them. */
const KEY_PLACES = [
  ['everywhere', 'Everywhere'],
  ['outside text', 'Outside of the editor and of text fields'],
  ['timeline', 'In the timeline, or where nothing has the focus'],
] as const satisfies readonly (readonly [Where, string])[];

/** One dialog over the rows of commands.ts: to run one, or to learn the keys. */
export function CommandDialog(props: CommandDialogProps) {
  let dialog!: HTMLDialogElement;
  const [filter, setFilter] = createSignal('');
  const [at, setAt] = createSignal(0);
  const found = createMemo(() => {
    if (!props.open) return [];
    const wanted = filter().toLowerCase();
    const rows = props.commands.filter(({ title }) => title.toLowerCase().includes(wanted));
    return props.open === 'help' ? rows : rows.filter((row) => row.when());
  });
  createEffect(function followOpen() {
    if (props.open && !dialog.open) {
      setFilter('');
      setAt(0);
      dialog.showModal();
    } else if (!props.open && dialog.open) dialog.close();
  });
  const commandsKey = () => keyText(props.commands.find(({ id }) => id === 'commands')?.key ?? '');
  const run = (command: Command | undefined) => {
    if (!command) return;
    props.close();
    dialog.close(); // gives the focus back before the command moves it
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (way) {
      event.preventDefault();
      setAt(Math.min(Math.max(at() + way, 0), found().length - 1));
      document.getElementById(`command-${at()}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && props.open === 'commands') {
      event.preventDefault();
      run(found()[at()]);
    }
  };
  return (
    <dialog
      ref={dialog}
      class="command-dialog"
      aria-label={props.open === 'help' ? 'Help: all keys' : 'Commands'}
      onClose={() => props.close()}
      onClick={(event) => event.target === dialog && dialog.close()}
    >
      <Show when={props.open === 'commands'}>
        <input
          type="text"
          placeholder="What do you want to do?"
          role="combobox"
          aria-label="Find a command"
          aria-expanded="true"
          aria-controls="command-list"
          aria-activedescendant={found().length ? `command-${at()}` : undefined}
          onInput={(event) => {
            setFilter(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <div id="command-list" class="command-list" role="listbox" aria-label="Commands">
          <For each={found()}>
            {(command, i) => (
              <div id={`command-${i()}`} role="option" aria-selected={at() === i()} onClick={() => run(command)}>
                <span>{command.title}</span>
                <Show when={command.key}>
                  <kbd>{keyText(command.key)}</kbd>
                </Show>
              </div>
            )}
          </For>
        </div>
      </Show>
      <Show when={props.open === 'help'}>
        <div class="help">
          <h2>Keys and commands</h2>
          <p>
            Single letters work outside of the editor. The editor gives Tab back after Escape. In the picture arrows
            move by page, Tab goes to the next changed page, Escape closes the tip and then leads out. What has no key
            is a row of Commands, {commandsKey()}.
          </p>
          <For each={KEY_PLACES}>
            {([where, title]) => (
              <>
                <h3>{title}</h3>
                <dl>
                  <For each={found().filter((row) => row.key !== '' && row.where === where)}>
                    {(command) => (
                      <div>
                        <dt>
                          <kbd>{keyText(command.key)}</kbd>
                        </dt>
                        <dd>{command.title}</dd>
                      </div>
                    )}
                  </For>
                </dl>
              </>
            )}
          </For>
          <h3>Without a key</h3>
          <ul>
            <For each={found().filter((row) => row.key === '')}>{(command) => <li>{command.title}</li>}</For>
          </ul>
          <button class="button" onClick={() => dialog.close()}>
            Close
          </button>
        </div>
      </Show>
    </dialog>
  );
}
