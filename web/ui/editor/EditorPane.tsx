import { createEffect, createSignal, onCleanup, Show } from 'solid-js';
import type { EditorActions } from '../../app/commands';
import type { Idle } from '../../app/idle';
import type { Store } from '../../app/store';
import { plural } from '../../app/words';
import type { MonacoHandle } from '../monaco/editor';
import type { Preview } from '../preview';
import type { Width } from '../props';
import type { Theme } from '../theme';
import { ErrorStrip } from './ErrorStrip';
import { Menu } from '../Menu';
import { INLAY_CHOICES, type Inlays } from './inlays';
import { chosenInlays, marksOf, squigglesOf } from './marks';
import { PlainEditor } from './PlainEditor';
import './editor.css';

interface EditorPaneProps {
  store: Store;
  preview: Preview;
  idle: Idle;
  width: Width;
  theme: Theme;
  /** Without it results and changes stand behind the calls, and there is no menu. */
  inlays?: Inlays;
  setActions?: (actions: EditorActions) => void;
}

/** The text. A plain text area until the first result is on screen; then Monaco, if there is room and a keyboard. */
export function EditorPane(props: EditorPaneProps) {
  let host!: HTMLDivElement;
  let area: HTMLTextAreaElement | undefined;
  const [monaco, setMonaco] = createSignal<MonacoHandle | null>(null);
  const [wanted, setWanted] = createSignal(false);
  const isPlain = () => props.width === 'narrow' || matchMedia('(pointer: coarse)').matches;

  const load = async () => {
    try {
      const { openEditor } = await import('../monaco/editor');
      await document.fonts.load('16px codicon'); // now, not when the first sign is shown: nothing is loaded later
      const selection = document.activeElement === area ? area?.selectionStart : undefined;
      const opened = openEditor(
        host,
        { source: props.store.source(), theme: props.theme, small: props.width !== 'wide', selection },
        props.store,
        props.preview.show,
      );
      setMonaco(opened);
      props.setActions?.(opened);
    } catch {
      // offline before it came: the text area serves
    }
    props.idle.done('editor');
  };
  createEffect(function loadMonaco() {
    if (wanted() || isPlain() || !(props.store.current() || props.store.noCore())) return;
    setWanted(true);
    props.idle.busy('editor');
    requestAnimationFrame(() => setTimeout(load)); // the first result is painted first
  });
  createEffect(() => monaco()?.setSource(props.store.source()));
  createEffect(() => monaco()?.setTheme(props.theme));
  createEffect(function showMarks() {
    const shown = props.store.shown();
    if (!shown || !props.store.isCurrent()) return; // else they move with the text
    const marks = marksOf(shown, props.width !== 'wide');
    const inlays = chosenInlays(marks.inlays, props.inlays?.choice() ?? 'both');
    monaco()?.setMarks({ ...marks, inlays }, shown.run.source);
  });
  createEffect(function showSquiggles() {
    const run = props.store.current();
    if (run) monaco()?.setSquiggles(squigglesOf(run), run.source);
  });
  createEffect(function revealLine() {
    const run = props.store.run();
    if (run && props.store.isCurrent()) monaco()?.setStep(run, props.store.step());
  });
  createEffect(function showPreview() {
    const run = props.store.run();
    if (run) monaco()?.setPreview(run, props.preview.step());
  });
  createEffect(() => props.width !== 'narrow' && monaco()?.setSmall(props.width !== 'wide'));
  onCleanup(() => monaco()?.dispose());

  const errors = () => props.store.current()?.diagnostics.filter(({ severity }) => severity === 'error').length ?? 0;
  const summary = () => {
    const run = props.store.current();
    if (!run) return '';
    const took = `${run.ms < 10 ? run.ms.toFixed(1) : Math.round(run.ms)} ms`;
    return `${plural(run.steps.length, 'step')}, ${props.store.noCore() ? 'recorded' : took}`;
  };
  return (
    <section class="editor" aria-label="Scenario" data-panel="editor">
      <div class="panel-head">
        <h2>scenario.c</h2>
        <span class="dim">{props.store.saved() ? 'saved here' : 'not saved: this browser keeps nothing'}</span>
        <span class="grow" />
        <Show when={errors() > 0} fallback={<span class="dim num">{summary()}</span>}>
          <span class="failed small-text">{plural(errors(), 'error')}</span>
        </Show>
        <Show when={props.inlays}>
          {(inlays) => (
            <Menu label="Behind the calls" icon={<span class="mono">-&gt;</span>} class="inlay-menu">
              {(close) =>
                INLAY_CHOICES.map(([choice, title]) => (
                  <button
                    role="menuitemradio"
                    aria-checked={inlays().choice() === choice}
                    onClick={() => {
                      inlays().choose(choice);
                      close();
                    }}
                  >
                    {title}
                  </button>
                ))
              }
            </Menu>
          )}
        </Show>
      </div>
      <div class="editor-body" data-place="text">
        <div class="monaco-host" ref={host} />
        <Show when={!monaco() || isPlain()}>
          <PlainEditor store={props.store} ref={(element) => (area = element)} />
        </Show>
      </div>
      <ErrorStrip store={props.store} />
    </section>
  );
}
