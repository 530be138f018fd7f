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
  /** The selected step is compared with this one. */
  compared: boolean;
  /** The filter passes over it. */
  hidden: boolean;
  onSelect(): void;
}

/** One step of the timeline. */
export function StepCell(props: StepCellProps) {
  const failure = () => stepFailure(props.steps, props.step);
  const name = () => stepCall(props.steps, props.step);
  const result = () => (failure() ? `✕ ${failure()}` : shortResult(stepResult(props.steps, props.step)));
  const said = () => {
    const end = failure() ? `failed with ${failure()}` : `returned ${stepResult(props.steps, props.step)}`;
    const i = props.step - 1;
    const compared = props.compared ? ', compared with' : '';
    const line = props.steps.line[i];
    const where = line ? `line ${line}, ` : ''; // a stale step's call may have been written over
    return `step ${props.step}, ${where}${name()}, ${end}, locked_vm ${props.steps.locked_vm[i]}${compared}`;
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
        compared: props.compared,
        hidden: props.hidden,
      }}
      id={`step-${props.step}`}
      role="option"
      aria-selected={props.selected}
      aria-label={said()}
      onClick={(event) => event.detail === 0 && props.onSelect()} // not by a pointer: that one drags
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
