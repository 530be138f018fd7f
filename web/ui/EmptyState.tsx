import { For } from 'solid-js';
import type { Example } from '../app/examples';
import './empty.css';

/** The three that are offered first, with the drawing that each is about. */
const OFFERED: readonly (readonly [name: string, drawing: string])[] = [
  ['hole-keeps-what-came-before', '|LLLLZZllll|..|rr|oo|'],
  ['munlock-one-page', '|L|R|L|'],
  ['mlockall-onfault', '|oooo|'],
];

/** What stands beside an empty text: a question, three ways to begin. */
export function EmptyState(props: { examples: readonly Example[]; choose(example: Example): void }) {
  const offered = () =>
    OFFERED.flatMap(([name, drawing]) => {
      const example = props.examples.find((one) => one.name === name);
      return example ? [{ example, drawing }] : [];
    });
  return (
    <section class="empty-state" aria-label="Begin" data-panel="begin">
      <h2>What does Linux do with locked memory?</h2>
      <p>Type a call at the left, or take one of these. Each runs as you edit it.</p>
      <For each={offered()}>
        {({ example, drawing }) => (
          <button onClick={() => props.choose(example)}>
            <code>{drawing}</code>
            <span>
              <b>{example.title}</b>
              {example.lesson}
            </span>
          </button>
        )}
      </For>
    </section>
  );
}
