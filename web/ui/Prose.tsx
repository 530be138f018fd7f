import { For } from 'solid-js';

/** Writes a sentence whose `code` stands between backticks. */
export function Prose(props: { text: string }) {
  return <For each={props.text.split('`')}>{(part, i) => (i() % 2 === 1 ? <code>{part}</code> : <>{part}</>)}</For>;
}
