import { createEffect, createUniqueId, For, Show } from 'solid-js';
import { frameSnippet, markdownSnippet } from '../share/snippets';
import { place } from './Menu';
import type { Links, Share } from './share';
import './share.css';

interface ShareMenuProps {
  share: Share;
  title: string;
  /** The selected step. */
  step: number;
}

/** The Share button: copies the link at once, and shows its other forms below. */
export function ShareMenu(props: ShareMenuProps) {
  const id = createUniqueId();
  let button!: HTMLButtonElement;
  let popover!: HTMLDivElement;
  createEffect(function followOpen() {
    if (props.share.isOpen() !== popover.matches(':popover-open')) popover.togglePopover(props.share.isOpen());
  });
  const onToggle = (event: ToggleEvent) => {
    props.share.setOpen(event.newState === 'open');
    if (event.newState !== 'open') return;
    place(popover, button);
    queueMicrotask(() => popover.querySelector('input')?.focus());
  };
  return (
    <span class="share">
      <button
        ref={button}
        class="button primary"
        popovertarget={id}
        aria-haspopup="dialog"
        aria-expanded={props.share.isOpen()}
        onClick={() => !props.share.isOpen() && props.share.copy()}
      >
        <span aria-live="polite">{props.share.said() || 'Share'}</span>
      </button>
      <div
        ref={popover}
        id={id}
        class="share-forms"
        popover="auto"
        role="dialog"
        aria-label="Share"
        data-keys
        onToggle={onToggle}
      >
        <Show when={props.share.isOpen() && props.share.links()}>
          {(links) => (
            <>
              <Show when={props.share.byHand()}>
                <p>This browser lets no page copy: choose a line and copy it yourself.</p>
              </Show>
              <For each={formsOf(links(), props.title)}>
                {(form) => (
                  <div class="share-form">
                    <span aria-hidden="true">{form.name}</span>
                    <input
                      readonly
                      aria-label={form.name}
                      value={form.text}
                      onFocus={(event) => event.currentTarget.select()}
                    />
                    <button
                      class="button"
                      aria-label={`Copy: ${form.name}`}
                      onClick={() => props.share.copyText(form.text, `${form.name} copied`)}
                    >
                      Copy
                    </button>
                  </div>
                )}
              </For>
              <Show when={props.step > 0}>
                <label class="share-exact">
                  <input
                    type="checkbox"
                    checked={props.share.exact()}
                    onChange={(event) => props.share.setExact(event.currentTarget.checked)}
                  />
                  Open at step {props.step}
                </label>
              </Show>
              <p class="dim">The link holds the whole text. Nothing is sent to a server.</p>
            </>
          )}
        </Show>
      </div>
    </span>
  );
}

const formsOf = (links: Links, title: string) => [
  { name: 'Link', text: links.page },
  { name: 'Markdown', text: markdownSnippet(title, links.page) },
  { name: 'HTML frame', text: frameSnippet(title, links.embed) },
];
