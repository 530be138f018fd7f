import { createSignal, type Accessor } from 'solid-js';
import type { InlayChoice } from './marks';

const KEY = 'mlock-playground.inlays';

/** What can be chosen, in words. */
export const INLAY_CHOICES: readonly (readonly [choice: InlayChoice, title: string])[] = [
  ['both', 'Result and change of locked_vm'],
  ['result', 'Result'],
  ['change', 'Change of locked_vm'],
  ['off', 'Nothing'],
];

/** What stands behind the calls in the text: kept in this browser. */
export interface Inlays {
  readonly choice: Accessor<InlayChoice>;
  choose(choice: InlayChoice): void;
}

/** Reads the choice of an earlier visit. */
export function createInlays(storage: Pick<Storage, 'getItem' | 'setItem'>): Inlays {
  const stored = storage.getItem(KEY);
  const known = INLAY_CHOICES.find(([name]) => name === stored)?.[0] ?? 'both';
  const [choice, setChoice] = createSignal<InlayChoice>(known);
  return {
    choice,
    choose(next) {
      setChoice(next);
      try {
        storage.setItem(KEY, next);
      } catch {
        // the browser keeps nothing: the choice holds for this visit
      }
    },
  };
}
