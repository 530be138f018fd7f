import type { Example } from '../share/example';
import { Gallery } from './gallery/Gallery';

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
      <Gallery
        examples={props.examples}
        source={props.source}
        open={props.open}
        close={() => props.setOpen(false)}
        choose={(example) => props.choose(example)}
      />
    </>
  );
}
