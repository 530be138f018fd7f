import { Show } from 'solid-js';
import type { Row as RowData } from '../../app/spec-protocol';
import { Quote, sentence } from './Clause';
import { Verdict } from './Verdict';

/** A clause with its verdict on 6.18, and the scenario that shows it as a link that opens it. */
export function Row(props: { row: RowData }) {
  const shows = () => (props.row.verdict.startsWith('contradicted') ? 'Counterexample' : 'Shown by');
  return (
    <tr>
      <td class="row-claim">
        <code class="clause-id">{props.row.clause}</code>
        <p>
          <Quote text={props.row.text} />
        </p>
        <Show when={props.row.because.length > 0}>
          <p class="row-because">{sentence(props.row.because.join('; '))}</p>
        </Show>
      </td>
      <td class="row-verdict">
        <Verdict verdict={props.row.verdict} />
        <Show when={props.row.link !== ''}>
          <p>
            {shows()}: <a href={props.row.link}>{`${props.row.scenario}, step ${props.row.step}`}</a>
          </p>
        </Show>
      </td>
    </tr>
  );
}
