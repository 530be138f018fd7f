import { createMemo, createSelector, For, Match, Switch } from 'solid-js';
import type { Store } from '../../app/store';
import type { Steps } from '../../run/model';
import type { Filter } from '../filter';
import type { Preview } from '../preview';
import { columnOf, type Column } from './columns';
import { StepBlock } from './StepBlock';
import { StepCell } from './StepCell';
import './steps.css';

interface StepColumnsProps {
  store: Store;
  preview: Preview;
  filter: Filter;
  steps: Steps;
  columns: readonly Column[];
  units: number;
}

/** The row of steps: one list with one tab stop; the arrow keys move the selection. */
export function StepColumns(props: StepColumnsProps) {
  const selected = () => props.store.step();
  const isSelected = createSelector(() => props.store.step());
  const selectedColumn = createMemo(() => columnOf(props.columns, selected()));
  const isPreviewed = createSelector(() => props.preview.step());
  const isCompared = createSelector(() => props.store.compare());
  /** Some steps do not match: those that do get a line. */
  const isFiltered = () => (props.filter.matches()?.steps.length ?? Infinity) < props.steps.length;
  const live = () => props.store.live();
  const basis = ({ size }: Column) => `${(size / props.units) * 100}%`;
  const stepsIn = ({ first, last }: Column) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

  const activeId = () => {
    const column = selectedColumn();
    return column ? `step-${column.kind === 'block' ? column.first : selected()}` : undefined;
  };
  const cell = (step: number, half: boolean) => (
    <StepCell
      steps={props.steps}
      step={step}
      half={half}
      selected={isSelected(step)}
      stale={step > live()}
      previewed={isPreviewed(step)}
      compared={isCompared(step)}
      hidden={props.filter.hides(step)}
      onSelect={() => props.store.goTo(step)}
    />
  );
  return (
    <div
      class="steps"
      classList={{ filtered: isFiltered() }}
      role="listbox"
      aria-label="Steps"
      aria-orientation="horizontal"
      tabindex="0"
      data-place="timeline"
      aria-activedescendant={activeId()}
    >
      <For each={props.columns}>
        {(column) => (
          <Switch>
            <Match when={column.kind === 'step'}>
              <div
                class="step-column"
                classList={{ on: isSelected(column.first) }}
                role="presentation"
                style={{ 'flex-basis': basis(column) }}
              >
                {cell(column.first, false)}
              </div>
            </Match>
            <Match when={column.kind === 'loop'}>
              <div
                class="step-loop"
                classList={{ on: selectedColumn() === column, hidden: stepsIn(column).every(props.filter.hides) }}
                role="group"
                aria-label={column.label}
                style={{ 'flex-basis': basis(column) }}
              >
                <em aria-hidden="true">{column.label}</em>
                <For each={stepsIn(column)}>{(step) => cell(step, true)}</For>
              </div>
            </Match>
            <Match when={column.kind === 'block'}>
              <StepBlock
                steps={props.steps}
                column={column}
                basis={basis(column)}
                step={selected()}
                stale={column.first > live()}
                compared={props.store.compare()}
                previewed={props.preview.step()}
                filter={props.filter}
              />
            </Match>
          </Switch>
        )}
      </For>
    </div>
  );
}
