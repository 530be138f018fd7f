import { createSignal, onMount, Show } from 'solid-js';
import type { SpecClient } from '../../app/spec-client';
import type { Row } from '../../app/spec-protocol';
import { Rows } from './Rows';

/** Every clause of our specifications with its verdict, from running the scenarios of the repository here and now. */
export function Report(props: { client: SpecClient }) {
  const [rows, setRows] = createSignal<readonly Row[] | null>(null);
  const [trouble, setTrouble] = createSignal('');
  onMount(async () => {
    const answer = await props.client.ask({ kind: 'report' });
    if (answer?.kind === 'report') setRows(answer.rows);
    else if (answer?.kind === 'broken') setTrouble(answer.message);
  });
  return (
    <Show
      when={rows()}
      fallback={
        <p class="spec-say dim" role="status">
          {trouble() || 'Running the scenarios of every clause …'}
        </p>
      }
    >
      {(all) => <Rows rows={all()} name="the report" />}
    </Show>
  );
}
