import { createEffect, createMemo, createSignal, onCleanup, onMount, Show, untrack } from 'solid-js';
import type { Command } from '../../app/commands';
import { keepEqual } from '../../app/keep-equal';
import type { Store } from '../../app/store';
import { columnOf, extentOf, layOut, stepAt, width, type Column } from './columns';
import { Divider } from '../Divider';
import type { Filter } from '../filter';
import type { Player } from '../player';
import type { Preview } from '../preview';
import type { Sizes } from '../sizes';
import { Controls } from './Controls';
import { createScrub } from './scrub';
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
  const { store, preview } = untrack(() => props); // they stay the same for the life of the page
  let body!: HTMLDivElement;
  const [room, setRoom] = createSignal(1200);
  const steps = () => props.store.steps();
  const columns = createMemo<readonly Column[]>((before) => {
    const all = steps();
    return keepEqual(before, all ? layOut(all) : []);
  }, []);
  const units = createMemo(() => Math.max(width(columns()), 1));
  const spark = createMemo(() => {
    const all = steps();
    const unit = Math.max(NARROWEST, room() / units());
    return all && all.length > 0 ? sparkOf(all, columns(), unit) : null;
  });
  const stale = () => props.store.live() < (steps()?.length ?? 0);
  const limit = () => {
    const all = steps();
    return all ? limitOf(all, Math.max(1, props.store.step())) : Infinity;
  };
  onMount(() => {
    const watch = new ResizeObserver(([entry]) => {
      forget();
      if (entry) setRoom(entry.contentRect.width);
    });
    watch.observe(body);
    onCleanup(() => watch.disconnect());
  });
  // What is in view is known without a question to the layout: steps come faster than frames.
  let scroll!: HTMLDivElement;
  let left = 0;
  const scrolled = () => {
    left = scroll.scrollLeft;
    forget();
  };
  createEffect(function revealStep() {
    const step = store.step();
    const column = columnOf(columns(), step);
    const rest = units() * NARROWEST - room();
    if (!column || rest <= 0) return;
    const [from, to] = extentOf(column, step).map((unit) => unit * NARROWEST) as [number, number];
    if (from >= left && to <= left + room()) return;
    left = Math.max(0, Math.min(rest, (from + to - room()) / 2));
    requestAnimationFrame(() => (scroll.scrollLeft = left)); // once it has its width
  });
  const { forget, ...scrub } = createScrub(store, preview, (part) => stepAt(columns(), part * units()));
  return (
    <section class="timeline" aria-label="Timeline" data-panel="timeline">
      <Divider name="time" label="Height of the timeline" sizes={props.sizes} />
      <Controls store={props.store} commands={props.commands} player={props.player} filter={props.filter} />
      <div class="timeline-body" ref={body}>
        <Show when={spark()}>
          {(line) => (
            <>
              <SparkLabels spark={line()} limit={limit()} stale={stale()} />
              <div class="timeline-scroll" ref={(made) => ([scroll, left] = [made, 0])} onScroll={scrolled}>
                <div class="timeline-inner" style={{ 'min-width': `${units() * NARROWEST}px` }} {...scrub}>
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
