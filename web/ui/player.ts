import { createEffect, createSignal, onCleanup, type Accessor } from 'solid-js';
import type { Store } from '../app/store';

/** Milliseconds that playing stays on a step. */
const PACE = 700;

/** Plays the steps one after another; at the end it stops, from the end it starts again at the first. */
export function createPlayer(store: Store): { playing: Accessor<boolean>; toggle(): void } {
  const [playing, setPlaying] = createSignal(false);
  const length = () => store.run()?.steps.length ?? 0;
  createEffect(function play() {
    if (!playing()) return;
    const timer = setInterval(() => {
      if (store.step() >= length()) setPlaying(false);
      else store.goTo(store.step() + 1);
    }, PACE);
    onCleanup(() => clearInterval(timer));
  });
  return {
    playing,
    toggle() {
      if (!playing() && store.step() >= length()) store.goTo(1);
      setPlaying(!playing());
    },
  };
}
