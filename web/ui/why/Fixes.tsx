import { createEffect, createResource, createSignal, For, on, Show } from 'solid-js';
import { plural } from '../../app/words';
import { editLines } from '../../run/explain/edit-lines';
import type { Fix } from '../../run/model';
import type { Trial } from '../../run/trial';
import type { PanelProps } from '../props';
import { DiffLines } from './DiffLines';

/**
 * Edits that would make the call succeed. Pointed at or focused, one shows what it writes and what would come of it; only
 * what is shown can be made.
 */
export function Fixes(props: { panel: PanelProps; fixes: readonly Fix[] }) {
  const [shown, setShown] = createSignal<Fix | null>(null);
  createEffect(
    on(
      () => props.fixes,
      () => setShown(null),
      { defer: true },
    ),
  );
  const press = (fix: Fix) => (shown() === fix ? props.panel.applyFix(fix) : setShown(fix));
  let focusBefore: EventTarget | null = null;
  const focused = (event: FocusEvent & { currentTarget: HTMLElement }, fix: Fix) => {
    if (!event.currentTarget.matches(':focus-visible')) return;
    const from = event.relatedTarget;
    if (!(from instanceof HTMLElement && from.dataset['command'])) focusBefore = from; // else from another fix
    setShown(fix);
  };
  /** Escape leaves the edit; who came by key from the timeline, or from nowhere, goes back. */
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !shown()) return;
    setShown(null);
    if (focusBefore instanceof HTMLElement && focusBefore.matches('[data-place="timeline"]')) focusBefore.focus();
    else if (!focusBefore && event.target instanceof HTMLElement) event.target.blur();
  };
  return (
    <div class="fixes" role="group" aria-label="Fixes" data-escape={shown() ? '' : undefined} onKeyDown={leave}>
      <span class="dim">Fix</span>
      <For each={props.fixes.slice(0, 3)}>
        {(fix, i) => (
          <button
            class="button"
            data-command={`fix.${i() + 1}`}
            aria-keyshortcuts={String(i() + 1)}
            aria-describedby={shown() === fix ? 'fix-preview' : undefined}
            onPointerEnter={(event) => event.pointerType !== 'touch' && setShown(fix)}
            onPointerLeave={(event) => event.pointerType !== 'touch' && setShown(null)}
            onFocus={(event) => focused(event, fix)}
            onBlur={() => setShown(null)}
            onClick={() => press(fix)}
          >
            {fix.title} <kbd>{i() + 1}</kbd>
          </button>
        )}
      </For>
      <Show when={shown()} keyed>
        {(fix) => <Preview panel={props.panel} fix={fix} key={props.fixes.indexOf(fix) + 1} />}
      </Show>
    </div>
  );
}

/** The edit as a diff, and how call and asserts would end: the edited text is run beside this one. */
function Preview(props: { panel: PanelProps; fix: Fix; key: number }) {
  const [trial] = createResource(
    () => [props.panel, props.fix] as const,
    ([panel, fix]) => panel.tryFix(fix),
  );
  return (
    <div class="fix-preview" id="fix-preview" role="tooltip">
      <DiffLines lines={editLines(props.panel.run()?.source ?? '', props.fix)} />
      <Show when={!trial.loading} fallback={<p class="dim">Trying it …</p>}>
        <Show when={trial()} fallback={<p class="dim">Not tried: the text has an error.</p>}>
          {(made) => <Verdict trial={made()} />}
        </Show>
      </Show>
      <p class="dim">
        A click or <kbd>{props.key}</kbd> again makes this edit, <kbd>Esc</kbd> leaves it.
      </p>
    </div>
  );
}

function Verdict(props: { trial: Trial }) {
  return (
    <>
      <p>
        <Mark ok={props.trial.results.length > 0 && props.trial.results.every((one) => one === '')} />{' '}
        {resultText(props.trial.results)}
      </p>
      <For each={props.trial.broken}>
        {({ line, text, detail }) => (
          <p>
            <Mark ok={false} /> Line {line}, <code>{text}</code> would fail: <code>{detail}</code>. The run ends there.
          </p>
        )}
      </For>
      <For each={props.trial.mended}>
        {({ line, text }) => (
          <p>
            <Mark ok /> Line {line}, <code>{text}</code> would hold.
          </p>
        )}
      </For>
    </>
  );
}

const Mark = (props: { ok: boolean }) => (
  <b class={props.ok ? 'holds' : 'failed'} aria-hidden="true">
    {props.ok ? '✓' : '✕'}
  </b>
);

function resultText(results: readonly string[]): string {
  const failed = results.filter((one) => one !== '');
  if (results.length === 0) return 'The run would not come to the call.';
  if (failed.length === 0) return results.length === 1 ? 'The call succeeds.' : `All ${results.length} calls succeed.`;
  return `${plural(failed.length, 'call')} of ${results.length} would fail: ${[...new Set(failed)].join(', ')}.`;
}
