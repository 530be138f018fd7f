import { createMemo, createSignal, For, Show } from 'solid-js';
import { plural } from '../../app/words';
import type { Row as RowData, Verdict } from '../../app/spec-protocol';
import { Row } from './Row';
import { VERDICT_WORDS } from './Verdict';

const VERDICTS = Object.keys(VERDICT_WORDS) as Verdict[];

/** Rows that are shown at once; the filter finds the others. */
const MAX_SHOWN = 400;

/** A table of clauses, to be filtered by words and by verdict. */
export function Rows(props: { rows: readonly RowData[]; name: string }) {
  const [words, setWords] = createSignal('');
  const [verdict, setVerdict] = createSignal<Verdict | ''>('');
  const counts = createMemo(() =>
    VERDICTS.map((one) => [one, props.rows.filter((row) => row.verdict === one).length] as const).filter(
      ([, nr]) => nr > 0,
    ),
  );
  const found = createMemo(() => {
    const all = words().toLowerCase().split(/\s+/).filter(Boolean);
    return props.rows.filter((row) => {
      const text = `${row.clause} ${row.text} ${row.because.join(' ')} ${row.scenario}`.toLowerCase();
      return (verdict() === '' || row.verdict === verdict()) && all.every((word) => text.includes(word));
    });
  });
  return (
    <>
      <div class="spec-filter">
        <input
          type="search"
          aria-label={`Filter ${props.name}`}
          placeholder="Filter: munlock ENOMEM"
          maxlength="100"
          value={words()}
          onInput={(event) => setWords(event.currentTarget.value)}
        />
        <select
          aria-label="Verdict"
          value={verdict()}
          onChange={(event) => setVerdict(event.currentTarget.value as Verdict | '')}
        >
          <option value="">all {props.rows.length}</option>
          <For each={counts()}>{([one, nr]) => <option value={one}>{`${VERDICT_WORDS[one][0]} ${nr}`}</option>}</For>
        </select>
        <span role="status" class="dim">
          {plural(found().length, 'clause')}
        </span>
      </div>
      <table class="spec-rows" aria-label={props.name}>
        <thead>
          <tr>
            <th scope="col">Clause</th>
            <th scope="col">On 6.18</th>
          </tr>
        </thead>
        <tbody>
          <For each={found().slice(0, MAX_SHOWN)}>{(row) => <Row row={row} />}</For>
        </tbody>
      </table>
      <Show when={found().length > MAX_SHOWN}>
        <p class="spec-foot dim">{plural(found().length - MAX_SHOWN, 'more clause')}. Filter to see them.</p>
      </Show>
    </>
  );
}
