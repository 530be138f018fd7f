import { createMemo } from 'solid-js';
import type { PanelProps } from '../props';
import { CopyButton } from './CopyButton';
import { briefJson, stepJson } from './step-json';
import './tables.css';

/** The selected step as JSON. */
export function JsonTab(props: { panel: PanelProps }) {
  const text = createMemo(() => {
    const view = props.panel.view();
    return view ? briefJson(view) : '';
  });
  const whole = (): string => {
    const view = props.panel.view();
    return view ? stepJson(view) : '';
  };
  return (
    <div class="tab-body" tabindex="0" role="region" aria-label="JSON of the step">
      <div class="subtabs">
        <span class="dim">The step as JSON</span>
        <span class="grow" />
        <CopyButton text={() => props.panel.view()?.drawing ?? ''} word="Copy the drawing" />
        <CopyButton text={whole} />
      </div>
      <pre class="proc json">{text()}</pre>
    </div>
  );
}
