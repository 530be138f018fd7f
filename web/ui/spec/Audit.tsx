import { createSignal, createUniqueId, Show } from 'solid-js';
import type { SpecClient } from '../../app/spec-client';
import type { TextAudit } from '../../app/spec-protocol';
import { AuditResult } from './AuditResult';
import { Convert } from './Convert';
import { MAX_TEXT } from '../../spec/source';
import type { SpecShelf } from './shelf';

/** Audits any text that holds specifications: read, linted, each clause run, and compared with ours. */
export function Audit(props: { client: SpecClient; shelf: SpecShelf }) {
  const id = createUniqueId();
  let area!: HTMLTextAreaElement;
  const [audited, setAudited] = createSignal<{ readonly text: string; readonly audit: TextAudit } | null>(null);
  const [said, setSaid] = createSignal('');
  const result = () => (audited()?.text === props.shelf.text() ? audited()!.audit : null);

  async function audit() {
    const text = props.shelf.text();
    setSaid('Running …');
    const answer = await props.client.ask({ kind: 'audit', text, base: location.href.replace(/#.*/, '') });
    if (!answer) return; // a newer one runs
    if (answer.kind === 'audit') setAudited({ text, audit: answer.audit });
    setSaid(answer.kind === 'broken' ? answer.message : '');
  }

  async function open(file: File | undefined) {
    if (!file) return;
    if (file.size > MAX_TEXT) return setSaid('This file is larger than 1 MiB. Paste only the specification.');
    props.shelf.setText(await file.text());
    await audit();
  }

  /** Selects a line of the text. */
  function goToLine(line: number) {
    const lines = area.value.split('\n');
    const from = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    area.focus();
    area.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
  }

  return (
    <>
      <div class="spec-input">
        <label for={`${id}-text`}>
          Paste a patch, a <code>DEFINE_KERNEL_API_SPEC</code> block, kernel-doc or JSON. It stays in this page.
        </label>
        <textarea
          id={`${id}-text`}
          ref={area}
          rows="7"
          spellcheck={false}
          autocomplete="off"
          wrap="off"
          maxlength={MAX_TEXT}
          value={props.shelf.text()}
          onInput={(event) => props.shelf.setText(event.currentTarget.value)}
        />
        <div class="spec-buttons">
          <button class="button small primary" disabled={props.shelf.text().trim() === ''} onClick={() => void audit()}>
            Audit
          </button>
          <label class="button small file-button">
            Open a file
            <input
              type="file"
              class="sr"
              onChange={(event) => {
                void open(event.currentTarget.files?.[0]);
                event.currentTarget.value = '';
              }}
            />
          </label>
          <Show when={props.shelf.text() !== ''}>
            <button class="button small quiet" onClick={() => props.shelf.setText('')}>
              Clear
            </button>
          </Show>
          <span role="status">{said()}</span>
        </div>
      </div>
      <Show when={result()}>
        {(now) => (
          <>
            <AuditResult
              audit={now()}
              goToLine={goToLine}
              judgeBy={() => {
                props.shelf.setBy(props.shelf.text());
                props.shelf.setView('step');
              }}
            />
            <Show when={now().calls.length > 0}>
              <Convert client={props.client} text={props.shelf.text()} />
            </Show>
          </>
        )}
      </Show>
    </>
  );
}
