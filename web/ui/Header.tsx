import { createMemo, Show } from 'solid-js';
import { keyText, type Command } from '../app/commands';
import type { Example } from '../share/example';
import type { Offline } from '../app/offline';
import type { Store } from '../app/store';
import { titleOf } from '../app/title';
import { ExamplesMenu } from './ExamplesMenu';
import { Icon } from './Icon';
import { Mark } from './Mark';
import { Menu } from './Menu';
import type { Share } from './share';
import { ShareMenu } from './ShareMenu';
import { THEMES, themeTitle, type ThemeChoice } from './theme';
import './header.css';

interface HeaderProps {
  store: Store;
  examples: readonly Example[];
  commands: readonly Command[];
  examplesOpen: boolean;
  setExamplesOpen(open: boolean): void;
  share: Share;
  theme: ThemeChoice;
  offline: Offline;
}

/** The line at the top: what is open, and what can be done with all of it. */
export function Header(props: HeaderProps) {
  const row = (id: string) => props.commands.find((command) => command.id === id)!;
  const title = createMemo(() => titleOf(props.store.source(), props.store.origin(), props.examples));
  return (
    <header class="header">
      <span class="brand">
        <Mark />
        <h1>mlock playground</h1>
      </span>
      <ExamplesMenu
        title={title()}
        source={props.store.source()}
        examples={props.examples}
        open={props.examplesOpen}
        setOpen={props.setExamplesOpen}
        choose={(example) => props.store.open({ source: example.text, origin: 'example' })}
      />
      <Show when={props.store.hasCovered()}>
        <button class="button back-to-own" onClick={() => props.store.back()}>
          Back to my text
        </button>
      </Show>
      <span class="grow" />
      <Show when={props.offline.isOffline()}>
        <span class="chip" role="status" title="No network. Everything on this page works without.">
          Offline
        </span>
      </Show>
      <Show when={props.offline.hasUpdate()}>
        <button class="button" onClick={() => props.offline.update()} title="Loads the page again; your text stays.">
          New version
        </button>
      </Show>
      <span class="chip wide-only" title="Semantics of Linux 6.18, x86-64">
        Linux 6.18
      </span>
      <button class="button quiet wide-only" onClick={() => row('commands').run()}>
        Commands <kbd>{keyText(row('commands').key)}</kbd>
      </button>
      <Menu label={`Theme: ${props.theme}`} icon={<Icon name="theme" />} class="theme-menu">
        {(close) =>
          THEMES.map((theme) => (
            <button
              role="menuitemradio"
              aria-checked={props.theme === theme}
              onClick={() => {
                row(`theme.${theme}`).run();
                close();
              }}
            >
              {themeTitle(theme)}
            </button>
          ))
        }
      </Menu>
      <button class="button quiet wide-only" onClick={() => row('help').run()}>
        Help <kbd>?</kbd>
      </button>
      <ShareMenu share={props.share} title={title()} step={props.store.step()} />
    </header>
  );
}
