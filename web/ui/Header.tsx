import { createMemo, Show } from 'solid-js';
import { keyText, type Command } from '../app/commands';
import type { Example } from '../share/example';
import type { Offline } from '../app/offline';
import type { Store } from '../app/store';
import { ExamplesMenu } from './ExamplesMenu';
import { Icon } from './Icon';
import { Menu } from './Menu';
import type { Share } from './share';
import type { ThemeChoice } from './theme';
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
              {theme === 'system' ? 'As the system' : theme[0]!.toUpperCase() + theme.slice(1)}
            </button>
          ))
        }
      </Menu>
      <button class="button quiet wide-only" onClick={() => row('help').run()}>
        Help <kbd>?</kbd>
      </button>
      <ShareButton share={props.share} />
    </header>
  );
}

const THEMES: readonly ThemeChoice[] = ['system', 'light', 'dark', 'contrast'];

function ShareButton(props: { share: Share }) {
  const byHand = () => {
    const state = props.share.state();
    return state.kind === 'by hand' ? state.link : null;
  };
  return (
    <span class="share">
      <button class="button primary" onClick={() => props.share.copy()}>
        <span aria-live="polite">{props.share.state().kind === 'copied' ? 'Link copied' : 'Share'}</span>
      </button>
      <Show when={byHand()}>
        {(link) => (
          <span class="share-by-hand">
            <label>
              Copy this link
              <input readonly value={link()} ref={(input) => queueMicrotask(() => input.select())} />
            </label>
            <button class="button" onClick={() => props.share.dismiss()}>
              Close
            </button>
          </span>
        )}
      </Show>
    </span>
  );
}

/** The sign of the page: nine pages, three of them locked. */
const Mark = () => (
  <span class="mark" aria-hidden="true">
    {Array.from({ length: 9 }, (_, i) => (
      <i classList={{ locked: [3, 4, 7].includes(i) }} />
    ))}
  </span>
);

function titleOf(source: string, origin: string, examples: readonly Example[]): string {
  const known = examples.find((example) => example.text === source);
  if (known) return known.title;
  const comment = /^\s*\/\/\s*(.+)/.exec(source)?.[1]?.replace(/\.\s*$/, '');
  return comment ?? (origin === 'link' ? 'A shared text' : 'My text');
}
