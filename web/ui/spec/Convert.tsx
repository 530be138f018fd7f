import { createEffect, createSignal, For, on, Show } from 'solid-js';
import type { SpecClient } from '../../app/spec-client';
import type { Converted } from '../../app/spec-protocol';
import { FORMS, type Form } from '../../spec/model';
import { CopyButton } from '../memory/CopyButton';

const FORM_WORDS: Readonly<Record<Form, string>> = {
  macro: 'KAPI_ macros',
  designator: 'raw designators',
  patch: 'a patch',
  flat: 'kernel-doc, flat keys',
  nested: 'kernel-doc, nested',
  short: 'kernel-doc, short tokens',
  json: 'JSON',
};

/** The same specification in another form. */
export function Convert(props: { client: SpecClient; text: string }) {
  const [form, setForm] = createSignal<Form | ''>('');
  const [converted, setConverted] = createSignal<Converted | null>(null);
  createEffect(
    on([form, () => props.text], async function convert() {
      const to = form();
      if (to === '') return setConverted(null);
      const answer = await props.client.ask({ kind: 'convert', text: props.text, form: to });
      if (answer?.kind === 'convert') setConverted(answer.converted);
    }),
  );
  return (
    <section class="spec-convert" aria-label="Convert">
      <label>
        Write it as{' '}
        <select value={form()} onChange={(event) => setForm(event.currentTarget.value as Form | '')}>
          <option value="">…</option>
          <For each={FORMS}>{(one) => <option value={one}>{FORM_WORDS[one]}</option>}</For>
        </select>
      </label>
      <Show when={converted()}>
        {(now) => (
          <>
            <CopyButton text={() => now().text} />
            <Show when={now().losses.length > 0}>
              <details class="spec-details">
                <summary>What this form cannot hold</summary>
                <ul>
                  <For each={now().losses}>{(loss) => <li>{loss}</li>}</For>
                </ul>
              </details>
            </Show>
            <pre class="proc">{now().text}</pre>
          </>
        )}
      </Show>
    </section>
  );
}
