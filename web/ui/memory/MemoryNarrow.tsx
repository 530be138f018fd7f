import { createMemo, createSignal, For, Show, type JSX } from 'solid-js';
import { count } from '../../app/words';
import type { Process } from '../../core/state';
import { rssOf } from '../../run/diff';
import { permsOf, vmFlagLetters } from '../../run/flags';
import type { PanelProps } from '../props';
import { Prose } from '../Prose';
import { Cell } from './Cell';
import type { CellRun } from './cells';
import { limitText } from './gauge';
import { narrowRows, type NarrowRow } from './narrow-rows';
import { lockedText } from './ProcessChooser';
import { contains, processesOf, sceneOf, viewAs, type Scene } from './scene';
import { pageTip, tipText } from './sentences';
import { sharersOf } from './shared';
import './memory.css';
import './processes.css';
import './tables.css';

/** The address space turned upright, below 700 px: a VMA is a row with a coloured edge, ten cells a line. */
export function MemoryNarrow(props: {
  panel: PanelProps;
  showWhy?: () => void;
  /** Chooses the step that changes are shown against. */
  compare?: JSX.Element;
}) {
  const [chosen, setChosen] = createSignal<number | null>(null);
  const processes = createMemo(() => {
    const view = props.panel.view();
    return view ? processesOf(view) : [];
  });
  /** As the chosen process sees it, or as the calling one where there is no such process. */
  const view = createMemo(() => {
    const [now, pid] = [props.panel.view(), chosen()];
    return now && pid !== null && processes().some((process) => process.pid === pid) ? viewAs(now, pid) : now;
  });
  const scene = createMemo(() => {
    const now = view();
    return now && sceneOf(now, props.panel.names(), []);
  });
  const rows = createMemo<readonly NarrowRow[]>(() => {
    const now = scene();
    return now ? narrowRows(now) : [];
  });
  const why = () => props.panel.view()?.why;
  const choose = (pid: number) => setChosen(pid === processes()[0]?.pid ? null : pid);
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
      <div class="upright-tools">
        <Show when={processes().length > 1}>
          <ProcessSelect processes={processes()} pid={scene()?.groups[0]?.pid ?? 0} choose={choose} />
        </Show>
        <span class="grow" />
        {props.compare}
      </div>
      <Show when={processes().length > 1 && scene()?.groups[0]?.after}>
        {(process) => <p class="upright-facts num">{countersText(process())}</p>}
      </Show>
      <Show when={scene()}>
        {(now) => (
          <ol>
            <For each={rows()}>{(row) => <Row row={row} scene={now()} choose={choose} />}</For>
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

function ProcessSelect(props: { processes: readonly Process[]; pid: number; choose(pid: number): void }) {
  return (
    <select
      class="button"
      aria-label="Process that is shown"
      onChange={(event) => props.choose(Number(event.currentTarget.value))}
    >
      <For each={props.processes}>
        {(process, i) => (
          <option value={process.pid} selected={process.pid === props.pid}>
            Process {process.pid}, {lockedText(process)}
            {i() === 0 ? ', calls' : ''}
          </option>
        )}
      </For>
    </select>
  );
}

function countersText(process: Process): string {
  const { locked_vm, total_vm } = process.counters;
  const numbers = Object.entries({ locked_vm, total_vm, rss: rssOf(process) });
  return [...numbers.map(([name, n]) => `${name} ${count(n)}`), limitText(process.counters)].join(' · ');
}

function Row(props: { row: NarrowRow; scene: Scene; choose(pid: number): void }) {
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
  const pid = () => props.scene.groups[0]?.pid ?? 0;
  const sharers = createMemo(() => sharersOf(props.scene.view.after.processes, pid(), props.row.runs));
  return (
    <li class={`upright-row ${props.row.edge}`} classList={{ few: few() }}>
      <div class="upright-head">
        <b>{props.row.name}</b>
        <span>{facts()}</span>
        <span class="grow" />
        <Show when={change() && change()!.what !== 'flags'}>
          <span class="upright-what">{change()!.what}</span>
        </Show>
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
      <Show when={sharers().length > 0}>
        <p class="upright-shared">
          <span>shared with</span>
          <For each={sharers()}>
            {(other) => (
              <Show when={other !== pid()} fallback={<span>itself</span>}>
                <button class="button" onClick={() => props.choose(other)}>
                  process {other}
                </button>
              </Show>
            )}
          </For>
        </p>
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
