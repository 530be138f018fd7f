import { createEffect } from 'solid-js';
import type { Store } from '../../app/store';

/** A text area with the metrics of the real editor: stands in for it until it comes, and serves touch screens. */
export function PlainEditor(props: { store: Store; ref?: (area: HTMLTextAreaElement) => void }) {
  let area!: HTMLTextAreaElement;
  let gutter!: HTMLPreElement;
  const numbers = () =>
    props.store
      .source()
      .split('\n')
      .map((_, i) => i + 1)
      .join('\n');
  const lineAt = (offset: number) => area.value.slice(0, offset).split('\n').length;
  createEffect(function showSource() {
    const source = props.store.source();
    if (area.value !== source) area.value = source;
  });
  return (
    <div class="plain-editor">
      <pre ref={gutter} aria-hidden="true">
        {numbers()}
      </pre>
      <textarea
        ref={(element) => {
          area = element;
          props.ref?.(element);
        }}
        aria-label="Scenario in C"
        spellcheck={false}
        autocapitalize="off"
        autocomplete="off"
        wrap="off"
        onScroll={() => (gutter.scrollTop = area.scrollTop)}
        onInput={() => props.store.edit(area.value, lineAt(area.selectionStart))}
        onClick={() => props.store.goToLine(lineAt(area.selectionStart))}
        onKeyUp={(event) => event.key.startsWith('Arrow') && props.store.goToLine(lineAt(area.selectionStart))}
      />
    </div>
  );
}
