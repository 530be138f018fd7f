import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js';

/** Steps that follow each other faster than this (milliseconds) come without motion: keys that repeat, dragging, playing. */
const CALM = 720;

/** Reads how long a step's change takes to come in: 0 for people who ask for less, or switched it off. */
function duration(): number {
  // at the root: below it the step has just changed what the browser would have to style first
  return Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--move')) || 0;
}

/** Tells how much of a step's change has come in, 0 to 1. It begins anew whenever `step` changes after a rest. */
export function createFresh(step: Accessor<unknown>): Accessor<number> {
  const [fresh, setFresh] = createSignal(1);
  let last = -Infinity;
  createEffect(
    on(
      step,
      function comeIn() {
        const start = performance.now();
        const rested = start - last > CALM;
        last = start;
        const length = rested ? duration() : 0;
        setFresh(length > 0 ? 0 : 1);
        if (length === 0) return;
        let frame = requestAnimationFrame(function grow(now) {
          const part = Math.min(1, Math.max(0, (now - start) / length));
          setFresh(1 - (1 - part) ** 2);
          if (part < 1) frame = requestAnimationFrame(grow);
        });
        onCleanup(() => cancelAnimationFrame(frame));
      },
      { defer: true },
    ),
  );
  return fresh;
}
