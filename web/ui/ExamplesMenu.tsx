import { createEffect, createSignal, createUniqueId, For, Show } from 'solid-js';
import type { Example } from '../share/example';
import { place } from './Menu';

interface ExamplesMenuProps {
  title: string;
  examples: readonly Example[];
  open: boolean;
  setOpen(open: boolean): void;
  choose(example: Example): void;
}

/** What is open, and below it all examples: one lesson each. */
export function ExamplesMenu(props: ExamplesMenuProps) {
  const id = createUniqueId();
  const [filter, setFilter] = createSignal('');
  let button!: HTMLButtonElement;
  let popover!: HTMLDivElement;
  const found = () => {
    const words = filter().toLowerCase().split(/\s+/);
    return props.examples.filter(({ text }) => {
      const all = text.toLowerCase(); // its first comment is title, group, question and answer
      return words.every((word) => all.includes(word));
    });
  };
  createEffect(function followOpen() {
    if (props.open !== popover.matches(':popover-open')) popover.togglePopover(props.open);
  });
  const onToggle = (event: ToggleEvent) => {
    props.setOpen(event.newState === 'open');
    if (event.newState !== 'open') return;
    setFilter('');
    place(popover, button);
    queueMicrotask(() => popover.querySelector('input')?.focus());
  };
  const move = (event: KeyboardEvent) => {
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    const stops = [...popover.querySelectorAll<HTMLElement>('input, .example')];
    const at = stops.indexOf(document.activeElement as HTMLElement);
    stops[Math.min(Math.max(at + way, 0), stops.length - 1)]?.focus();
  };
  const choose = (example: Example) => {
    popover.hidePopover();
    props.choose(example);
  };
  return (
    <>
      <button
        ref={button}
        class="button quiet examples-button"
        popovertarget={id}
        aria-haspopup="dialog"
        aria-expanded={props.open}
      >
        <span class="examples-prefix">Examples /</span>
        <b>{props.title}</b>
        <span aria-hidden="true">▾</span>
      </button>
      <div
        ref={popover}
        id={id}
        class="examples"
        popover="auto"
        role="dialog"
        aria-label="Examples"
        data-keys
        onToggle={onToggle}
        onKeyDown={move}
      >
        <Show when={props.open}>
          <input
            type="search"
            placeholder="Find: mlock2, ENOMEM, fork…"
            aria-label="Find an example"
            onInput={(event) => setFilter(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Enter' && found()[0] && choose(found()[0]!)}
          />
          <div class="examples-list">
            <For each={found()} fallback={<p class="dim">No example has these words.</p>}>
              {(example) => (
                <button class="example" onClick={() => choose(example)}>
                  <b>{example.title}</b>
                  <span>{example.question}</span>
                </button>
              )}
            </For>
          </div>
        </Show>
      </div>
    </>
  );
}
