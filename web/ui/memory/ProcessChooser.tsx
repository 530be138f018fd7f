import { createMemo, createSignal, createUniqueId, For, Show } from 'solid-js';
import { count, plural } from '../../app/words';
import type { Process } from '../../core/state';
import { signalName } from '../../run/constants';
import { place } from '../Menu';
import type { PictureModel } from './picture';
import { MAX_GROUPS, switched } from './scene';
import '../compare.css';
import './processes.css';

/** "12 locked", "none locked". */
export const lockedText = ({ counters: { locked_vm } }: Process): string =>
  `${locked_vm === 0 ? 'none' : count(locked_vm)} locked`;

/** Says which processes have ended, and how while they are few. */
export function goneText(ended: readonly Process[]): string {
  if (ended.length > MAX_GROUPS) return `${count(ended.length)} processes ended`;
  const how = ({ life, status }: Process) =>
    life === 'killed' ? `was ended by ${signalName(status)}` : `ended, status ${status}`;
  return ended.map((process) => `process ${process.pid} ${how(process)}`).join(', ');
}

/** Says how many processes the picture has no room for, and lets those be chosen that it shows. */
export function ProcessChooser(props: { model: PictureModel }) {
  const id = createUniqueId();
  const [open, setOpen] = createSignal(false);
  let button!: HTMLButtonElement;
  let box!: HTMLDivElement;
  const all = () => props.model.scene()?.processes ?? [];
  const shown = createMemo(() => (props.model.scene()?.groups ?? []).slice(1).map(({ pid }) => pid));
  const onToggle = ({ newState }: ToggleEvent) => {
    setOpen(newState === 'open');
    if (newState === 'open') place(box, button);
  };
  return (
    <Show when={all().length > MAX_GROUPS}>
      <button
        ref={button}
        class="button quiet small"
        aria-haspopup="dialog"
        aria-expanded={open()}
        popovertarget={id}
        aria-label={plural(all().length - 1 - shown().length, 'more process', 'more processes')}
        title="Choose the processes that are shown"
      >
        {count(all().length - 1 - shown().length)} more<span class="process-word"> processes</span> ▾
      </button>
      <div
        ref={box}
        id={id}
        class="choice-box process-box"
        popover="auto"
        role="dialog"
        aria-label="Processes that are shown"
        onToggle={onToggle}
      >
        <Show when={open()}>
          <p class="dim">
            Process {all()[0]!.pid} and {MAX_GROUPS - 1} more
          </p>
          <ul>
            <For each={all().slice(1)}>
              {(process) => (
                <li>
                  <label>
                    <input
                      type="checkbox"
                      checked={shown().includes(process.pid)}
                      onChange={() => props.model.chooseProcesses(switched(shown(), process.pid))}
                    />
                    <b class="num">{process.pid}</b>
                    <span class="num">
                      {lockedText(process)}, {plural(process.counters.total_vm, 'page')}
                    </span>
                  </label>
                </li>
              )}
            </For>
          </ul>
        </Show>
      </div>
    </Show>
  );
}
