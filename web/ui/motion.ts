import { createSignal, type Accessor } from 'solid-js';

const KEY = 'mlock-playground.motion';

/** Whether what a step changes comes in with motion. Switched on, the system's own wish still counts (tokens.css). */
export interface Motion {
  readonly on: Accessor<boolean>;
  set(on: boolean): void;
}

/** Reads the kept choice and tells the style sheets by <html data-motion>. */
export function createMotion(storage: Pick<Storage, 'getItem' | 'setItem'>): Motion {
  const [on, setOn] = createSignal(true);
  const show = (next: boolean) => {
    setOn(next);
    if (next) delete document.documentElement.dataset['motion'];
    else document.documentElement.dataset['motion'] = 'off';
  };
  show(storage.getItem(KEY) !== 'off');
  return {
    on,
    set(next) {
      show(next);
      try {
        storage.setItem(KEY, next ? 'on' : 'off');
      } catch {
        // the browser keeps nothing: the choice holds for this visit
      }
    },
  };
}
