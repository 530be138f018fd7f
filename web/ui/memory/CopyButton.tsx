import { createSignal, onCleanup } from 'solid-js';

/** Copies a text and says so in its own place. */
export function CopyButton(props: { text: () => string; word?: string }) {
  const [said, setSaid] = createSignal('');
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  const say = (word: string): void => {
    setSaid(word);
    clearTimeout(timer);
    timer = setTimeout(() => setSaid(''), 1500);
  };
  const copy = (): void => {
    navigator.clipboard?.writeText(props.text()).then(
      () => say('Copied'),
      () => say('Not allowed'),
    );
  };
  return (
    <button class="button quiet small" onClick={copy}>
      <span aria-live="polite">{said() || (props.word ?? 'Copy')}</span>
    </button>
  );
}
