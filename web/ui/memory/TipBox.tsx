import { createEffect, createSignal, on, onCleanup, Show, type Accessor } from 'solid-js';
import type { PlacedTip } from './pointed';

const DELAY = 250;
const WIDTH = 330;

/** Holds a tip back for a moment; a tip that is shown follows the pointer at once. */
export function createDelayed(tip: Accessor<PlacedTip | null>): Accessor<PlacedTip | null> {
  const [shown, setShown] = createSignal<PlacedTip | null>(null);
  createEffect(
    on(tip, function delay(next) {
      if (!next || shown()) {
        setShown(next);
        return;
      }
      const timer = setTimeout(() => setShown(next), DELAY);
      onCleanup(() => clearTimeout(timer));
    }),
  );
  return shown;
}

/** A tip below what it speaks of. */
export function TipBox(props: { placed: PlacedTip | null; gutter: number; room: number }) {
  return (
    <Show when={props.placed?.inView ? props.placed : null}>
      {(placed) => (
        <div
          class="tip"
          role="tooltip"
          style={{
            left: `${Math.max(4, Math.min(props.gutter + placed().x - 12, props.gutter + props.room - WIDTH - 4))}px`,
            top: `${placed().y}px`,
          }}
        >
          <b>{placed().tip.title}</b>
          <Show when={placed().tip.body}>
            <span>{placed().tip.body}</span>
          </Show>
          <Show when={placed().tip.raw}>
            <code>{placed().tip.raw}</code>
          </Show>
        </div>
      )}
    </Show>
  );
}
