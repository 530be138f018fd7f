import { Show } from 'solid-js';
import { lockedChange, shortResult, signed, stepCall, stepFailure, stepResult } from '../../app/words';
import type { Steps } from '../../run/model';

interface StepCellProps {
  steps: Steps;
  step: number;
  /** Inside a loop's bracket: only number and iteration. */
  half: boolean;
  selected: boolean;
  stale: boolean;
  /** The pointer is over this step here, in the log or in the text. */
  previewed: boolean;
  onSelect(): void;
  onHover(over: boolean): void;
}

/** One step of the timeline. */
export function StepCell(props: StepCellProps) {
  const failure = () => stepFailure(props.steps, props.step);
  const name = () => stepCall(props.steps, props.step);
  const result = () => (failure() ? `✕ ${failure()}` : shortResult(stepResult(props.steps, props.step)));
  const said = () => {
    const end = failure() ? `failed with ${failure()}` : `returned ${stepResult(props.steps, props.step)}`;
    const i = props.step - 1;
    return `step ${props.step}, line ${props.steps.line[i]}, ${name()}, ${end}, locked_vm ${props.steps.locked_vm[i]}`;
  };
  return (
    <div
      class="step"
      classList={{
        half: props.half,
        failed: failure() !== '',
        on: props.selected,
        stale: props.stale,
        previewed: props.previewed,
      }}
      id={`step-${props.step}`}
      role="option"
      aria-selected={props.selected}
      aria-label={said()}
      onClick={() => props.onSelect()}
      onPointerEnter={() => props.onHover(true)}
      onPointerLeave={() => props.onHover(false)}
    >
      <Show
        when={props.half}
        fallback={
          <>
            <span class="step-name">
              <i>{props.step}</i>
              <b>{name()}</b>
            </span>
            <span class="step-result">
              <span>{result()}</span>
              <span class="delta">{signed(lockedChange(props.steps, props.step))}</span>
            </span>
          </>
        }
      >
        <i>{props.step}</i>
        <span class="step-iteration">{failure() ? '✕' : `i=${props.steps.iteration[props.step - 1]}`}</span>
      </Show>
    </div>
  );
}
