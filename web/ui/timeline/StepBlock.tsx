import { Show } from 'solid-js';
import { count } from '../../app/words';
import type { Column } from './columns';

interface StepBlockProps {
  column: Column;
  /** Share of the whole width, as CSS writes it. */
  basis: string;
  /** The selected step, in this block or not. */
  step: number;
  stale: boolean;
  onSelect(step: number): void;
}

/** Many steps folded into one column. A click selects the step under the pointer; a line shows the selected one. */
export function StepBlock(props: StepBlockProps) {
  const steps = () => props.column.last - props.column.first + 1;
  const isSelected = () => props.step >= props.column.first && props.step <= props.column.last;
  const range = () => `${count(props.column.first)}–${count(props.column.last)}`;
  const selectUnder = (event: MouseEvent & { currentTarget: HTMLElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const part = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 0.999_999);
    props.onSelect(props.column.first + Math.floor(part * steps()));
  };
  return (
    <div
      class="step block"
      classList={{ on: isSelected(), stale: props.stale }}
      id={`step-${props.column.first}`}
      role="option"
      aria-selected={isSelected()}
      aria-label={`steps ${props.column.first} to ${props.column.last}, ${props.column.label}`}
      style={{ 'flex-basis': props.basis }}
      onClick={selectUnder}
    >
      <Show when={isSelected()}>
        <i class="step-here" style={{ left: `${((props.step - props.column.first + 0.5) / steps()) * 100}%` }} />
      </Show>
      <span class="step-name">{isSelected() ? `${count(props.step)} of ${range()}` : range()}</span>
      <span class="step-result">{props.column.label}</span>
    </div>
  );
}
