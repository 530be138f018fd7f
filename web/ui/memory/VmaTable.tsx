import { createEffect, createMemo, createSignal, Index, Match, on, Show, Switch } from 'solid-js';
import { keepEqual } from '../../app/keep-equal';
import type { Process, Vma } from '../../core/state';
import { namesAt, pagesIn } from '../../run/address';
import type { Named } from '../../run/model';
import { count } from '../../app/words';
import type { PanelProps } from '../props';
import { pageNumber } from './axis';
import { vmaAt } from './cells';
import { flagsOf, imageWords, vmaName, type Flag } from './labels';
import { useLink } from './link';
import { callerOf, changesOf, outlinedOf, type ChangesByStart, type Span } from './scene';
import { changedText } from './sentences';
import { runWords } from './twin';
import { vmaRows, type VmaRow, type VmaRows } from './vma-rows';
import './tables.css';

const ROW = 21;
/** Rows above and below what can be seen. */
const SPARE = 10;
const NO_CHANGES: ChangesByStart = new Map();
const NO_ROWS: VmaRows = { length: 0, row: () => ({ kind: 'more' }) };

/** Every VMA of the calling process with its pages and VmFlags; only the rows in view are in the page. */
export function VmaTable(props: { panel: PanelProps }) {
  const [unfolded, setUnfolded] = createSignal(false);
  const [top, setTop] = createSignal(0);
  const [height, setHeight] = createSignal(600);
  const link = useLink();
  let body!: HTMLDivElement;
  const process = createMemo(() => {
    const view = props.panel.view();
    return view && callerOf(view);
  });
  const changes = createMemo(() => {
    const view = props.panel.view();
    return view ? changesOf(view) : NO_CHANGES;
  });
  const names = createMemo(() => namesAt(props.panel.names(), props.panel.view()?.step ?? 0));
  /** The VMA that shows its pages: by its first page, so that moving inside it makes no new rows. */
  const chosen = createMemo(() => {
    const [now, page] = [process(), link.page()];
    const vma = now && page !== null ? vmaAt(now.vmas, page) : null;
    return vma && pageNumber(vma.vm_start);
  });
  const rows = createMemo<VmaRows>(() => {
    const [now, view] = [process(), props.panel.view()];
    const wanted = view && { outlined: outlinedOf(view), unfolded: unfolded(), chosen: chosen() };
    return now && wanted ? vmaRows(now, names(), wanted) : NO_ROWS;
  });
  const first = () => Math.max(0, Math.min(Math.floor(top() / ROW) - SPARE, rows().length));
  const last = () => Math.min(rows().length, Math.ceil((top() + height()) / ROW) + SPARE);
  const visibleRows = createMemo<readonly VmaRow[]>((before) => {
    const [all, from] = [rows(), first()];
    return keepEqual(
      before,
      Array.from({ length: last() - from }, (_, i) => all.row(from + i)),
    );
  }, []);
  const scrolled = (element: HTMLElement): void => {
    setTop(element.scrollTop);
    setHeight(element.clientHeight);
  };
  createEffect(
    on(chosen, function revealChosen(start) {
      if (start === null || body.matches(':hover')) return;
      for (let i = 0; i < rows().length; i++) {
        const row = rows().row(i);
        if (row.kind !== 'vma' || pageNumber(row.vma.vm_start) !== start) continue;
        const [y, room] = [i * ROW, body.clientHeight - 3 * ROW];
        if (y < body.scrollTop || y > body.scrollTop + room) body.scrollTop = Math.max(0, y - 2 * ROW);
        return;
      }
    }),
  );
  return (
    <div
      class="tab-body"
      ref={body}
      tabindex="0"
      role="region"
      aria-label="VMAs"
      onScroll={(event) => scrolled(event.currentTarget)}
      onPointerLeave={() => link.point(null)}
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
          <Index each={visibleRows()}>
            {(row) => (
              <Row
                row={row()}
                process={process()!}
                against={props.panel.compared()}
                names={names()}
                changes={changes()}
                chosen={chosen()}
                point={(span) => link.point(span && { pid: process()!.pid, spans: [span] })}
                choose={link.choose}
                unfold={() => setUnfolded(true)}
              />
            )}
          </Index>
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
  /** The step compared with. */
  against: number | null;
  process: Process;
  names: readonly Named[];
  changes: ChangesByStart;
  /** First page of the VMA that shows its pages. */
  chosen: number | null;
  point(span: Span | null): void;
  choose(page: number | null): void;
  unfold(): void;
}

function Row(props: RowProps) {
  const vma = () => (props.row.kind === 'vma' ? props.row.vma : null);
  const hole = () => (props.row.kind === 'hole' ? props.row : null);
  const image = () => (props.row.kind === 'image' ? props.row : null);
  const pages = () => (props.row.kind === 'pages' ? props.row : null);
  return (
    <Switch fallback={<QuietLine what="more runs of pages" />}>
      <Match when={vma()}>{(now) => <VmaLine {...props} vma={now()} />}</Match>
      <Match when={pages()}>{(now) => <PagesLine {...props} row={now()} />}</Match>
      <Match when={hole()}>{(now) => <QuietLine what="hole" nr_pages={now().nr_pages} />}</Match>
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

const QuietLine = (props: { what: string; nr_pages?: number }) => (
  <tr class="quiet">
    <td>{props.what}</td>
    <td class="right-side num">{props.nr_pages}</td>
    <td />
  </tr>
);

function PagesLine(props: RowProps & { row: Extract<VmaRow, { kind: 'pages' }> }) {
  const words = () => runWords(props.row.run, props.row.first);
  return (
    <tr
      class="page-run"
      onPointerEnter={() => props.point([props.row.run.from, props.row.run.to])}
      onClick={() => props.choose(props.row.run.from)}
    >
      <td>{words().what}</td>
      <td class="right-side num">{count(props.row.run.to - props.row.run.from)}</td>
      <td>{words().says}</td>
    </tr>
  );
}

function VmaLine(props: RowProps & { vma: Vma }) {
  const change = () => props.changes.get(props.vma.vm_start);
  const name = () => vmaName(props.process, props.vma, props.names);
  const start = () => pageNumber(props.vma.vm_start);
  const isChosen = () => props.chosen === start();
  const flags = createMemo<readonly Flag[]>(
    (before) => keepEqual(before, joined(flagsOf(props.vma, change()?.added, change()?.removed))),
    [],
  );
  return (
    <tr
      classList={{ changed: change() !== undefined, chosen: isChosen() }}
      onPointerEnter={() => props.point([start(), pageNumber(props.vma.vm_end)])}
    >
      <td>
        <button
          class="vma-open"
          aria-expanded={isChosen()}
          title="Show its pages"
          onClick={() => props.choose(isChosen() ? null : start())}
        >
          {props.vma.vm_start.toString(16)} <span class="vma-name">{name()}</span>
          <Show when={change()}>
            <span class="sr">, {changedText(props.against)}</span>
          </Show>
        </button>
      </td>
      <td class="right-side num">{count(pagesIn(props.vma.vm_start, props.vma.vm_end))}</td>
      <td>
        <Index each={flags()}>
          {(flag) => (
            <>
              <Switch fallback={flag().letters}>
                <Match when={flag().change === 'added'}>
                  <ins>+{flag().letters}</ins>
                </Match>
                <Match when={flag().change === 'removed'}>
                  <del>{flag().letters}</del>
                </Match>
              </Switch>{' '}
            </>
          )}
        </Index>
      </td>
    </tr>
  );
}

/** Flags that stay are one text: many small ones take longer to make and to lay out. */
function joined(flags: readonly Flag[]): readonly Flag[] {
  const parts: Flag[] = [];
  for (const { letters, change } of flags) {
    const stays = change === '' && parts.at(-1)?.change === '' ? parts.pop() : undefined;
    parts.push({ letters: stays ? `${stays.letters} ${letters}` : letters, change });
  }
  return parts;
}
