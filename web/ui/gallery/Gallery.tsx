import { createEffect, createMemo, createSignal, createUniqueId, For, Show } from 'solid-js';
import { count, plural } from '../../app/words';
import { GROUPS, type Example, type Group } from '../../share/example';
import { pieces, searchExamples } from '../../share/gallery';
import './gallery.css';

interface GalleryProps {
  examples: readonly Example[];
  /** The text that is open, so that its example can be pointed out. */
  source: string;
  open: boolean;
  close(): void;
  choose(example: Example): void;
}

/** Rows that Page Up and Page Down pass. */
const PAGE = 8;

/** All examples in the order of learning, each with the question that it answers; typing searches them. */
export function Gallery(props: GalleryProps) {
  let dialog!: HTMLDialogElement;
  const id = createUniqueId();
  const [query, setQuery] = createSignal('');
  const [group, setGroup] = createSignal<Group | null>(null);
  const [at, setAt] = createSignal(0);
  const found = createMemo(() => searchExamples(props.open ? props.examples : [], query(), group()));
  const optionId = (example: Example | undefined) => (example ? `${id}-${example.file}` : undefined);
  const isOpen = (example: Example) => example.text === props.source;

  createEffect(function followOpen() {
    if (props.open === dialog.open) return;
    if (!props.open) return dialog.close();
    setQuery('');
    setGroup(null);
    dialog.showModal();
    go(found().examples.findIndex(isOpen), 'center');
  });

  function go(to: number, block: ScrollLogicalPosition = 'nearest') {
    setAt(Math.max(0, Math.min(to, found().examples.length - 1)));
    const row = document.getElementById(optionId(found().examples[at()]) ?? '');
    if (at() === 0) row?.closest('.gallery-list')?.scrollTo(0, 0);
    row?.scrollIntoView({ block });
  }
  const look = (text: string, wanted: Group | null) => {
    setQuery(text);
    setGroup(wanted);
    go(0);
  };
  const choose = (example: Example | undefined) => {
    if (!example) return;
    dialog.close();
    props.choose(example);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const last = found().examples.length - 1;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: at() + 1,
      ArrowUp: at() - 1,
      PageDown: at() + PAGE,
      PageUp: at() - PAGE,
      Home: 0,
      End: last,
    };
    const to = moves[event.key];
    if (to !== undefined) go(to);
    else if (event.key === 'Enter') choose(found().examples[at()]);
    else return;
    event.preventDefault();
  };
  const Words = (all: { text: string }) => (
    <For each={pieces(all.text, found().words)}>
      {(piece) => (piece.found ? <mark>{piece.text}</mark> : <>{piece.text}</>)}
    </For>
  );
  return (
    <dialog
      ref={dialog}
      class="gallery"
      aria-label="Examples"
      data-keys
      onClose={() => props.close()}
      onClick={(event) => event.target === dialog && dialog.close()}
    >
      <Show when={props.open}>
        <div class="gallery-head">
          <input
            type="text"
            inputmode="search"
            autocomplete="off"
            spellcheck={false}
            autofocus
            placeholder="Find: mlock2, ENOMEM, fork…"
            role="combobox"
            aria-label="Find an example"
            aria-expanded="true"
            aria-autocomplete="list"
            aria-controls={`${id}-list`}
            aria-activedescendant={optionId(found().examples[at()])}
            onInput={(event) => look(event.currentTarget.value, group())}
            onKeyDown={onKeyDown}
          />
          <span class="gallery-count num" role="status">
            {found().examples.length === props.examples.length
              ? plural(props.examples.length, 'example')
              : `${count(found().examples.length)} of ${plural(props.examples.length, 'example')}`}
          </span>
          <button class="button gallery-close" onClick={() => dialog.close()}>
            Close
          </button>
        </div>
        <div class="gallery-groups" role="group" aria-label="Lessons">
          <button aria-pressed={group() === null} onClick={() => look(query(), null)}>
            All lessons
          </button>
          <For each={GROUPS}>
            {(name) => (
              <button
                aria-pressed={group() === name}
                disabled={found().perGroup.get(name) === 0 && group() !== name}
                onClick={() => look(query(), group() === name ? null : name)}
              >
                {name} <span class="dim num">{found().perGroup.get(name)}</span>
              </button>
            )}
          </For>
        </div>
        <div id={`${id}-list`} class="gallery-list" role="listbox" aria-label="Examples" tabindex="-1">
          <For each={found().shelves}>
            {(shelf) => (
              <div role="group" aria-label={shelf.title}>
                <div class="gallery-shelf" aria-hidden="true">
                  {shelf.title}
                </div>
                <For each={shelf.examples}>
                  {(example) => (
                    <div
                      id={optionId(example)}
                      class="example"
                      role="option"
                      aria-selected={found().examples[at()] === example}
                      onClick={() => choose(example)}
                    >
                      <b>
                        <Words text={example.title} />
                        <Show when={isOpen(example)}>
                          <span class="chip">open</span>
                        </Show>
                      </b>
                      <span>
                        <Words text={example.question} />
                      </span>
                    </div>
                  )}
                </For>
              </div>
            )}
          </For>
        </div>
        <Show when={found().examples.length === 0}>
          <p class="gallery-none">No example has these words. Fewer words find more.</p>
        </Show>
        <p class="gallery-foot dim">
          <kbd>↑</kbd> <kbd>↓</kbd> choose, <kbd>Enter</kbd> opens, <kbd>Esc</kbd> closes. A text of your own is kept:
          “Back to my text” brings it again.
        </p>
      </Show>
    </dialog>
  );
}
