import { createSignal, onCleanup, type Accessor } from 'solid-js';
import type { Store } from '../app/store';

/** Milliseconds for which the button says that the link was copied. */
const SAID_FOR = 2_500;

/** Copying the share link, and what the button says of it. */
export interface Share {
  /** '' , 'copied', or the link itself where the browser does not let a page copy. */
  readonly state: Accessor<{ kind: 'idle' | 'copied' } | { kind: 'by hand'; link: string }>;
  copy(): void;
  dismiss(): void;
}

/** Makes the link of what is on the page, copies it and puts it into the address. */
export function createShare(store: Store): Share {
  const [state, setState] = createSignal<ReturnType<Share['state']>>({ kind: 'idle' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  async function copy() {
    const hash = await store.shareLink();
    history.replaceState(null, '', hash);
    const link = location.href;
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      setState({ kind: 'by hand', link }); // not a secure context, or not allowed
      return;
    }
    setState({ kind: 'copied' });
    clearTimeout(timer);
    timer = setTimeout(() => setState({ kind: 'idle' }), SAID_FOR);
  }
  return { state, copy: () => void copy(), dismiss: () => setState({ kind: 'idle' }) };
}
