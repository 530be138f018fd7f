import { For } from 'solid-js';
import type { Example } from '../share/example';
import './empty.css';

/** The three that are offered first, with the drawing that each is about. */
const OFFERED: readonly (readonly [file: string, drawing: string])[] = [
  ['01-hole-keeps-what-came-before.c', '|LLLLZZllll|..|rr|oo|'],
  ['02-munlock-one-page.c', '|L|R|L|'],
  ['06-mlockall-onfault.c', '|oooo|'],
];

/** What stands beside an empty text: a question, three ways to begin. */
export function EmptyState(props: { examples: readonly Example[]; choose(example: Example): void }) {
  const offered = () =>
    OFFERED.flatMap(([file, drawing]) => {
      const example = props.examples.find((one) => one.file === file);
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
              {example.question}
            </span>
          </button>
        )}
      </For>
    </section>
  );
}
