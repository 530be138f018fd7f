import {
  createEffect,
  createMemo,
  ErrorBoundary,
  lazy,
  Match,
  on,
  onCleanup,
  Show,
  Switch,
  untrack,
  type JSX,
} from 'solid-js';
import type { Command, PictureActions } from '../app/commands';
import type { Idle } from '../app/idle';
import { Counters } from './memory/Counters';
import { createLink, LinkContext } from './memory/link';
import { WhyPanel } from './memory/WhyPanel';
import type { PanelName } from './PanelNav';
import { Divider } from './Divider';
import type { PanelProps } from './props';
import type { Sizes } from './sizes';
import type { ThemeChoice } from './theme';

// The first result does not wait for these: they are fetched when it is there, all of them, so that nothing is later.
const AddressSpace = lazy(async () => ({ default: (await import('./memory/AddressSpace')).AddressSpace }));
const SidePanels = lazy(async () => ({ default: (await import('./memory/SidePanels')).SidePanels }));
const MemoryNarrow = lazy(async () => ({ default: (await import('./memory/MemoryNarrow')).MemoryNarrow }));
const MoreActions = lazy(async () => ({ default: (await import('./MoreActions')).MoreActions }));
const LATER = [AddressSpace, SidePanels, MemoryNarrow, MoreActions];

interface RightSideProps {
  panel: PanelProps;
  idle: Idle;
  commands: readonly Command[];
  sizes: Sizes;
  stale: boolean;
  theme: ThemeChoice;
  /** There is no state to show, and there will be none. */
  cannotRun: boolean;
  /** Stands in the lower part while the text is empty. */
  begin: JSX.Element;
  /** The one panel that a narrow window shows. */
  shown: PanelName;
  show(panel: PanelName): void;
  /** Chooses what the step is compared with; stands above the address space. */
  compare: JSX.Element;
  /** Tells what keys from anywhere can ask the picture for. */
  setPicture(actions: PictureActions | null): void;
}

/** The state after the selected step: counters, address space, and why. */
export function RightSide(props: RightSideProps) {
  const link = createLink();
  const idle = untrack(() => props.idle); // it stays the same for the life of the page
  const hasResult = createMemo<boolean>((before) => before || props.panel.view() !== null, false);
  createEffect(function fetchLater() {
    if (!hasResult()) return;
    idle.busy('panels');
    // A panel that does not come says so itself, where it is shown.
    const rules = import('../run/explain/rules'); // Why may first be shown later, in a narrow window
    void Promise.allSettled([rules, ...LATER.map((panel) => panel.preload())]).then(() => idle.done('panels'));
  });
  return (
    <LinkContext.Provider value={link}>
      <div class="state" classList={{ stale: props.stale, 'cannot-run': props.cannotRun }}>
        <Show when={!props.cannotRun}>
          <Guarded {...props}>
            <Counters panel={props.panel} />
          </Guarded>
        </Show>
        <Show when={props.panel.width() !== 'narrow'} fallback={<OnePanel {...props} />}>
          <Show when={!props.cannotRun}>
            <Show when={hasResult()} fallback={<div class="picture-coming" />}>
              <Picture {...props} />
            </Show>
          </Show>
          <Show when={!props.begin}>
            <div class="lower">
              <Show when={props.panel.width() === 'wide'}>
                <div class="lower-part" data-panel="why">
                  <Guarded {...props}>
                    <WhyPanel panel={props.panel} />
                  </Guarded>
                </div>
                <Divider name="why" label="Width of Why" sizes={props.sizes} />
              </Show>
              <div class="lower-part" data-panel="side">
                <Show when={hasResult()}>
                  <Guarded {...props}>
                    <SidePanels panel={props.panel} />
                  </Guarded>
                </Show>
              </div>
            </div>
          </Show>
          {props.begin}
        </Show>
      </div>
    </LinkContext.Provider>
  );
}

/** A mistake of ours in one panel leaves the others and the text alone; the next step tries again. */
function Guarded(props: { panel: PanelProps; children: JSX.Element }) {
  return (
    <ErrorBoundary
      fallback={(error, reset) => {
        createEffect(on(props.panel.view, reset, { defer: true }));
        console.error(error);
        return <p class="panel-broken">This panel cannot show step {props.panel.view()?.step}. The others can.</p>;
      }}
    >
      {props.children}
    </ErrorBoundary>
  );
}

function Picture(props: RightSideProps) {
  onCleanup(() => props.setPicture(null));
  return (
    <div data-panel="picture">
      <Guarded {...props}>
        <AddressSpace panel={props.panel} head={props.compare} actions={(actions) => props.setPicture(actions)} />
      </Guarded>
    </div>
  );
}

function OnePanel(props: RightSideProps) {
  return (
    <Guarded {...props}>
      <Switch>
        <Match when={props.begin && props.shown !== 'more'}>
          <div class="panel-slot">{props.begin}</div>
        </Match>
        <Match when={props.shown === 'memory'}>
          <div class="panel-slot">
            <Show when={props.panel.view()}>
              <MemoryNarrow panel={props.panel} showWhy={() => props.show('why')} compare={props.compare} />
            </Show>
          </div>
        </Match>
        <Match when={props.shown === 'why'}>
          <div class="panel-slot">
            <WhyPanel panel={props.panel} />
          </div>
        </Match>
        <Match when={props.shown === 'more'}>
          <div class="panel-slot more">
            <SidePanels panel={props.panel} />
            <MoreActions commands={props.commands} theme={props.theme} />
          </div>
        </Match>
      </Switch>
    </Guarded>
  );
}
