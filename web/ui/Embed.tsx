import { createEffect, createMemo, onCleanup, Show, untrack } from 'solid-js';
import type { Idle } from '../app/idle';
import { outcomeText } from '../app/outcome';
import { hasFailed, nextFailure } from '../app/select';
import type { Store } from '../app/store';
import { titleOf } from '../app/title';
import { count, stepCall, stepResult } from '../app/words';
import { embedAddress } from '../share/snippets';
import { Announcer } from './Announcer';
import { EditorPane } from './editor/EditorPane';
import { Icon } from './Icon';
import { Mark } from './Mark';
import { AddressSpace } from './memory/AddressSpace';
import { Counters } from './memory/Counters';
import { LinkStrip, NoCore } from './Notes';
import { createPreview } from './preview';
import { createPanelProps, type Width } from './props';
import { Prose } from './Prose';
import { createQuery, createTheme } from './theme';
import './embed.css';

interface EmbedProps {
  store: Store;
  idle: Idle;
  storage: Pick<Storage, 'getItem' | 'setItem'>;
}

/** The page for a frame in somebody's documentation: text, gauge, address space, the sentence, and a link to the rest. */
export function Embed(props: EmbedProps) {
  const { store, storage } = untrack(() => props); // they stay the same for the life of the page
  const { theme } = createTheme(storage);
  const preview = createPreview();
  const width = (): Width => 'middle';
  onCleanup(() => store.end());
  const panel = createPanelProps(store, width, preview);
  const isNarrow = createQuery('(max-width: 559px)');
  const counters = createPanelProps(store, () => (isNarrow() ? 'narrow' : 'middle'), preview);
  createEffect(function tellOutcome() {
    const current = store.current();
    if (current) document.documentElement.dataset['outcome'] = outcomeText(current.outcome);
  });
  return (
    <div class="embed">
      <header class="embed-head">
        <Mark />
        <h1>{titleOf(store.source(), store.origin(), [])}</h1>
      </header>
      <div class="embed-strips">
        <LinkStrip store={store} />
        <div role="status">
          <NoCore store={store} />
        </div>
      </div>
      <main class="embed-main">
        <EditorPane store={store} preview={preview} idle={props.idle} width={width()} theme={theme()} />
        <div class="embed-state" classList={{ stale: store.stale() }}>
          <Counters panel={counters} />
          <AddressSpace panel={panel} />
          <Sentence store={store} />
        </div>
      </main>
      <Foot store={store} />
      <Announcer store={store} />
    </div>
  );
}

function Sentence(props: { store: Store }) {
  return (
    <section class="embed-why" aria-label="Why" tabindex="0">
      <Show when={props.store.view()?.why}>
        {(why) => (
          <p class="say">
            <Show when={why().not_atomic}>
              <span class="badge">NOT ATOMIC</span>{' '}
            </Show>
            <Prose text={why().sentence} />
          </p>
        )}
      </Show>
    </section>
  );
}

function Foot(props: { store: Store }) {
  const steps = () => props.store.steps();
  const step = () => props.store.step();
  const failure = createMemo(() => {
    const all = steps();
    return all ? nextFailure(all, step(), 1) : 0;
  });
  const cannotStep = () => props.store.noCore() !== '';
  const move = (by: number) => props.store.goTo(step() + by);
  // The link is made when it is used: the text may have been edited.
  const follow = async (event: MouseEvent) => {
    event.preventDefault();
    const opened = window.open('about:blank', '_blank');
    const hash = await props.store.shareLink();
    const address = new URL(hash, embedAddress(location.href, false)).href;
    if (opened) opened.location.replace(address);
    else location.assign(address);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by) move(by);
  };
  return (
    <footer class="embed-foot" aria-label="Steps" onKeyDown={onKeyDown}>
      <Show when={steps()}>
        {(all) => (
          <>
            <span class="num">
              step {count(step())} of {count(all().length)}
            </span>
            <Show when={step() > 0}>
              <span class="embed-call">{stepCall(all(), step())}</span>
              <span class="result" classList={{ failed: hasFailed(all(), step()) }}>
                {stepResult(all(), step())}
              </span>
            </Show>
            <span class="grow" />
            <button
              class="icon-button"
              aria-label="Step back"
              disabled={step() === 0 || cannotStep()}
              onClick={() => move(-1)}
            >
              <Icon name="back" />
            </button>
            <button
              class="icon-button"
              aria-label="Step on"
              disabled={step() >= all().length || cannotStep()}
              onClick={() => move(1)}
            >
              <Icon name="on" />
            </button>
            <button
              class="icon-button failed"
              aria-label="Next failure"
              disabled={failure() === 0 || cannotStep()}
              onClick={() => props.store.goTo(failure())}
            >
              ✕
            </button>
          </>
        )}
      </Show>
      <a
        href={embedAddress(location.href, false)}
        aria-label="Open in mlock playground"
        target="_blank"
        rel="noopener"
        onClick={(event) => void follow(event)}
      >
        Open<span class="embed-where"> in mlock playground</span>
      </a>
    </footer>
  );
}
