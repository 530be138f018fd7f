import { For, Show } from 'solid-js';
import { count } from '../../app/words';
import type { ClauseLine, Said } from '../../app/spec-protocol';
import { Verdict } from './Verdict';

const MARKS: Readonly<Record<Said['says'], string>> = { confirms: '✓', 'confirms in part': '≈', contradicts: '✕' };

interface ClauseProps {
  line: ClauseLine;
  /** The selected step. */
  step: number;
  goTo(step: number): void;
  /** Opens a scenario that exercises the clause; null where none can be offered. */
  show: ((id: string) => void) | null;
}

/** A clause as it is quoted, its verdict over the run, what the selected step says, and the steps that touched it. */
export function Clause(props: ClauseProps) {
  const elsewhere = () => props.line.steps.filter(({ step }) => step !== props.step);
  const because = () => props.line.because.filter((one) => one !== props.line.here?.note);
  const more = () => props.line.nr_steps - props.line.steps.length;
  return (
    <li class="clause" classList={{ here: props.line.here !== null }}>
      <p class="clause-text">
        <Quote text={props.line.text} />
      </p>
      <Verdict verdict={props.line.verdict} />
      <p class="clause-says">
        <code class="clause-id">{props.line.id}</code>{' '}
        <Show when={props.line.here}>
          {(here) => (
            <b>
              <span aria-hidden="true">{MARKS[here().says]}</span> Step {here().step} {here().says} it
              {here().note === '' ? '.' : `: ${here().note}.`}
            </b>
          )}
        </Show>{' '}
        <Show when={because().length > 0}>
          <span>{sentence(because().join('; '))}</span>
        </Show>{' '}
        <For each={elsewhere()}>
          {(said) => (
            <>
              <button
                class="step-link"
                aria-label={`Step ${said.step} ${said.says} it`}
                title={said.note || `Step ${said.step} ${said.says} it`}
                onClick={() => props.goTo(said.step)}
              >
                Step {said.step} <span aria-hidden="true">{MARKS[said.says]}</span>
              </button>{' '}
            </>
          )}
        </For>
        <Show when={more() > 0}>and {count(more())} more</Show>
        <Show when={props.line.nr_steps === 0 && props.line.verdict === 'not exercised' && props.show}>
          {(show) => (
            <button class="step-link" onClick={() => show()(props.line.id)}>
              Open a scenario that does
            </button>
          )}
        </Show>
      </p>
    </li>
  );
}

/** The longest quotation; the rest opens on demand. */
const MAX_QUOTED = 320;

/** A text of a specification between quotation marks. */
export function Quote(props: { text: string }) {
  return (
    <Show when={props.text.length > MAX_QUOTED} fallback={<>“{props.text}”</>}>
      <details>
        <summary>“{props.text.slice(0, MAX_QUOTED)}…”</summary>
        <span>“{props.text}”</span>
      </details>
    </Show>
  );
}

/** Begins with a capital and ends with a period. */
export const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
