import { createEffect, createMemo, createSignal, For, onCleanup, onMount, Show, untrack } from 'solid-js';
import { keepEqual } from '../../app/keep-equal';
import type { Store } from '../../app/store';
import { plural } from '../../app/words';
import type { Preview } from '../preview';
import type { Filter } from '../filter';
import type { Width } from '../props';
import { FilterBox } from '../timeline/FilterBox';
import { filterRows, logRows, numberWidth, rowOf, type LogRow } from './rows';
import { CopyLog } from './CopyLog';
import { LogLine } from './LogLine';
import './log.css';

/** Rows drawn above and below the visible ones. */
const MARGIN = 6;

interface LogProps {
  store: Store;
  preview: Preview;
  filter: Filter;
  width: Width;
}

/** What was called, what came back, what it looks like after it, and what was printed. Only visible rows are made. */
export function Log(props: LogProps) {
  let list!: HTMLOListElement;
  const [top, setTop] = createSignal(0);
  const [height, setHeight] = createSignal(200);
  const [rowHeight, setRowHeight] = createSignal(20);
  const outputs = createMemo(() => props.store.run()?.outputs ?? []);
  const asserts = createMemo(() => props.store.run()?.asserts ?? []);
  const allRows = createMemo(() => {
    const steps = props.store.steps();
    return steps ? logRows({ steps, outputs: outputs(), asserts: asserts() }) : [];
  });
  const rows = createMemo(() => {
    const matches = props.filter.matches();
    return matches ? filterRows(allRows(), matches) : allRows();
  });
  const first = () => Math.max(0, Math.floor(top() / rowHeight()) - MARGIN);
  const visible = createMemo<readonly LogRow[]>((before) => {
    const last = first() + Math.ceil(height() / rowHeight()) + 2 * MARGIN;
    return keepEqual(before, rows().slice(first(), last));
  }, []);
  const printed = () => allRows().filter(({ kind }) => kind === 'print').length;
  const digits = createMemo(() => numberWidth(rows()));
  const summary = () => {
    const run = props.store.run();
    if (!run) return '';
    const lines = printed();
    return `${plural(run.steps.length, 'step')}${lines ? `, ${plural(lines, 'line')} printed` : ''}`;
  };

  onMount(() => {
    const watch = new ResizeObserver(() => {
      setHeight(list.clientHeight);
      setRowHeight(parseFloat(getComputedStyle(list).getPropertyValue('--log-row')) || 20);
    });
    watch.observe(list);
    onCleanup(() => watch.disconnect());
  });
  createEffect(function askForTexts() {
    if (!props.store.run()) return;
    const [from, to] = [Math.floor(top() / rowHeight()), Math.ceil((top() + height()) / rowHeight())];
    const stepsIn = (some: readonly LogRow[]) =>
      some.flatMap((row) => (row.kind === 'step' ? [row.first, row.last] : []));
    props.store.wantTexts(stepsIn(rows().slice(from, to)), stepsIn(visible()));
  });
  let frame = 0; // of many steps in one frame the last is revealed: to scroll is to lay out
  onCleanup(() => cancelAnimationFrame(frame));
  const reveal = (at: number) => {
    if (height() === 0 || (at >= top() && at + rowHeight() <= top() + height())) return;
    const end = rows().length * rowHeight() - height();
    const next = Math.max(0, Math.min(end, at - Math.floor(height() / 2 / rowHeight()) * rowHeight()));
    setTop(next); // the rows are made, and their texts asked for, before the list has scrolled
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      list.scrollTop = next;
      setTop(list.scrollTop);
    });
  };
  createEffect(function revealStep() {
    const at = rowOf(rows(), props.store.step()) * rowHeight();
    untrack(() => reveal(at));
  });

  return (
    <section class="log" aria-label="Log" data-panel="log">
      <div class="panel-head">
        <h2>Log</h2>
        <span class="dim num">{summary()}</span>
        <span class="grow" />
        <Show
          when={props.width === 'narrow'}
          fallback={
            <span class="dim mono log-legend" aria-hidden="true">
              |LL|l| locked{'  '}Z zero{'  '}o on fault
            </span>
          }
        >
          <FilterBox filter={props.filter} length={props.store.run()?.steps.length ?? 0} />
        </Show>
        <CopyLog store={props.store} rows={rows()} />
      </div>
      <ol
        ref={list}
        style={{ '--number': `${digits()}ch` }}
        tabindex="0"
        aria-label="Steps and printed lines"
        onScroll={() => setTop(list.scrollTop)}
      >
        <li class="log-space" style={{ height: `${first() * rowHeight()}px` }} aria-hidden="true" />
        <For each={visible()}>
          {(row) => (
            <LogLine row={row} store={props.store} preview={props.preview} showAll={() => props.filter.write('')} />
          )}
        </For>
        <li
          class="log-space"
          style={{ height: `${Math.max(0, rows().length - first() - visible().length) * rowHeight()}px` }}
          aria-hidden="true"
        />
      </ol>
      <Show when={rows().length === 0 && props.store.run()}>
        <p class="log-empty dim">No call was made.</p>
      </Show>
    </section>
  );
}
