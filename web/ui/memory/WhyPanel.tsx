import { For, Show } from 'solid-js';
import type { Check, Why } from '../../run/model';
import type { PanelProps } from '../props';
import { Prose } from '../Prose';
import './tables.css';

const MARKS: Readonly<Record<Check['status'], readonly [sign: string, word: string]>> = {
  passed: ['✓', 'passed'],
  failed: ['✕', 'failed'],
  'not-reached': ['–', 'not reached'],
};

/** Why the step ended as it did: one sentence, the kernel's checks with their numbers, what was kept, what to do. */
export function WhyPanel(props: { panel: PanelProps }) {
  const why = () => props.panel.view()?.why ?? null;
  const headed = () => props.panel.width() === 'wide';
  return (
    <section class="why" aria-label="Why">
      <Show when={why()} fallback={<div class="panel-head" />}>
        {(now) => (
          <>
            <Show when={headed()}>
              <div class="panel-head">
                <h2>Why</h2>
                <code class="why-call">{now().call}</code>
                <span class="result" classList={{ failed: now().failed }}>
                  {now().result}
                </span>
                <span class="grow" />
                <Show when={now().not_atomic}>
                  <Badge />
                </Show>
              </div>
            </Show>
            <div class="why-body" tabindex="0" role="region" aria-label="Checks and effects">
              <p class="say">
                <Show when={!headed() && now().not_atomic}>
                  <Badge />{' '}
                </Show>
                <Prose text={now().sentence} />
              </p>
              <Checks checks={now().checks} />
              <Effects why={now()} />
              <Show when={!props.panel.stale() && now().fixes.length > 0}>
                <Fixes panel={props.panel} why={now()} />
              </Show>
            </div>
          </>
        )}
      </Show>
    </section>
  );
}

const Badge = () => <span class="badge">NOT ATOMIC</span>;

function Checks(props: { checks: readonly Check[] }) {
  return (
    <Show when={props.checks.length > 0}>
      <ol class="checks" aria-label="Checks, in the kernel's order">
        <For each={props.checks}>
          {(check) => (
            <li class={check.status}>
              <span class="mark" aria-hidden="true">
                {MARKS[check.status][0]}
              </span>
              <span class="check-name">
                <span class="sr">{MARKS[check.status][1]}: </span>
                <Prose text={check.name} />
              </span>
              <code>{check.numbers || (check.status === 'not-reached' ? 'not reached' : '')}</code>
              <span class="errno">{check.errno}</span>
            </li>
          )}
        </For>
      </ol>
    </Show>
  );
}

function Effects(props: { why: Why }) {
  return (
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
      </div>
    </Show>
  );
}

/** "Kept although it failed: ..." has a head. */
function split(effect: string): readonly [head: string, rest: string] {
  const colon = effect.startsWith('Kept') ? effect.indexOf(': ') : -1;
  return colon < 0 ? ['', effect] : [effect.slice(0, colon + 1), effect.slice(colon + 2)];
}

function Fixes(props: { panel: PanelProps; why: Why }) {
  return (
    <div class="fixes" role="group" aria-label="Fixes">
      <span class="dim">Fix</span>
      <For each={props.why.fixes.slice(0, 3)}>
        {(fix, i) => (
          <button class="button" title={edit(fix.insert)} onClick={() => props.panel.applyFix(fix)}>
            {fix.title} <kbd>{i() + 1}</kbd>
          </button>
        )}
      </For>
    </div>
  );
}

/** What a fix writes, shown before it is made. */
const edit = (insert: string): string => (insert.trim() === '' ? 'Takes text out.' : `Writes: ${insert.trim()}`);
