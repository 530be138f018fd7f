import { For, Show } from 'solid-js';

/** Writes a sentence whose `code` stands between backticks. */
export function Prose(props: { text: string }) {
  return (
    <For each={props.text.split('`')}>
      {(part, i) => (
        <Show when={i() % 2 === 1} fallback={part}>
          <code>{part}</code>
        </Show>
      )}
    </For>
  );
}
