import { createEffect, createMemo, createSignal, lazy, onCleanup, Show, untrack } from 'solid-js';
import { createCommands, type EditorActions, type PageActions, type PictureActions } from '../app/commands';
import type { Example } from '../share/example';
import type { Idle } from '../app/idle';
import type { Offline } from '../app/offline';
import { outcomeText } from '../app/outcome';
import type { Store } from '../app/store';
import { Announcer } from './Announcer';
import { Divider } from './Divider';
import { EditorPane } from './editor/EditorPane';
import { createInlays } from './editor/inlays';
import { createFilter } from './filter';
import { Header } from './Header';
import { listenForKeys } from './keys';
import { Log } from './log/Log';
import { createHints } from './hints';
import { stepJson } from './memory/step-json';
import { HintStrip, LinkStrip, StateStrips } from './Notes';
import { PanelNav, type PanelName } from './PanelNav';
import { createPanelProps, type Width } from './props';
import { RightSide } from './RightSide';
import { StepBar } from './StepBar';
import { createShare } from './share';
import { createSizes } from './sizes';
import { createQuery, createTheme } from './theme';
import { Timeline } from './timeline/Timeline';
import { focusPanel } from './panels';
import { createPlayer } from './player';
import { createPreview } from './preview';
import { createMotion } from './motion';

// The first result does not wait for these.
const CompareMenu = lazy(async () => ({ default: (await import('./CompareMenu')).CompareMenu }));
const EmptyState = lazy(async () => ({ default: (await import('./EmptyState')).EmptyState }));
const CommandDialog = lazy(async () => ({ default: (await import('./CommandDialog')).CommandDialog }));

interface AppProps {
  store: Store;
  examples: readonly Example[];
  idle: Idle;
  storage: Pick<Storage, 'getItem' | 'setItem'>;
  offline: Offline;
}

/** The whole page. */
export function App(props: AppProps) {
  const { store, storage } = untrack(() => props); // they stay the same for the life of the page
  const isWide = createQuery('(min-width: 1280px)');
  const isNarrow = createQuery('(max-width: 699px)');
  const width = createMemo<Width>(() => (isWide() ? 'wide' : isNarrow() ? 'narrow' : 'middle'));
  const { theme, choice, choose } = createTheme(storage);
  const [panel, setPanel] = createSignal<PanelName>('memory');
  const [dialog, setDialog] = createSignal<'commands' | 'help' | null>(null);
  const [picture, setPicture] = createSignal<PictureActions | null>(null);
  const [examplesOpen, setExamplesOpen] = createSignal(false);
  const [compareOpen, setCompareOpen] = createSignal(false);
  const player = createPlayer(store, storage);
  const filter = createFilter(store);
  const preview = createPreview();
  const inlays = createInlays(storage);
  const [editor, setEditor] = createSignal<EditorActions | null>(null);
  const share = createShare(store);
  const sizes = createSizes(storage);
  const hints = createHints(store, () => props.examples[0]?.text, storage);

  const page: PageActions = {
    share: share.copy,
    showExamples: () => setExamplesOpen(true),
    showCommands: () => setDialog('commands'),
    showHelp: () => setDialog('help'),
    togglePlay: player.toggle,
    changeSpeed: player.changeSpeed,
    focusFilter: () => document.querySelector<HTMLElement>('[data-filter]')?.focus(),
    nextMatch: filter.next,
    showCompare: () => setCompareOpen(true),
    focusPanel,
    copyStep: (as) => {
      const view = store.view();
      if (view) share.copyText(as === 'json' ? stepJson(view) : view.drawing, 'Copied');
    },
    picture,
    editor,
    setInlays: inlays.choose,
    setTheme: choose,
    motion: createMotion(storage),
  };
  const commands = createCommands(store, page);
  onCleanup(listenForKeys(commands));
  onCleanup(() => store.end());

  /** There is no state to show, and there will be none: not even a recorded one. */
  const cannotRun = () => store.noCore() !== '' && store.view() === null;
  const isEmpty = createMemo(() => cannotRun() || (store.current() !== null && store.source().trim() === ''));
  const begin = createMemo(() =>
    isEmpty() ? (
      <EmptyState
        examples={props.examples}
        cannotRun={store.noCore() !== ''}
        choose={({ text }) => store.open({ source: text, origin: 'example' })}
        showAll={() => setExamplesOpen(true)}
      />
    ) : null,
  );

  const panelProps = createPanelProps(store, () => width(), preview);
  const hasAnswer = createMemo<boolean>((before) => before || store.view() !== null || store.noCore() !== '', false);
  createEffect(function fetchLater() {
    if (!hasAnswer()) return;
    props.idle.busy('menus');
    const done = () => props.idle.done('menus');
    void Promise.allSettled([CompareMenu, EmptyState, CommandDialog].map((menu) => menu.preload())).then(done);
  });
  createEffect(function markPanel() {
    document.documentElement.dataset['shown'] = panel();
  });

  createEffect(function tellOutcome() {
    const current = store.current();
    if (current) document.documentElement.dataset['outcome'] = outcomeText(current.outcome);
  });

  return (
    <div class="app" classList={{ 'cannot-run': store.noCore() !== '' }} style={sizes.style()}>
      <Header
        store={store}
        examples={props.examples}
        commands={commands}
        examplesOpen={examplesOpen()}
        setExamplesOpen={setExamplesOpen}
        share={share}
        theme={choice()}
        offline={props.offline}
      />
      <LinkStrip store={store} />
      <main class="main">
        <div class="left">
          <EditorPane
            store={store}
            preview={preview}
            idle={props.idle}
            width={width()}
            theme={theme()}
            inlays={inlays}
            setActions={setEditor}
          />
          <Divider name="log" label="Height of the log" sizes={sizes} />
          <Log store={store} preview={preview} filter={filter} width={width()} />
        </div>
        <Divider name="left" label="Width of the editor" sizes={sizes} />
        <div class="right">
          <div class="strips-place">
            <HintStrip hints={hints} width={width()} />
            <StateStrips store={store} commands={commands} />
          </div>
          <RightSide
            panel={panelProps}
            idle={props.idle}
            commands={commands}
            sizes={sizes}
            cannotRun={cannotRun()}
            begin={begin()}
            stale={store.stale()}
            theme={choice()}
            shown={panel()}
            show={setPanel}
            setPicture={setPicture}
            compare={
              <Show when={store.noCore() === ''}>
                <CompareMenu store={store} open={compareOpen()} setOpen={setCompareOpen} />
              </Show>
            }
          />
        </div>
      </main>
      <Show
        when={width() !== 'narrow'}
        fallback={
          <>
            <Show when={store.noCore() === ''}>
              <StepBar store={store} commands={commands} />
            </Show>
            <PanelNav panel={panel()} choose={setPanel} />
          </>
        }
      >
        <Show when={store.noCore() === ''}>
          <Timeline store={store} preview={preview} commands={commands} player={player} filter={filter} sizes={sizes} />
        </Show>
      </Show>
      <Announcer store={store} />
      <Show when={hasAnswer()}>
        <CommandDialog commands={commands} open={dialog()} close={() => setDialog(null)} />
      </Show>
    </div>
  );
}
