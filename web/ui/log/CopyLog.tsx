import { createSignal } from 'solid-js';
import type { Store } from '../../app/store';
import { logText, stepsIn } from './text';
import type { LogRow } from './rows';

/** Copies the rows of the log as text. */
export function CopyLog(props: { store: Store; rows: readonly LogRow[] }) {
  const [said, setSaid] = createSignal<'Copy' | 'Copied' | 'Not copied'>('Copy');
  const copy = async (store: Store, rows: readonly LogRow[]) => {
    const run = store.run();
    if (!run) return;
    try {
      await navigator.clipboard.writeText(logText(rows, await store.textsOf(stepsIn(rows)), run));
      setSaid('Copied');
    } catch {
      setSaid('Not copied'); // not a secure context, not allowed, or the run is no longer there
    }
  };
  return (
    <button
      class="button quiet small"
      aria-label={said() === 'Copy' ? 'Copy the log as text' : said()}
      onClick={() => void copy(props.store, props.rows)}
      onBlur={() => setSaid('Copy')}
    >
      {said()}
    </button>
  );
}
