import { createMemo, Match, Switch } from 'solid-js';
import type { StepText } from '../../app/protocol';
import type { Store } from '../../app/store';
import { hasFailed } from '../../app/select';
import { count, plural, shortResult, stepCall, stepResult } from '../../app/words';
import type { Preview } from '../preview';
import { commonCall, rowNumber, type AssertRow, type GapRow, type LogRow, type PrintRow, type StepRow } from './rows';

interface LineProps<Row> {
  row: Row;
  store: Store;
  preview: Preview;
}

/** One row of the log. */
export function LogLine(props: LineProps<LogRow> & { showAll(): void }) {
  return (
    <Switch>
      <Match when={props.row.kind === 'print' && props.row}>
        {(row) => (
          <li class="log-print">
            <span />
            <span>{(row() as PrintRow).text}</span>
          </li>
        )}
      </Match>
      <Match when={props.row.kind === 'assert' && props.row}>
        {(row) => <AssertLine {...props} row={row() as AssertRow} />}
      </Match>
      <Match when={props.row.kind === 'gap' && props.row}>
        {(row) => (
          <li class="log-gap" onClick={() => props.showAll()} title="Empties the filter">
            <span class="num">{rowNumber(row() as GapRow)}</span>
            <span>{plural((row() as GapRow).last - (row() as GapRow).first + 1, 'step')} not in the filter</span>
          </li>
        )}
      </Match>
      <Match when={props.row.kind === 'step' && props.row}>
        {(row) => <StepLine {...props} row={row() as StepRow} />}
      </Match>
    </Switch>
  );
}

/** What an assert found; a click goes to the step that it was evaluated after. */
function AssertLine(props: LineProps<AssertRow>) {
  const text = () => {
    const { place, count: n } = props.row.result;
    const said = (props.store.run()?.source ?? '').slice(place.from, place.to).replace(/\s+/g, ' ');
    return `${said}${n > 1 ? ` ×${count(n)}` : ''}`;
  };
  const result = () => props.row.result;
  return (
    <li
      class="log-assert"
      classList={{ stale: props.row.step > props.store.live() }}
      onClick={() => props.store.goTo(props.row.step)}
      onPointerEnter={() => props.preview.show(props.row.step)}
      onPointerLeave={() => props.preview.show(null)}
    >
      <span classList={{ failed: !result().ok }} title={result().ok ? 'holds' : 'fails'}>
        {result().ok ? '✓' : '✕'}
        <span class="sr">{result().ok ? ' holds' : ' fails'}</span>
      </span>
      <span title={text()} classList={{ failed: !result().ok }}>
        {text()}
        {result().ok ? '' : `: ${result().detail}`}
      </span>
    </li>
  );
}

function StepLine(props: LineProps<StepRow>) {
  const steps = () => props.store.steps()!;
  const many = () => props.row.last > props.row.first;
  const holds = (step: number | null) => step !== null && step >= props.row.first && step <= props.row.last;
  const isSelected = () => holds(props.store.step());
  // Until the texts of a new run come the row keeps what it says: mostly that is the same.
  const first = createMemo<StepText | null>((before) => props.store.text(props.row.first) ?? before, null);
  const last = createMemo<StepText | null>((before) => props.store.text(props.row.last) ?? before, null);
  const call = () => {
    const a = first()?.call;
    if (!a) return stepCall(steps(), props.row.first);
    const b = last()?.call ?? a;
    return many() ? `${commonCall(a, b)} ×${count(props.row.last - props.row.first + 1)}` : a;
  };
  const drawing = () => last()?.drawing ?? '';
  const result = () => stepResult(steps(), props.row.last);
  return (
    <li
      classList={{
        on: isSelected(),
        previewed: holds(props.preview.step()),
        compared: holds(props.store.compare()),
        stale: props.row.last > props.store.live(),
      }}
      aria-current={isSelected() ? 'step' : undefined}
      onClick={() => props.store.goTo(props.row.last)}
      onPointerEnter={() => props.preview.show(props.row.last)}
      onPointerLeave={() => props.preview.show(null)}
    >
      <span class="num">{rowNumber(props.row)}</span>
      <span title={call()}>{call()}</span>
      <span class="num" classList={{ failed: hasFailed(steps(), props.row.last) }}>
        {shortResult(result())}
      </span>
      <span title={drawing()}>{drawing()}</span>
    </li>
  );
}
