import { createResource, createSignal, createUniqueId, Index, Show } from 'solid-js';
import type { Rule, ruleOf } from '../../run/explain/rules';
import type { Check } from '../../run/model';
import { Prose } from '../Prose';

const MARKS: Readonly<Record<Check['status'], readonly [sign: string, word: string]>> = {
  passed: ['✓', 'passed'],
  failed: ['✕', 'failed'],
  'not-reached': ['–', 'not reached'],
};

/** The kernel's checks in its order. The name of one opens its rule in words. */
export function Checks(props: { checks: readonly Check[] }) {
  // The first result does not wait for the rules in words.
  const [rules] = createResource(async () => (await import('../../run/explain/rules')).ruleOf);
  return (
    <Show when={props.checks.length > 0}>
      <ol class="checks" aria-label="Checks, in the kernel's order">
        <Index each={props.checks}>{(check) => <CheckRow check={check()} rules={rules.latest} />}</Index>
      </ol>
    </Show>
  );
}

function CheckRow(props: { check: Check; rules: typeof ruleOf | undefined }) {
  const id = createUniqueId();
  const [opened, setOpened] = createSignal(''); // the name: another step may have another check in this row
  const isOpen = () => opened() === props.check.name;
  const rule = () => props.rules?.(props.check.name);
  return (
    <li class={props.check.status}>
      <span class="mark" aria-hidden="true">
        {MARKS[props.check.status][0]}
      </span>
      <span class="check-name">
        <span class="sr">{MARKS[props.check.status][1]}: </span>
        <Show when={rule()} fallback={<Prose text={props.check.name} />}>
          <button
            class="rule-button"
            aria-expanded={isOpen()}
            aria-controls={id}
            title="The rule in words"
            onClick={() => setOpened(isOpen() ? '' : props.check.name)}
          >
            <Prose text={props.check.name} />
          </button>
        </Show>
      </span>
      <code>{props.check.numbers || (props.check.status === 'not-reached' ? 'not reached' : '')}</code>
      <span class="errno">{props.check.errno}</span>
      <Show when={isOpen() && rule()}>{(found) => <RuleText id={id} rule={found()} />}</Show>
    </li>
  );
}

const RuleText = (props: { id: string; rule: Rule }) => (
  <p class="rule" id={props.id}>
    {props.rule.text} <code>{props.rule.kernel === 'none' ? '' : props.rule.kernel}</code>
  </p>
);
