import { createMemo, For, Show } from 'solid-js';
import { count } from '../../app/words';
import { permsOf, vmFlagLetters } from '../../run/flags';
import type { PanelProps } from '../props';
import { Prose } from '../Prose';
import { Cell } from './Cell';
import type { CellRun } from './cells';
import { narrowRows, type NarrowRow } from './narrow-rows';
import { contains, sceneOf, type Scene } from './scene';
import { pageTip, tipText } from './sentences';
import './memory.css';
import './tables.css';

/** The address space turned upright, below 700 px: a VMA is a row with a coloured edge, ten cells a line. */
export function MemoryNarrow(props: { panel: PanelProps; showWhy?: () => void }) {
  const scene = createMemo(() => {
    const view = props.panel.view();
    return view && sceneOf(view, props.panel.names());
  });
  const why = () => props.panel.view()?.why;
  return (
    <section class="upright" aria-label="Address space">
      <Show when={why()?.sentence}>
        <p class="upright-say">
          <Show when={why()!.failed}>
            <b class="failed">
              ✕ {why()!.result.replace(/^-1 /, '')}
              {why()!.not_atomic ? ', not atomic' : ''}.{' '}
            </b>
          </Show>
          <Prose text={why()!.sentence} />
        </p>
      </Show>
      <Show when={scene()}>
        {(now) => (
          <ol>
            <For each={narrowRows(now())}>{(row) => <Row row={row} scene={now()} />}</For>
          </ol>
        )}
      </Show>
      <Show when={props.showWhy && why()?.failed}>
        <button class="button upright-why" onClick={() => props.showWhy?.()}>
          Why it stopped
        </button>
      </Show>
    </section>
  );
}

function Row(props: { row: NarrowRow; scene: Scene }) {
  const few = () => props.row.runs.length > 0 && props.row.runs.length <= 2 && !props.row.folded;
  const change = () => (props.row.vma ? props.scene.changes.get(props.row.vma.vm_start) : undefined);
  const flags = () => {
    const words = props.row.vma ? vmFlagLetters(props.row.vma.vm_flags) : [];
    return words.filter((word) => word === 'lo' || word === 'lf').join(' ');
  };
  const facts = () =>
    [props.row.vma ? permsOf(props.row.vma.vm_flags) : '', few() && flags() ? flags() : props.row.facts]
      .filter(Boolean)
      .join(' · ');
  return (
    <li class={`upright-row ${props.row.edge}`} classList={{ few: few() }}>
      <div class="upright-head">
        <b>{props.row.name}</b>
        <span>{facts()}</span>
        <span class="grow" />
        <For each={vmFlagLetters(change()?.added ?? 0n)}>{(word) => <ins>+{word}</ins>}</For>
        <For each={vmFlagLetters(change()?.removed ?? 0n)}>{(word) => <del>{word}</del>}</For>
      </div>
      <Show when={props.row.runs.length > 0}>
        <Show when={!props.row.folded} fallback={<Runs runs={props.row.runs} scene={props.scene} />}>
          <ul class="upright-cells" classList={{ changed: change() !== undefined }}>
            <For each={props.row.runs}>{(run) => <Page run={run} scene={props.scene} />}</For>
          </ul>
        </Show>
      </Show>
    </li>
  );
}

function Page(props: { run: CellRun; scene: Scene }) {
  const changed = () => contains(props.scene.changed, props.run.from);
  return (
    <li>
      <Cell
        kind={props.run.kind}
        letter={props.run.letter}
        foot={props.run.foot}
        mlock_count={props.run.mlock_count}
        changed={changed()}
      />
      <span class="sr">{says(props.run, props.scene, changed())}</span>
    </li>
  );
}

function says({ from }: CellRun, { groups, view, names }: Scene, changed: boolean): string {
  const [group] = groups;
  if (!group?.after) return '';
  const { before, after } = group;
  const { against } = view;
  return tipText(pageTip(from, { before, after, against, files: view.after.files, names, changed }));
}

/** Runs of a large VMA: a cell and how many pages it stands for. */
function Runs(props: { runs: readonly CellRun[]; scene: Scene }) {
  return (
    <ul class="upright-runs">
      <For each={props.runs}>
        {(run) => (
          <li>
            <Cell
              kind={run.kind}
              letter={run.letter}
              foot={run.foot}
              mlock_count={run.mlock_count}
              changed={contains(props.scene.changed, run.from)}
            />
            <span>
              ×{count(run.to - run.from)}
              <span class="sr"> {says(run, props.scene, false)}</span>
            </span>
          </li>
        )}
      </For>
    </ul>
  );
}
