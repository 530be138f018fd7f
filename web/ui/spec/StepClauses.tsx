import { createMemo, For, Show } from 'solid-js';
import { plural } from '../../app/words';
import type { ClauseLine, SpecPage } from '../../app/spec-protocol';
import type { SpecShelf } from './shelf';
import { Clause } from './Clause';

interface StepClausesProps {
  page: SpecPage;
  shelf: SpecShelf;
  goTo(step: number): void;
  /** Opens a scenario that exercises a clause of ours. */
  showClause(id: string): void;
}

/** What needs a look first: what was contradicted, then what leaves something out, then errors, then the rest as it is written. */
const weight = ({ verdict, kind }: ClauseLine): number =>
  verdict.startsWith('contradicted') ? 0 : verdict === 'omits' ? 1 : kind === 'error' ? 2 : 3;

/** The clauses of the selected step's call, with what the step and the run say of them. */
export function StepClauses(props: StepClausesProps) {
  const all = () => props.shelf.view() === 'call';
  const touched = createMemo(() => props.page.clauses.filter(({ here }) => here !== null));
  const shown = createMemo(() => (all() ? props.page.clauses : [...touched()].sort((a, b) => weight(a) - weight(b))));
  return (
    <>
      <Show
        when={props.page.clauses.length > 0}
        fallback={
          <p class="spec-say">
            <code>{props.page.call}</code> has no specification here. These have one:{' '}
            {props.page.specified.map((name) => `${name}()`).join(', ')}.
          </p>
        }
      >
        <Show when={props.page.isTheirs}>
          <p class="spec-say">
            Judged by the text of the audit.{' '}
            <button class="step-link" onClick={() => props.shelf.setBy('')}>
              Judge by our specification
            </button>
          </p>
        </Show>
        <Show when={props.shelf.checks() && props.page.checked}>
          {(checked) => (
            <dl class="checked" aria-label="Runtime checks">
              <dt>Kernel as it is</dt>
              <dd>{checked().unchecked}</dd>
              <dt>With the checks</dt>
              <dd>
                {checked().checked}
                <For each={checked().refused}>
                  {({ parameter, value, rule }) => (
                    <span>
                      {' '}
                      {parameter} {value} is not in {rule}
                    </span>
                  )}
                </For>
                <Show when={checked().refused.length === 0}>
                  <span> no parameter is refused</span>
                </Show>
              </dd>
            </dl>
          )}
        </Show>
        <Atomicity page={props.page} />
        <Show when={shown().length === 0}>
          <p class="spec-say">This step touched none of the clauses of {props.page.call}().</p>
        </Show>
        <ul class="clauses" aria-label={`Clauses of ${props.page.call}`}>
          <For each={shown()}>
            {(line) => (
              <Clause
                line={line}
                step={props.page.step}
                goTo={props.goTo}
                show={props.page.isTheirs ? null : props.showClause}
              />
            )}
          </For>
        </ul>
      </Show>
      <Show when={props.page.others.length > 0}>
        <h3 class="spec-head">Clauses of other calls that this step touched</h3>
        <ul class="clauses" aria-label="Clauses of other calls">
          <For each={props.page.others}>
            {(line) => <Clause line={line} step={props.page.step} goTo={props.goTo} show={null} />}
          </For>
        </ul>
      </Show>
      <p class="spec-foot dim">A verdict is that of this run: {plural(props.page.nr_judged, 'step')} looked at.</p>
    </>
  );
}

function Atomicity(props: { page: SpecPage }) {
  return (
    <>
      <Show when={props.page.atomic}>
        {(atomic) => (
          <p class="spec-say atomic" classList={{ broken: !atomic().holds }}>
            <b>{atomic().holds ? 'Atomic.' : 'Not atomic.'}</b> {atomic().sentence}
            {!atomic().holds && atomic().claimed ? ' A clause says so.' : ''}
          </p>
        )}
      </Show>
      <Show when={props.page.unclaimed.length > 0}>
        <div class="spec-say atomic broken">
          <b>No clause claims:</b>
          <ul>
            <For each={props.page.unclaimed}>{(what) => <li>{what}</li>}</For>
          </ul>
        </div>
      </Show>
    </>
  );
}
