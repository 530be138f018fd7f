import { createEffect, createUniqueId, For, Show } from 'solid-js';
import { nextFailure } from '../app/select';
import type { Store } from '../app/store';
import { count, stepCall } from '../app/words';
import { place } from './Menu';
import './compare.css';

interface CompareMenuProps {
  store: Store;
  open: boolean;
  setOpen(open: boolean): void;
}

/** Says what the selected step is compared with, and lets another step be chosen. */
export function CompareMenu(props: CompareMenuProps) {
  const id = createUniqueId();
  let button!: HTMLButtonElement;
  let box!: HTMLDivElement;
  const step = () => props.store.step();
  const compare = () => props.store.compare();
  const steps = () => props.store.steps();
  const choose = (other: number | null) => {
    props.store.compareWith(other);
    box.hidePopover();
    button.focus();
  };
  const named = (k: number): string => {
    const all = steps();
    return k === 0 || !all ? 'start image' : `step ${count(k)}, ${stepCall(all, k)}`;
  };
  const choices = () => {
    const all = steps();
    const failure = all ? nextFailure(all, step(), -1) : 0;
    return [
      { title: `Step before (${count(Math.max(0, step() - 1))})`, other: null },
      { title: 'Start image (0)', other: 0 },
      ...(failure > 0 ? [{ title: `Failure before (${named(failure)})`, other: failure }] : []),
      { title: 'This step, then move on', other: step() },
    ];
  };
  createEffect(function followOpen() {
    if (props.open) box.showPopover();
    else box.hidePopover();
  });
  const onToggle = (event: ToggleEvent) => {
    props.setOpen(event.newState === 'open');
    if (event.newState !== 'open') return;
    place(box, button);
    box.querySelector('input')?.select();
  };
  const submit = (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const wish = new FormData(event.currentTarget).get('step');
    if (typeof wish === 'string' && wish !== '') choose(Number(wish));
  };
  return (
    <span class="compare">
      <button
        ref={button}
        class="button quiet small"
        classList={{ comparing: compare() !== null }}
        aria-haspopup="dialog"
        aria-expanded={props.open}
        popovertarget={id}
        title="Compare with another step (C)"
      >
        <Show when={compare() !== null} fallback={<>Compare with step {count(Math.max(0, step() - 1))} ▾</>}>
          <b class="num">
            step {count(compare()!)} → {count(step())}
          </b>{' '}
          ▾
        </Show>
      </button>
      <Show when={compare() !== null}>
        <button
          class="icon-button"
          aria-label="Compare with the step before again"
          title="Compare with the step before again (Esc)"
          onClick={() => choose(null)}
        >
          ✕
        </button>
      </Show>
      <div
        ref={box}
        id={id}
        class="choice-box compare-box"
        popover="auto"
        role="dialog"
        aria-label="Compare with another step"
        onToggle={onToggle}
      >
        <form onSubmit={submit}>
          <label>
            Step{' '}
            <input
              name="step"
              class="num"
              type="number"
              min="0"
              max={steps()?.length ?? 0}
              value={compare() ?? Math.max(0, step() - 1)}
            />{' '}
            of {count(steps()?.length ?? 0)}
          </label>
          <button class="button primary">Compare</button>
        </form>
        <For each={choices()}>
          {({ title, other }) => (
            <button class="compare-choice" aria-pressed={compare() === other} onClick={() => choose(other)}>
              {title}
            </button>
          )}
        </For>
      </div>
    </span>
  );
}
