import { For, Show } from 'solid-js';
import { plural } from '../../app/words';
import type { CallAudit, Difference, Row, TextAudit } from '../../app/spec-protocol';
import type { Finding } from '../../spec/model';
import { CopyButton } from '../memory/CopyButton';
import { Rows } from './Rows';

interface AuditResultProps {
  audit: TextAudit;
  goToLine(line: number): void;
  /** Judges the steps of the scenario by this text from now on. */
  judgeBy(): void;
}

/** What an audit found: what cannot be read, then for each call its clauses, its own faults, and how it differs from ours. */
export function AuditResult(props: AuditResultProps) {
  return (
    <div class="audit-result">
      <Findings findings={props.audit.findings} goToLine={props.goToLine} name="Could not be read" />
      <Show when={props.audit.calls.length > 0}>
        <div class="spec-buttons">
          <CopyButton text={() => props.audit.mail} word="Copy as a reply" />
          <button class="button small quiet" onClick={() => props.judgeBy()}>
            Judge the steps by this text
          </button>
        </div>
        <details class="spec-details">
          <summary>The reply: Markdown of 72 columns</summary>
          <pre class="proc">{props.audit.mail}</pre>
        </details>
      </Show>
      <For each={props.audit.calls}>{(call) => <OneCall call={call} goToLine={props.goToLine} />}</For>
    </div>
  );
}

const ORDER: readonly Row['verdict'][] = ['contradicted', 'contradicted in part', 'omits', 'holds with conditions'];

/** What needs an answer first; else in the order of the text. */
function worstFirst(rows: readonly Row[]): readonly Row[] {
  const place = ({ verdict }: Row): number => (ORDER.includes(verdict) ? ORDER.indexOf(verdict) : ORDER.length);
  return [...rows].sort((a, b) => place(a) - place(b));
}

function OneCall(props: { call: CallAudit; goToLine: (line: number) => void }) {
  const nr = (verdict: string) => props.call.rows.filter((row) => row.verdict.startsWith(verdict)).length;
  return (
    <section aria-label={`Audit of ${props.call.call}`}>
      <h3 class="spec-head">
        <code>{props.call.call}</code> {plural(props.call.rows.length, 'clause')}, {nr('contradicted')} contradicted,{' '}
        {nr('holds')} hold
      </h3>
      <Findings findings={props.call.findings} goToLine={props.goToLine} name="The text itself" />
      <Rows rows={worstFirst(props.call.rows)} name={`the audit of ${props.call.call}`} />
      <Differences of={props.call.call} differences={props.call.differences} />
    </section>
  );
}

function Findings(props: { findings: readonly Finding[]; goToLine: (line: number) => void; name: string }) {
  return (
    <Show when={props.findings.length > 0}>
      <details class="spec-details" open={props.findings.length <= 6}>
        <summary>
          {props.name}: {plural(props.findings.length, 'finding')}
        </summary>
        <ul>
          <For each={props.findings}>
            {({ severity, place, clause, message }) => (
              <li>
                <button class="step-link" onClick={() => props.goToLine(place.line)}>
                  Line {place.line}
                </button>{' '}
                {severity}: <Show when={clause !== ''}>{<code class="clause-id">{clause}</code>}</Show> {message}
              </li>
            )}
          </For>
        </ul>
      </details>
    </Show>
  );
}

const SIGNS: Readonly<Record<Difference['kind'], string>> = {
  'only theirs': 'only in the text',
  'only ours': 'only in ours',
  differs: 'differs',
};

function Differences(props: { of: string; differences: readonly Difference[] | null }) {
  return (
    <Show
      when={props.differences}
      fallback={<p class="spec-say dim">There is no specification of {props.of}() here to compare it with.</p>}
    >
      {(all) => (
        <details class="spec-details">
          <summary>Against our specification: {plural(all().length, 'difference')}</summary>
          <ul class="spec-diff">
            <For each={all()}>
              {({ kind, what, theirs, ours }) => (
                <li>
                  <b>{what}</b> {SIGNS[kind]}
                  <Show when={theirs !== ''}>
                    <del>− {theirs}</del>
                  </Show>
                  <Show when={ours !== ''}>
                    <ins>+ {ours}</ins>
                  </Show>
                </li>
              )}
            </For>
          </ul>
        </details>
      )}
    </Show>
  );
}
