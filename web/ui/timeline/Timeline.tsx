import { createMemo, createSignal, onCleanup, onMount, Show } from 'solid-js';
import type { Command } from '../../app/commands';
import type { Store } from '../../app/store';
import { layOut, stepAt, width } from './columns';
import { Divider } from '../Divider';
import type { Filter } from '../filter';
import type { Player } from '../player';
import type { Preview } from '../preview';
import type { Sizes } from '../sizes';
import { Controls } from './Controls';
import { limitOf, sparkOf } from './spark';
import { SparkLabels, SparkLine } from './SparkLine';
import { StepColumns } from './StepColumns';
import './timeline.css';

/** Pixels below which a column of one step does not shrink: then the timeline scrolls. */
const NARROWEST = 64;

interface TimelineProps {
  store: Store;
  commands: readonly Command[];
  preview: Preview;
  player: Player;
  filter: Filter;
  sizes: Sizes;
}

/** All steps of a run in columns, with the line of locked_vm above them. A drag over either moves the selection. */
export function Timeline(props: TimelineProps) {
  let body!: HTMLDivElement;
  const [room, setRoom] = createSignal(1200);
  const steps = () => props.store.run()?.steps ?? null;
  const columns = createMemo(() => {
    const all = steps();
    return all ? layOut(all) : [];
  });
  const units = createMemo(() => Math.max(width(columns()), 1));
  const spark = createMemo(() => {
    const all = steps();
    const unit = Math.max(NARROWEST, room() / units());
    return all && all.length > 0 ? sparkOf(all, columns(), unit) : null;
  });
  const stale = () => (props.store.shown()?.live ?? 0) < (steps()?.length ?? 0);
  const limit = () => {
    const all = steps();
    return all ? limitOf(all, Math.max(1, props.store.step())) : Infinity;
  };
  onMount(() => {
    const watch = new ResizeObserver(() => setRoom(body.clientWidth));
    watch.observe(body);
    onCleanup(() => watch.disconnect());
  });
  return (
    <section class="timeline" aria-label="Timeline" data-panel="timeline">
      <Divider name="time" label="Height of the timeline" sizes={props.sizes} />
      <Controls store={props.store} commands={props.commands} player={props.player} filter={props.filter} />
      <div class="timeline-body" ref={body}>
        <Show when={spark()}>
          {(line) => (
            <>
              <SparkLabels spark={line()} limit={limit()} stale={stale()} />
              <div class="timeline-scroll">
                <div
                  class="timeline-inner"
                  style={{ 'min-width': `${units() * NARROWEST}px` }}
                  {...scrubbing(props, (part) => stepAt(columns(), part * units()))}
                >
                  <SparkLine spark={line()} units={units()} stale={stale()} />
                  <StepColumns
                    store={props.store}
                    preview={props.preview}
                    filter={props.filter}
                    steps={steps()!}
                    columns={columns()}
                    units={units()}
                  />
                </div>
              </div>
            </>
          )}
        </Show>
      </div>
    </section>
  );
}

type PointerOn = PointerEvent & { currentTarget: HTMLElement };

/** A press selects the step under the pointer, a drag goes on doing so; without a press it is a preview. */
function scrubbing({ store, preview }: TimelineProps, stepOf: (part: number) => number) {
  const under = (event: PointerOn): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return stepOf((event.clientX - box.left) / Math.max(box.width, 1));
  };
  const isPressed = (event: PointerOn) => event.currentTarget.hasPointerCapture(event.pointerId);
  return {
    onPointerDown(event: PointerOn) {
      if (event.button !== 0 || event.pointerType === 'touch') return; // a finger scrolls; its tap is a click
      event.currentTarget.setPointerCapture(event.pointerId);
      preview.show(null);
      store.goTo(under(event));
    },
    onPointerMove(event: PointerOn) {
      if (isPressed(event)) store.goTo(under(event));
      else if (event.pointerType !== 'touch') preview.show(under(event));
    },
    onPointerLeave: () => preview.show(null),
    onClick(event: MouseEvent & { currentTarget: HTMLElement }) {
      if ((event as PointerOn).pointerType === 'touch') store.goTo(under(event as PointerOn));
    },
  };
}
