import { Match, Show, Switch } from 'solid-js';
import type { PanelName } from './PanelNav';
import type { PanelProps } from './props';

interface RightSideProps {
  panel: PanelProps;
  stale: boolean;
  /** The one panel that a narrow window shows. */
  shown: PanelName;
}

/** The state after the selected step: counters, address space, and why. */
export function RightSide(props: RightSideProps) {
  return (
    <div class="state" classList={{ stale: props.stale }}>
      <div data-panel="counters">counters</div>
      <Show when={props.panel.width() !== 'narrow'} fallback={<OnePanel {...props} />}>
        <div data-panel="space">space</div>
        <div class="lower">
          <Show when={props.panel.width() === 'wide'}>
            <div data-panel="why">why</div>
          </Show>
          <div data-panel="side">side</div>
        </div>
      </Show>
    </div>
  );
}

function OnePanel(props: RightSideProps) {
  return (
    <Switch>
      <Match when={props.shown === 'memory'}>
        <div class="panel-slot">space</div>
      </Match>
      <Match when={props.shown === 'why'}>
        <div class="panel-slot">why</div>
      </Match>
      <Match when={props.shown === 'more'}>
        <div class="panel-slot">side</div>
      </Match>
    </Switch>
  );
}
