import { createEffect, createMemo, createSignal, type Accessor } from 'solid-js';
import type { Store } from '../app/store';

const KEY = 'mlock-playground.hints';
const SEEN = 'seen';

/** The three things to try on a first visit. */
export interface Hints {
  readonly visible: Accessor<boolean>;
  gotIt(): void;
}

/**
 * Shows the hints over the text that a first visit finds, until the first edit or "Got it"; never over a text that came
 * by a link. `<html data-hints>` puts their numbers in place.
 */
export function createHints(
  store: Store,
  first: () => string | undefined,
  storage: Pick<Storage, 'getItem' | 'setItem'>,
): Hints {
  const [seen, setSeen] = createSignal(storage.getItem(KEY) === SEEN);
  const visible = createMemo(
    () => !seen() && store.noCore() === '' && store.origin() === 'example' && store.source() === first(),
  );
  const gotIt = () => {
    setSeen(true);
    try {
      storage.setItem(KEY, SEEN);
    } catch {
      // the browser keeps nothing: the next visit is a first one again
    }
  };
  createEffect(function endByEdit(wasVisible: boolean) {
    if (wasVisible && store.origin() === 'own') gotIt();
    return visible();
  }, false);
  createEffect(function putNumbersInPlace() {
    document.documentElement.toggleAttribute('data-hints', visible());
  });
  return { visible, gotIt };
}
