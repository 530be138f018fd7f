import { createMemo, Show } from 'solid-js';
import type { StepView } from '../../run/model';
import { changeList } from '../../run/vma-changes';
import type { PanelProps } from '../props';
import { CopyButton } from './CopyButton';
import './tables.css';

/** Characters that are shown; Copy takes all. */
const MAX_SHOWN = 60_000;

/** Writes a step as JSON; addresses and masks are hexadecimal strings. */
export const stepJson = ({ step, why, range, diff, drawing, after }: StepView): string =>
  JSON.stringify(
    { step, call: why.call, result: why.result, drawing, range, diff: { ...diff, vmas: changeList(diff.vmas) }, after },
    (_key, value: unknown) => (typeof value === 'bigint' ? `0x${value.toString(16)}` : value),
    1,
  );

/** The selected step as JSON. */
export function JsonTab(props: { panel: PanelProps }) {
  const text = createMemo(() => {
    const view = props.panel.view();
    return view ? stepJson(view) : '';
  });
  return (
    <div class="tab-body" tabindex="0" role="region" aria-label="JSON of the step">
      <div class="subtabs">
        <span class="dim">The step as JSON</span>
        <span class="grow" />
        <CopyButton text={() => props.panel.view()?.drawing ?? ''} word="Copy the drawing" />
        <CopyButton text={text} />
      </div>
      <pre class="proc json">{text().slice(0, MAX_SHOWN)}</pre>
      <Show when={text().length > MAX_SHOWN}>
        <p class="dim more-lines">Cut here. Copy takes all.</p>
      </Show>
    </div>
  );
}
