import { Match, Switch } from 'solid-js';
import type { Store } from '../../app/store';
import { hasFailed } from '../../app/select';
import { count, shortResult, stepCall, stepResult } from '../../app/words';
import type { Preview } from '../preview';
import { commonCall, rowNumber, type LogRow, type PrintRow, type StepRow } from './rows';

/** One row of the log. */
export function LogLine(props: { row: LogRow; store: Store; preview: Preview }) {
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
      <Match when={props.row.kind === 'step' && props.row}>
        {(row) => <StepLine row={row() as StepRow} store={props.store} preview={props.preview} />}
      </Match>
    </Switch>
  );
}

function StepLine(props: { row: StepRow; store: Store; preview: Preview }) {
  const steps = () => props.store.run()!.steps;
  const many = () => props.row.last > props.row.first;
  const holds = (step: number | null) => step !== null && step >= props.row.first && step <= props.row.last;
  const isSelected = () => holds(props.store.step());
  const call = () => {
    const a = props.store.text(props.row.first)?.call;
    if (!a) return stepCall(steps(), props.row.first);
    const b = props.store.text(props.row.last)?.call ?? a;
    return many() ? `${commonCall(a, b)} ×${count(props.row.last - props.row.first + 1)}` : a;
  };
  const drawing = () => props.store.text(props.row.last)?.drawing ?? '';
  const result = () => stepResult(steps(), props.row.last);
  return (
    <li
      classList={{
        on: isSelected(),
        previewed: holds(props.preview.step()),
        stale: props.row.last > (props.store.shown()?.live ?? 0),
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
