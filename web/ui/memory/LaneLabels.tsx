import { For } from 'solid-js';
import type { Lanes } from './lanes';

/** Names of the lanes in the gutter. */
export function LaneLabels(props: {
  lanes: Lanes;
  pids: readonly number[];
  names: readonly [before: string, after: string];
  scroll: number;
}) {
  const still = (): [string, { y: number; h: number }][] => [
    ['all', props.lanes.strip],
    ['page', props.lanes.ruler],
    ['call', props.lanes.call],
  ];
  const labels = () => {
    const rows: [string, { y: number; h: number }][] = [];
    props.lanes.groups.forEach(({ head, before, after, pages }, i) => {
      if (head) rows.push([`process ${props.pids[i] ?? ''}, ${i + 1} of ${props.pids.length}`, head]);
      rows.push([props.names[0], before], [props.names[1], after], ['pages', pages]);
    });
    return rows;
  };
  return (
    <div class="space-labels" aria-hidden="true">
      <For each={labels()}>{([name, { y, h }]) => <span style={{ top: `${y}px`, height: `${h}px` }}>{name}</span>}</For>
      <div class="space-labels-top" style={{ top: `${props.scroll}px`, height: `${props.lanes.top}px` }}>
        <For each={still()}>
          {([name, { y, h }]) => <span style={{ top: `${y}px`, height: `${h}px` }}>{name}</span>}
        </For>
      </div>
    </div>
  );
}
