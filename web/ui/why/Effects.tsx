import { createSignal, For, Show } from 'solid-js';
import { plural } from '../../app/words';
import type { Account, Why } from '../../run/model';
import { Prose } from '../Prose';
import { DiffLines } from './DiffLines';

/** What the step left: sentences, the changed VMAs and pages as a diff, and whom a charge went to. */
export function Effects(props: { why: Why }) {
  const [isOpen, setOpen] = createSignal(false); // stays while steps are walked through
  return (
    <>
      <Show when={props.why.effects.length > 0}>
        <div class="effects" classList={{ kept: props.why.not_atomic }}>
          <For each={props.why.effects}>
            {(effect) => {
              const [head, rest] = split(effect);
              return (
                <p>
                  <Show when={head}>
                    <b>{head} </b>
                  </Show>
                  <Prose text={rest} />
                </p>
              );
            }}
          </For>
          <Show when={props.why.changes.length > 0}>
            {' '}
            <button class="diff-button" aria-expanded={isOpen()} onClick={() => setOpen(!isOpen())}>
              {isOpen() ? 'Hide the diff' : `Diff, ${plural(props.why.changes.length, 'line')}`}
            </button>
            <Show when={isOpen()}>
              <DiffLines lines={props.why.changes} />
            </Show>
          </Show>
        </div>
      </Show>
      <Show when={props.why.accounts.length > 0}>
        <Accounts accounts={props.why.accounts} />
      </Show>
    </>
  );
}

/** "Kept although it failed: ..." has a head. */
function split(effect: string): readonly [head: string, rest: string] {
  const colon = effect.startsWith('Kept') ? effect.indexOf(': ') : -1;
  return colon < 0 ? ['', effect] : [effect.slice(0, colon + 1), effect.slice(colon + 2)];
}

function Accounts(props: { accounts: readonly Account[] }) {
  return (
    <dl class="accounts" aria-label="Accounts of locked memory">
      <For each={props.accounts}>
        {({ name, pages, used }) => (
          <div classList={{ used }}>
            <dt>
              <span aria-hidden="true">{used ? '▸ ' : ''}</span>
              {name}
              <span class="sr">{used ? ', charged here' : ''}</span>
            </dt>
            <dd>{pages}</dd>
          </div>
        )}
      </For>
    </dl>
  );
}
