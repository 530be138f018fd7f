import { Show } from 'solid-js';
import { count } from '../../app/words';
import type { Filter } from '../filter';
import './filter.css';

const TERMS = 'Words, or call:mlock errno:ENOMEM pid:2 line:13 step:5-9 changed failed not-atomic; a - in front: not';

interface FilterBoxProps {
  filter: Filter;
  /** Steps of the run. */
  length: number;
}

/** The box that filters the steps: Enter goes to the next match, Shift Enter to the one before, Escape empties it. */
export function FilterBox(props: FilterBoxProps) {
  const found = () => props.filter.matches()?.steps.length;
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLInputElement }) => {
    if (event.isComposing) return;
    if (event.key === 'Enter') props.filter.next(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') {
      props.filter.write('');
      event.currentTarget.blur();
      document.querySelector<HTMLElement>('[data-place="timeline"]')?.focus();
    } else return;
    event.preventDefault();
  };
  return (
    <search class="filter">
      <input
        type="text"
        aria-label="Filter the steps"
        aria-description={TERMS}
        placeholder="Filter: call, errno, process"
        title={TERMS}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        maxlength="200"
        data-filter
        value={props.filter.text()}
        onInput={(event) => props.filter.write(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <Show when={found() !== undefined} fallback={<kbd aria-hidden="true">/</kbd>}>
        <output class="num" classList={{ failed: found() === 0 }}>
          {count(found()!)} of {count(props.length)}
        </output>
      </Show>
    </search>
  );
}
