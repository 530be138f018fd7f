import { For } from 'solid-js';
import type { ChangeLine } from '../../run/model';
import './why.css';

const WORDS = { '-': 'before: ', '+': 'after: ' } as const;

/** Lines that went and lines that came. The sign says which, not the colour. */
export function DiffLines(props: { lines: readonly ChangeLine[] }) {
  return (
    <ul class="diff-lines">
      <For each={props.lines}>
        {({ sign, text }) => (
          <li class={sign === '-' ? 'gone' : 'come'}>
            <span aria-hidden="true">{sign === '-' ? '−' : '+'}</span>
            <span class="sr">{WORDS[sign]}</span>
            <code>{text}</code>
          </li>
        )}
      </For>
    </ul>
  );
}
