import { For } from 'solid-js';
import { Cell } from './Cell';
import type { Kind } from './cells';
import { changedText } from './sentences';

const PAGES: readonly (readonly [kind: Kind, letter: string, name: string])[] = [
  ['absent', 'r', 'absent'],
  ['zero', 'Z', 'zero page'],
  ['anon', 'R', 'anon'],
  ['file', 'R', 'file'],
  ['swap', 'S', 'swapped'],
  ['guard', 'G', 'guard'],
];

const LOCKS: readonly (readonly [look: string, text: string, name: string])[] = [
  ['pinned', '×1', 'pinned: PG_mlocked, unevictable, mlock_count'],
  ['counted', '', 'VM_LOCKED, nothing pinned'],
  ['onfault', '', 'lock-on-fault'],
  ['special', '', 'special, never locked'],
];

/** What letters, textures and feet mean; `against` is the step compared with. */
export function Legend(props: { against: number | null }) {
  return (
    <div class="legend" role="group" aria-label="Legend">
      <span class="legend-name">page</span>
      <ul>
        <For each={PAGES}>
          {([kind, letter, name]) => (
            <li>
              <Cell kind={kind} letter={letter} small />
              {name}
            </li>
          )}
        </For>
        <li>
          <i class="foot changed" aria-hidden="true" />
          {changedText(props.against)}
        </li>
      </ul>
      <span class="legend-name">lock</span>
      <ul>
        <For each={LOCKS}>
          {([look, text, name]) => (
            <li>
              <i class={`foot ${look}`} aria-hidden="true">
                {text}
              </i>
              {name}
            </li>
          )}
        </For>
      </ul>
    </div>
  );
}
