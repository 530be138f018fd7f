import { lazy, Show } from 'solid-js';
import type { Example } from '../share/example';

// The first result does not wait for it: it comes with the examples.
const Gallery = lazy(async () => ({ default: (await import('./gallery/Gallery')).Gallery }));

interface ExamplesMenuProps {
  title: string;
  /** The text that is open. */
  source: string;
  examples: readonly Example[];
  open: boolean;
  setOpen(open: boolean): void;
  choose(example: Example): void;
}

/** What is open; a press opens the gallery of all examples. */
export function ExamplesMenu(props: ExamplesMenuProps) {
  return (
    <>
      <button
        class="button quiet examples-button"
        aria-haspopup="dialog"
        aria-expanded={props.open}
        onClick={() => props.setOpen(true)}
      >
        <span class="examples-prefix">Examples /</span>
        <b>{props.title}</b>
        <span aria-hidden="true">▾</span>
      </button>
      <Show when={props.examples.length > 0}>
        <Gallery
          examples={props.examples}
          source={props.source}
          open={props.open}
          close={() => props.setOpen(false)}
          choose={(example) => props.choose(example)}
        />
      </Show>
    </>
  );
}
