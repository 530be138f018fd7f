import { createEffect, For, Match, Switch } from 'solid-js';
import type { Store } from '../../app/store';
import { count } from '../../app/words';
import type { Steps } from '../../run/model';
import type { Preview } from '../preview';
import { columnOf, extentOf, type Column } from './columns';
import { StepCell } from './StepCell';

interface StepColumnsProps {
  store: Store;
  preview: Preview;
  steps: Steps;
  columns: readonly Column[];
  units: number;
}

/** The row of steps: one list with one tab stop; the arrow keys move the selection. */
export function StepColumns(props: StepColumnsProps) {
  let list!: HTMLDivElement;
  const selected = () => props.store.step();
  const live = () => props.store.shown()?.live ?? 0;
  const basis = (column: Column) => `${(column.size / props.units) * 100}%`;

  createEffect(function revealStep() {
    const column = columnOf(props.columns, selected());
    const scroll = list.closest('.timeline-scroll');
    if (!column || !scroll || scroll.scrollWidth <= scroll.clientWidth) return;
    const unit = list.clientWidth / props.units;
    const [left, right] = extentOf(column, selected());
    if (left * unit < scroll.scrollLeft) scroll.scrollLeft = left * unit;
    else if (right * unit > scroll.scrollLeft + scroll.clientWidth)
      scroll.scrollLeft = right * unit - scroll.clientWidth;
  });

  const cell = (step: number, half: boolean) => (
    <StepCell
      steps={props.steps}
      step={step}
      half={half}
      selected={selected() === step}
      stale={step > live()}
      previewed={props.preview.step() === step}
      onSelect={() => props.store.goTo(step)}
      onHover={(over) => props.preview.show(over ? step : null)}
    />
  );
  const block = (column: Column) => {
    const isSelected = () => selected() >= column.first && selected() <= column.last;
    const goToPoint = (event: MouseEvent & { currentTarget: HTMLElement }) => {
      const box = event.currentTarget.getBoundingClientRect();
      const part = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 0.999_999);
      props.store.goTo(column.first + Math.floor(part * (column.last - column.first + 1)));
    };
    return (
      <div
        class="step block"
        classList={{ on: isSelected(), stale: column.first > live() }}
        id={`step-${column.first}`}
        role="option"
        aria-selected={isSelected()}
        aria-label={`steps ${column.first} to ${column.last}, ${column.label}`}
        style={{ 'flex-basis': basis(column) }}
        onClick={goToPoint}
      >
        <span class="step-name">
          {isSelected() ? count(selected()) : `${count(column.first)}–${count(column.last)}`}
        </span>
        <span class="step-result">{column.label}</span>
      </div>
    );
  };
  const activeId = () => {
    const column = columnOf(props.columns, selected());
    return column ? `step-${column.kind === 'block' ? column.first : selected()}` : undefined;
  };
  return (
    <div
      class="steps"
      ref={list}
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
              <div class="step-column" role="presentation" style={{ 'flex-basis': basis(column) }}>
                {cell(column.first, false)}
              </div>
            </Match>
            <Match when={column.kind === 'loop'}>
              <div class="step-loop" role="group" aria-label={column.label} style={{ 'flex-basis': basis(column) }}>
                <em aria-hidden="true">{column.label}</em>
                <For each={Array.from({ length: column.last - column.first + 1 }, (_, i) => column.first + i)}>
                  {(step) => cell(step, true)}
                </For>
              </div>
            </Match>
            <Match when={column.kind === 'block'}>{block(column)}</Match>
          </Switch>
        )}
      </For>
    </div>
  );
}
