import { createMemo, For, Show } from 'solid-js';
import { count } from '../../app/words';
import { namesAt } from '../../run/address';
import type { PanelProps } from '../props';
import { useLink } from './link';
import { lruRows, type LruRun } from './lru';
import { callerOf } from './scene';
import './memory.css';
import './tables.css';

/** The way from the old row to the new one. */
const ARROWS: Readonly<Record<string, string>> = {
  'unevictable inactive': '↓',
  'unevictable active': '↓',
  'inactive active': '↓',
  'inactive unevictable': '↑',
  'active unevictable': '↑',
  'active inactive': '↑',
};

/** The LRU lists: what lies on each, and in ink what the step moved, with the list it came from. */
export function LruTab(props: { panel: PanelProps }) {
  const link = useLink();
  const pid = () => {
    const view = props.panel.view();
    return view ? callerOf(view)?.pid : undefined;
  };
  const point = (span: LruRun['span']): void => {
    const now = pid();
    link.point(span && now !== undefined ? { pid: now, span } : null);
  };
  const rows = createMemo(() => {
    const view = props.panel.view();
    const after = view && callerOf(view);
    if (!view || !after) return [];
    const before = view.before.processes.find(({ pid }) => pid === after.pid) ?? null;
    return lruRows(before, after, view, namesAt(props.panel.names(), view.step));
  });
  return (
    <div class="tab-body" tabindex="0" role="region" aria-label="LRU lists">
      <table class="lru">
        <thead>
          <tr>
            <th scope="col">list</th>
            <th scope="col" class="right-side">
              pages
            </th>
            <th scope="col">what</th>
          </tr>
        </thead>
        <tbody>
          <For each={rows()}>
            {(row) => (
              <tr>
                <th scope="row">{row.list}</th>
                <td class="right-side num">{count(row.nr_pages)}</td>
                <td class="lru-runs">
                  <For each={row.runs}>
                    {(run) => (
                      <button
                        class="lru-run"
                        classList={{ changed: run.from !== null }}
                        disabled={run.span === null}
                        title={run.span ? 'Show it in the picture' : undefined}
                        onPointerEnter={() => point(run.span)}
                        onPointerLeave={() => point(null)}
                        onFocus={() => point(run.span)}
                        onBlur={() => point(null)}
                        onClick={() => run.span && link.choose(run.span[0])}
                      >
                        {run.text}
                        <Show when={row.list === 'unevictable' && run.mlock_count > 0}>
                          <i class="foot pinned">×{run.mlock_count}</i>
                        </Show>
                        <Show when={run.from === null && run.nr_pages > 1 && !/\d$/.test(run.text)}>
                          {' '}
                          {count(run.nr_pages)}
                        </Show>
                        <Show when={run.from}>
                          <span class="lru-from">
                            {run.from === 'none'
                              ? 'new'
                              : `from ${run.from} ${ARROWS[`${run.from!} ${row.list}`] ?? '←'}`}
                          </span>
                        </Show>
                      </button>
                    )}
                  </For>
                  <Show when={row.more > 0}>
                    <span class="dim">and {count(row.more)} more</span>
                  </Show>
                  <Show when={row.nr_pages === 0}>
                    <span class="dim">empty</span>
                  </Show>
                </td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  );
}
