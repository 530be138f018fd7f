import { createMemo, createSignal, For, Match, Show, Switch } from 'solid-js';
import type { Process, Vma } from '../../core/state';
import { namesAt, pagesIn } from '../../run/address';
import type { Named, VmaChange } from '../../run/model';
import { count } from '../../app/words';
import type { PanelProps } from '../props';
import { flagsOf, imageWords, vmaName } from './labels';
import { callerOf, changesOf } from './scene';
import { vmaRows, type VmaRow } from './vma-rows';
import './tables.css';

const ROW = 21;
/** Rows above and below what can be seen. */
const SPARE = 10;
const NO_CHANGES: ReadonlyMap<bigint, VmaChange> = new Map();

/** Every VMA of the calling process with its pages and VmFlags; only the rows in view are in the page. */
export function VmaTable(props: { panel: PanelProps }) {
  const [unfolded, setUnfolded] = createSignal(false);
  const [top, setTop] = createSignal(0);
  const [height, setHeight] = createSignal(600);
  const process = createMemo(() => {
    const view = props.panel.view();
    return view && callerOf(view.after, props.panel.run(), view.step);
  });
  const changes = createMemo(() => {
    const view = props.panel.view();
    return view ? changesOf(view) : NO_CHANGES;
  });
  const names = createMemo(() => namesAt(props.panel.run()?.names ?? [], props.panel.view()?.step ?? 0));
  const rows = createMemo<readonly VmaRow[]>(() => {
    const now = process();
    const map = changes();
    return now ? vmaRows(now, names(), (vma) => map.has(vma.vm_start), unfolded()) : [];
  });
  const first = () => Math.max(0, Math.min(Math.floor(top() / ROW) - SPARE, rows().length));
  const last = () => Math.min(rows().length, Math.ceil((top() + height()) / ROW) + SPARE);
  const visibleRows = createMemo(() => rows().slice(first(), last()));
  const scrolled = (element: HTMLElement): void => {
    setTop(element.scrollTop);
    setHeight(element.clientHeight);
  };
  return (
    <div
      class="tab-body"
      tabindex="0"
      role="region"
      aria-label="VMAs"
      onScroll={(event) => scrolled(event.currentTarget)}
    >
      <table class="vmas" aria-rowcount={rows().length + 1}>
        <thead>
          <tr>
            <th scope="col">start</th>
            <th scope="col" class="right-side">
              pages
            </th>
            <th scope="col">VmFlags</th>
          </tr>
        </thead>
        <tbody>
          <Spacer height={first() * ROW} />
          <For each={visibleRows()}>
            {(row) => (
              <Row
                row={row}
                process={process()!}
                names={names()}
                changes={changes()}
                unfold={() => setUnfolded(true)}
              />
            )}
          </For>
          <Spacer height={(rows().length - last()) * ROW} />
        </tbody>
      </table>
      <Show when={unfolded()}>
        <button class="button quiet small fold" onClick={() => setUnfolded(false)}>
          Fold the image
        </button>
      </Show>
    </div>
  );
}

function Spacer(props: { height: number }) {
  return (
    <Show when={props.height > 0}>
      <tr aria-hidden="true" class="spacer" style={{ height: `${props.height}px` }} />
    </Show>
  );
}

interface RowProps {
  row: VmaRow;
  process: Process;
  names: readonly Named[];
  changes: ReadonlyMap<bigint, VmaChange>;
  unfold(): void;
}

function Row(props: RowProps) {
  const vma = () => (props.row.kind === 'vma' ? props.row.vma : null);
  const hole = () => (props.row.kind === 'hole' ? props.row : null);
  const image = () => (props.row.kind === 'image' ? props.row : null);
  return (
    <Switch>
      <Match when={vma()}>{(now) => <VmaLine {...props} vma={now()} />}</Match>
      <Match when={hole()}>
        {(now) => (
          <tr class="quiet">
            <td>hole</td>
            <td class="right-side num">{now().nr_pages}</td>
            <td />
          </tr>
        )}
      </Match>
      <Match when={image()}>
        {(now) => (
          <tr class="quiet">
            <td>
              <button class="unfold" onClick={() => props.unfold()}>
                {now().vmas.length} VMAs ({imageWords(props.process, now().vmas)})
              </button>
            </td>
            <td class="right-side num">{count(now().nr_pages)}</td>
            <td />
          </tr>
        )}
      </Match>
    </Switch>
  );
}

function VmaLine(props: RowProps & { vma: Vma }) {
  const change = () => props.changes.get(props.vma.vm_start);
  const name = () => vmaName(props.process, props.vma, props.names);
  return (
    <tr classList={{ changed: change() !== undefined }}>
      <td>
        {props.vma.vm_start.toString(16)} <span class="vma-name">{name()}</span>
        <Show when={change()}>
          <span class="sr">, changed by this step</span>
        </Show>
      </td>
      <td class="right-side num">{count(pagesIn(props.vma.vm_start, props.vma.vm_end))}</td>
      <td>
        <For each={flagsOf(props.vma, change()?.added, change()?.removed)}>
          {(flag) => (
            <>
              <Switch fallback={flag.letters}>
                <Match when={flag.change === 'added'}>
                  <ins>+{flag.letters}</ins>
                </Match>
                <Match when={flag.change === 'removed'}>
                  <del>{flag.letters}</del>
                </Match>
              </Switch>{' '}
            </>
          )}
        </For>
      </td>
    </tr>
  );
}
