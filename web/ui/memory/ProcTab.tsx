import { createMemo, createSignal, For, Show } from 'solid-js';
import type { State } from '../../core/state';
import type { PanelProps } from '../props';
import { plural } from '../../app/words';
import { PROC_FILES, type ProcFile } from '../../run/procfs/compare';
import { CompareProc } from './CompareProc';
import { CopyButton } from './CopyButton';
import { memfdPaths, memfdsOf } from './memfd-names';
import { cut, leftOut, procLines, procText } from './proc-lines';
import { callerOf } from './scene';
import './tables.css';

/** /proc of the calling process after the step, byte for byte; changed lines are marked, what they said is struck out. */
export function ProcTab(props: { panel: PanelProps }) {
  const [file, setFile] = createSignal<ProcFile>('status');
  const [comparing, setComparing] = createSignal(false);
  const states = createMemo(() => {
    const view = props.panel.view();
    const after = view && callerOf(view);
    if (!view || !after) return null;
    return { view, after, before: view.before.processes.find(({ pid }) => pid === after.pid) ?? null };
  });
  const memfds = createMemo(() => {
    const run = props.panel.run();
    return run ? memfdsOf(run) : [];
  });
  const pathsIn = (step: number, state: State) => memfdPaths(memfds(), step, state.files);
  const changedFrom = () => {
    const diff = states()?.view.diff;
    return diff?.vmas.vm_start[0] ?? diff?.pages[0]?.[0] ?? 0n;
  };
  const lines = createMemo(() => {
    const now = states();
    if (!now) return [];
    const part = cut(file(), now.after, changedFrom());
    const old = now.before && now.view.step > 0 ? cut(file(), now.before, changedFrom()) : null;
    const { step, against, before: was, after: is } = now.view;
    const oldText = old && procText(file(), old, was, pathsIn(against ?? step - 1, was));
    return procLines(oldText, procText(file(), part, is, pathsIn(step, is)));
  });
  const whole = () => {
    const now = states();
    return now ? procText(file(), now.after, now.view.after, pathsIn(now.view.step, now.view.after)) : '';
  };
  return (
    <div class="tab-body" tabindex="0" role="region" aria-label={`/proc ${file()}`}>
      <div class="subtabs" role="group" aria-label="File">
        <For each={PROC_FILES}>
          {(name) => (
            <button aria-pressed={file() === name} onClick={() => setFile(name)}>
              {name}
            </button>
          )}
        </For>
      </div>
      <div class="proc-compare">
        <button class="button small" aria-expanded={comparing()} onClick={() => setComparing(!comparing())}>
          Compare with your machine
        </button>
        <span class="grow" />
        <CopyButton text={whole} />
      </div>
      <Show when={comparing()}>
        <CompareProc file={file()} here={whole()} />
      </Show>
      <pre class="proc">
        <For each={lines()}>
          {({ text, was }) => (
            <span class="proc-line" classList={{ changed: was !== null }}>
              {text}
              <Show when={was}>
                {'   '}
                <del>{was}</del>
              </Show>
              {'\n'}
            </span>
          )}
        </For>
      </pre>
      <Show when={states() && leftOut(file(), states()!.after) > 0}>
        <p class="dim more-lines">{plural(leftOut(file(), states()!.after), 'more VMA')}. Copy takes all.</p>
      </Show>
    </div>
  );
}
