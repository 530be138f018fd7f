import { Show } from 'solid-js';
import type { Command } from '../app/commands';
import type { Store } from '../app/store';
import { count } from '../app/words';
import type { Hints } from './hints';
import type { Width } from './props';
import { Prose } from './Prose';
import './hints.css';

/** What is wrong with the link that was opened. The person's own text stays as it was. */
export function LinkStrip(props: { store: Store }) {
  return (
    <div role="status" class="link-strip-place">
      <Show when={props.store.linkTrouble()}>
        {(message) => (
          <div class="note">
            <span>
              <b>The link was not opened.</b> {message()} Your own text is as you left it.
            </span>
            <span class="grow" />
            <button class="button" onClick={() => props.store.dismissLink()}>
              Close
            </button>
          </div>
        )}
      </Show>
    </div>
  );
}

/** What a first visit can try in thirty seconds; its numbers stand in the places that it speaks of. */
export function HintStrip(props: { hints: Hints; width: Width }) {
  const isNarrow = () => props.width === 'narrow';
  return (
    <Show when={props.hints.visible()}>
      <section class="note hints" aria-label="Three things to try">
        <b>Try</b>
        <ol role="list">
          <li>
            {isNarrow() ? 'in Code, change 16 to 10' : 'change 16 to 10: the call succeeds, the assert below fails'}
          </li>
          <li>{isNarrow() ? 'step below' : 'step with ← →'}</li>
          <li>{isNarrow() ? 'read Why' : 'point at a page'}</li>
        </ol>
        <span class="grow" />
        <button class="button" onClick={() => props.hints.gotIt()}>
          Got it
        </button>
      </section>
    </Show>
  );
}

/** Nothing can be run here, and what is shown instead. */
export function NoCore(props: { store: Store }) {
  return (
    <Show when={props.store.noCore()}>
      <div class="note">
        <span>
          <b>{props.store.noCore()}</b> The simulator cannot run here; your text is safe and can be shared.
          <Show when={props.store.view()}>{(view) => ` You see step ${count(view().step)}, as it was recorded.`}</Show>
        </span>
      </div>
    </Show>
  );
}

/** Whose state the right side shows when it is not simply that of the text. */
export function StateStrips(props: { store: Store; commands: readonly Command[] }) {
  const live = () => props.store.live();
  const errorLine = () => {
    const run = props.store.current();
    return run?.outcome.kind === 'error' ? run.outcome.place.line : 0;
  };
  const limit = () => {
    const outcome = props.store.current()?.outcome;
    return outcome?.kind === 'limit' ? outcome : null;
  };
  const more = () => props.commands.find(({ id }) => id === 'limits.raise')!;
  return (
    <div role="status" class="strips">
      <NoCore store={props.store} />
      <Show when={props.store.stale()}>
        <div class="note">
          <span>
            <b>Step {count(props.store.step())} of your last good run.</b>{' '}
            {live() === 0 ? 'No step' : live() === 1 ? 'Step 1' : `Steps 1–${count(live())}`}{' '}
            {live() > 1 ? 'are' : 'is'} live; the rest waits for line {errorLine()}.
          </span>
        </div>
      </Show>
      <Show when={limit()}>
        {(stop) => (
          <div class="note">
            <span>
              <b>
                <Prose text={firstSentence(stop().message)} />
              </b>{' '}
              <Prose text={stop().message.slice(firstSentence(stop().message).length).trim()} /> All steps before are
              kept.
            </span>
            <span class="grow" />
            <button class="button" onClick={() => props.store.goTo(props.store.steps()?.length ?? 0)}>
              Go to line {stop().place.line}
            </button>
            <Show when={stop().limit !== 'memory' && more().when()}>
              <button class="button" title={more().title} onClick={() => more().run()}>
                Allow more
              </button>
            </Show>
          </div>
        )}
      </Show>
      <Show when={props.store.workerTrouble()}>
        {(message) => (
          <div class="note">
            <span>
              <b>{message()}</b> Your text is safe; the next edit runs again.
            </span>
          </div>
        )}
      </Show>
    </div>
  );
}

const firstSentence = (text: string): string => /^.*?\.(?= |$)/.exec(text)?.[0] ?? text;
