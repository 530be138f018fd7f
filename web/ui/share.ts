import { createSignal, onCleanup, type Accessor } from 'solid-js';
import type { Store } from '../app/store';
import { embedAddress } from '../share/snippets';

/** Milliseconds for which the button says that something was copied. */
const SAID_FOR = 2_500;

/** Addresses of what is on the page. */
export interface Links {
  readonly page: string;
  readonly embed: string;
}

/** Sharing: the link, its other forms, and what was said of the last copy. */
export interface Share {
  /** "Link copied" and the like, for a moment; or ''. */
  readonly said: Accessor<string>;
  /** The browser does not let the page copy: the person does it by hand. */
  readonly byHand: Accessor<boolean>;
  readonly isOpen: Accessor<boolean>;
  /** The links of the page as it stands now; null before they were made. */
  readonly links: Accessor<Links | null>;
  /** Links lead to the selected step, not only to the text. */
  readonly exact: Accessor<boolean>;
  setExact(exact: boolean): void;
  setOpen(open: boolean): void;
  /** Makes the links, puts the link into the address and copies it. */
  copy(): void;
  copyText(text: string, said: string): void;
}

/** Makes links of what is on the page and copies them. */
export function createShare(store: Store): Share {
  const [said, setSaid] = createSignal('');
  const [byHand, setByHand] = createSignal(false);
  const [isOpen, setOpen] = createSignal(false);
  const [links, setLinks] = createSignal<Links | null>(null);
  const [exact, setExact] = createSignal(true);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));

  async function make(): Promise<string> {
    const hash = await store.shareLink(exact());
    history.replaceState(null, '', hash);
    const page = embedAddress(location.href, false);
    setLinks({ page, embed: embedAddress(location.href, true) });
    return page;
  }

  async function copyText(text: string, words: string) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      setByHand(true); // not a secure context, or not allowed
      setOpen(true);
      return;
    }
    setByHand(false);
    setSaid(words);
    clearTimeout(timer);
    timer = setTimeout(() => setSaid(''), SAID_FOR);
  }

  const copy = async () => copyText(await make(), 'Link copied');
  return {
    said,
    byHand,
    isOpen,
    links,
    exact,
    setExact(next) {
      setExact(next);
      void make();
    },
    setOpen,
    copy: () => void copy(),
    copyText: (text, words) => void copyText(text, words),
  };
}
