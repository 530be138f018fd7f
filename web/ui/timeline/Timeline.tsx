import { createMemo, Show } from 'solid-js';
import type { Command } from '../../app/commands';
import type { Store } from '../../app/store';
import { layOut, width } from './columns';
import { Divider } from '../Divider';
import type { Preview } from '../preview';
import type { Sizes } from '../sizes';
import { Controls } from './Controls';
import { sparkOf } from './spark';
import { SparkLabels, SparkLine } from './SparkLine';
import { StepColumns } from './StepColumns';
import './timeline.css';

/** Pixels below which a column of one step does not shrink: then the timeline scrolls. */
const NARROWEST = 64;

interface TimelineProps {
  store: Store;
  commands: readonly Command[];
  preview: Preview;
  playing: boolean;
  sizes: Sizes;
}

/** All steps of a run in columns, with the line of locked_vm above them. */
export function Timeline(props: TimelineProps) {
  const steps = () => props.store.run()?.steps ?? null;
  const columns = createMemo(() => {
    const all = steps();
    return all ? layOut(all) : [];
  });
  const units = createMemo(() => Math.max(width(columns()), 1));
  const spark = createMemo(() => {
    const all = steps();
    return all && all.length > 0 ? sparkOf(all, columns()) : null;
  });
  const stale = () => (props.store.shown()?.live ?? 0) < (steps()?.length ?? 0);
  return (
    <section class="timeline" aria-label="Timeline" data-panel="timeline">
      <Divider name="time" label="Height of the timeline" sizes={props.sizes} />
      <Controls store={props.store} commands={props.commands} playing={props.playing} />
      <div class="timeline-body">
        <Show when={spark()}>
          {(line) => (
            <>
              <SparkLabels spark={line()} stale={stale()} />
              <div class="timeline-scroll">
                <div class="timeline-inner" style={{ 'min-width': `${units() * NARROWEST}px` }}>
                  <SparkLine spark={line()} units={units()} stale={stale()} />
                  <StepColumns
                    store={props.store}
                    preview={props.preview}
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
