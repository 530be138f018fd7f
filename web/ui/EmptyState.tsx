import { For } from 'solid-js';
import type { Example } from '../share/example';
import './empty.css';

/** The three that are offered first, with the drawing that each is about. */
const OFFERED: readonly (readonly [file: string, drawing: string])[] = [
  ['01-hole-keeps-what-came-before.c', '|LLLLZZllll|..|rr|oo|'],
  ['02-munlock-one-page.c', '|L|R|L|'],
  ['06-mlockall-onfault.c', '|oooo|'],
];

interface EmptyStateProps {
  examples: readonly Example[];
  /** Nothing can be run here: the examples are for reading and sharing. */
  cannotRun: boolean;
  choose(example: Example): void;
  showAll(): void;
}

/** What stands beside an empty text: a question, three ways to begin. */
export function EmptyState(props: EmptyStateProps) {
  const offered = () =>
    OFFERED.flatMap(([file, drawing]) => {
      const example = props.examples.find((one) => one.file === file);
      return example ? [{ example, drawing }] : [];
    });
  return (
    <section class="empty-state" aria-label="Begin" data-panel="begin">
      <h2>What does Linux do with locked memory?</h2>
      <p>
        {props.cannotRun
          ? 'Each example answers a question in its first lines, and says in asserts what Linux does.'
          : 'Type a call, or take one of these. Each runs as you edit it.'}
      </p>
      <For each={offered()}>
        {({ example, drawing }) => (
          <button class="empty-offer" onClick={() => props.choose(example)}>
            <code>{drawing}</code>
            <span>
              <b>{example.title}</b>
              {example.question}
            </span>
          </button>
        )}
      </For>
      <button class="button empty-all" onClick={() => props.showAll()}>
        All {props.examples.length} examples
      </button>
    </section>
  );
}
