import { Show } from 'solid-js';
import type { PanelProps } from './props';

/** The state after the selected step: counters, address space, and why. */
export function RightSide(props: { panel: PanelProps; stale: boolean }) {
  return (
    <div class="state" classList={{ stale: props.stale }}>
      <div class="slot" data-panel="counters">
        counters
      </div>
      <div class="slot" data-panel="space">
        address space
      </div>
      <div class="lower">
        <div class="slot" data-panel="why">
          why
        </div>
        <Show when={props.panel.width() !== 'narrow'}>
          <div class="slot" data-panel="side">
            side
          </div>
        </Show>
      </div>
    </div>
  );
}
