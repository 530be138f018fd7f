import { Index } from 'solid-js';

/** Writes a sentence whose `code` stands between backticks. */
export function Prose(props: { text: string }) {
  return (
    <Index each={props.text.split('`')}>{(part, i) => (i % 2 === 1 ? <code>{part()}</code> : <>{part()}</>)}</Index>
  );
}
