import { createMemo, Show } from 'solid-js';
import { hasFailed } from '../../app/select';
import { count } from '../../app/words';
import type { Steps } from '../../run/model';
import type { Filter } from '../filter';
import { binsOf, type Column } from './columns';

/** Parts of a block in which failures and matches are told apart. */
const BINS = 60;

const failing = (steps: Steps) => (step: number) => hasFailed(steps, step);

interface StepBlockProps {
  steps: Steps;
  column: Column;
  /** Share of the whole width, as CSS writes it. */
  basis: string;
  /** The selected step, in this block or not. */
  step: number;
  /** Steps that get a line of their own: what is compared with, what the pointer is over. */
  compared: number | null;
  previewed: number | null;
  filter: Filter;
  stale: boolean;
}

/** Many steps folded into one column: failures and what the filter lets through are marked, the selected one is a line. */
export function StepBlock(props: StepBlockProps) {
  const steps = () => props.column.last - props.column.first + 1;
  const holds = (step: number | null): step is number =>
    step !== null && step >= props.column.first && step <= props.column.last;
  const isSelected = () => holds(props.step);
  const range = () => `${count(props.column.first)}–${count(props.column.last)}`;
  const place = (step: number) => `${((step - props.column.first + 0.5) / steps()) * 100}%`;
  const failures = createMemo(() => binsOf(props.column, BINS, failing(props.steps)));
  const matches = createMemo(() => {
    const found = props.filter.matches();
    return found ? binsOf(props.column, BINS, (step) => found.hits[step] === 1) : null;
  });
  return (
    <div
      class="step block"
      classList={{ on: isSelected(), stale: props.stale, hidden: matches()?.length === 0 }}
      id={`step-${props.column.first}`}
      role="option"
      aria-selected={isSelected()}
      aria-label={`steps ${props.column.first} to ${props.column.last}, ${props.column.label}${failures().length > 0 ? ', with failures' : ''}`}
      style={{ 'flex-basis': props.basis }}
    >
      <Ticks bins={failures()} name="fail" />
      <Ticks bins={matches() ?? []} name="match" />
      <Show when={holds(props.compared)}>
        <i class="step-here compared" style={{ left: place(props.compared!) }} />
      </Show>
      <Show when={holds(props.previewed)}>
        <i class="step-here previewed" style={{ left: place(props.previewed!) }} />
      </Show>
      <Show when={isSelected()}>
        <i class="step-here" style={{ left: place(props.step) }} />
      </Show>
      <span class="step-name">
        {isSelected() ? `${count(props.step)} of ${range()}` : range()}
        <Show when={failures().length > 0}>
          <b class="block-failed">✕</b>
        </Show>
      </span>
      <span class="step-result">{props.column.label}</span>
    </div>
  );
}

/** One path for all marks: a block may be one of many. */
function Ticks(props: { bins: readonly number[]; name: 'fail' | 'match' }) {
  return (
    <Show when={props.bins.length > 0}>
      <svg class={`block-ticks ${props.name}`} viewBox={`0 0 ${BINS} 1`} preserveAspectRatio="none" aria-hidden="true">
        <path d={props.bins.map((bin) => `M${bin} 0h1v1h-1z`).join('')} />
      </svg>
    </Show>
  );
}
