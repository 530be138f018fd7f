import { createSignal, Index, Show } from 'solid-js';
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
          <Index each={props.why.effects}>{(effect) => <Effect text={effect()} />}</Index>
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

function Effect(props: { text: string }) {
  const parts = () => split(props.text);
  return (
    <p>
      <Show when={parts()[0]}>
        <b>{parts()[0]} </b>
      </Show>
      <Prose text={parts()[1]} />
    </p>
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
      <Index each={props.accounts}>
        {(account) => (
          <div classList={{ used: account().used }}>
            <dt>
              <span aria-hidden="true">{account().used ? '▸ ' : ''}</span>
              {account().name}
              <span class="sr">{account().used ? ', charged here' : ''}</span>
            </dt>
            <dd>{account().pages}</dd>
          </div>
        )}
      </Index>
    </dl>
  );
}
