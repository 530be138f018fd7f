import { Match, Switch } from 'solid-js';
import type { Store } from '../../app/store';
import { hasFailed } from '../../app/select';
import { count, shortResult, stepCall, stepResult } from '../../app/words';
import { commonCall, type LogRow, type PrintRow, type StepRow } from './rows';

/** One row of the log. */
export function LogLine(props: { row: LogRow; store: Store }) {
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
        {(row) => <StepLine row={row() as StepRow} store={props.store} />}
      </Match>
    </Switch>
  );
}

function StepLine(props: { row: StepRow; store: Store }) {
  const steps = () => props.store.run()!.steps;
  const many = () => props.row.last > props.row.first;
  const isSelected = () => props.store.step() >= props.row.first && props.store.step() <= props.row.last;
  const number = () => (many() ? `${count(props.row.first)}–${count(props.row.last)}` : count(props.row.first));
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
        stale: props.row.last > (props.store.shown()?.live ?? 0),
      }}
      aria-current={isSelected() ? 'step' : undefined}
      onClick={() => props.store.goTo(props.row.last)}
    >
      <span class="num">{number()}</span>
      <span title={call()}>{call()}</span>
      <span class="num" classList={{ failed: hasFailed(steps(), props.row.last) }}>
        {shortResult(result())}
      </span>
      <span title={drawing()}>{drawing()}</span>
    </li>
  );
}
