import { createEffect, createSignal, onCleanup, type Accessor } from 'solid-js';
import type { Store } from '../app/store';

/** Milliseconds that playing stays on a step at speed 1. */
const PACE = 700;
const KEY = 'mlock-playground.speed';
/** Speeds that there are, the slowest first. */
export const SPEEDS: readonly number[] = [0.5, 1, 2, 4, 8];

/** Playing the steps one after another. */
export interface Player {
  readonly playing: Accessor<boolean>;
  readonly speed: Accessor<number>;
  toggle(): void;
  setSpeed(speed: number): void;
  /** The next speed of SPEEDS, or the one before; at the ends nothing. */
  changeSpeed(direction: 1 | -1): void;
}

/** Plays the steps; at the end it stops, from the end it starts again at the first. The speed is kept. */
export function createPlayer(store: Store, storage: Pick<Storage, 'getItem' | 'setItem'>): Player {
  const [playing, setPlaying] = createSignal(false);
  const kept = Number(storage.getItem(KEY));
  const [speed, keepSpeed] = createSignal(SPEEDS.includes(kept) ? kept : 1);
  const length = () => store.steps()?.length ?? 0;
  createEffect(function play() {
    if (!playing()) return;
    const timer = setInterval(() => {
      if (store.step() >= length()) setPlaying(false);
      else store.goTo(store.step() + 1);
    }, PACE / speed());
    onCleanup(() => clearInterval(timer));
  });
  function setSpeed(next: number) {
    keepSpeed(next);
    try {
      storage.setItem(KEY, String(next));
    } catch {
      // the browser keeps nothing: the speed holds for this visit
    }
  }
  return {
    playing,
    speed,
    toggle() {
      if (!playing() && store.step() >= length()) store.goTo(1);
      setPlaying(!playing());
    },
    setSpeed,
    changeSpeed(direction) {
      const next = SPEEDS[SPEEDS.indexOf(speed()) + direction];
      if (next !== undefined) setSpeed(next);
    },
  };
}
