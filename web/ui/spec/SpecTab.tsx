import { createEffect, createSignal, For, Match, onCleanup, Show, Switch } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import { createSpecClient, type SpecClient } from '../../app/spec-client';
import type { SpecPage } from '../../app/spec-protocol';
import type { Run } from '../../run/model';
import type { PanelProps } from '../props';
import { Audit } from './Audit';
import { Report } from './Report';
import type { SpecShelf, SpecView } from './shelf';
import { StepClauses } from './StepClauses';
import './spec.css';

/** Milliseconds without a new run after which it is judged: that runs it again, and typing comes first. */
const REST = 150;

const VIEWS: readonly SpecView[] = ['step', 'call', 'audit', 'report'];

/** Specifications: what the selected step says of them, the audit of any text, and the report on all. */
export function SpecTab(props: { panel: PanelProps; shelf: SpecShelf }) {
  const client: SpecClient = createSpecClient(
    () => new Worker(new URL('../../app/spec-worker.ts', import.meta.url), { type: 'module' }),
  );
  onCleanup(() => client.end());
  const [trouble, setTrouble] = createSignal('');
  // A store keeps the rows of clauses that stay: the focus in one stays too.
  const [judged, setJudged] = createStore<{ page: SpecPage | null }>({ page: null });
  const step = () => props.panel.view()?.step ?? 0;
  const isJudging = () => props.shelf.view() === 'step' || props.shelf.view() === 'call';
  const clauses = () => judged.page?.clauses ?? [];

  /** "step 9: 20", "all: 61", "Audit", "Report". */
  function words(view: SpecView): string {
    if (view === 'audit') return 'Audit';
    if (view === 'report') return 'Report';
    if (clauses().length === 0) return view === 'step' ? 'This step' : 'All';
    if (view === 'call') return `all: ${clauses().length}`;
    return `step ${judged.page!.step}: ${clauses().filter(({ here }) => here !== null).length}`;
  }

  let judgedRun: Run | null = null;
  createEffect(function judgeStep() {
    const run = props.panel.run();
    const [at, by, isStale] = [step(), props.shelf.by(), props.panel.stale()];
    if (!run || !isJudging()) return;
    const { source, settings } = run;
    async function judge() {
      judgedRun = run;
      const answer = await client.ask({ kind: 'judge', source, settings, step: at, by });
      if (!answer) return;
      setTrouble(answer.kind === 'broken' ? answer.message : '');
      // While the text has an error the clauses of the last good run stay.
      if (answer.kind === 'judge' && (answer.page || !isStale)) {
        setJudged('page', reconcile(answer.page, { key: 'id', merge: true }));
      }
    }
    if (judgedRun === null || judgedRun === run) return void judge();
    const timer = setTimeout(() => void judge(), REST);
    onCleanup(() => clearTimeout(timer));
  });

  async function showClause(id: string) {
    const answer = await client.ask({ kind: 'report' });
    const link = answer?.kind === 'report' ? answer.rows.find(({ clause }) => clause === id)?.link : '';
    if (link) location.hash = link;
    else setTrouble(answer?.kind === 'broken' ? answer.message : 'No scenario here exercises this clause.');
  }

  return (
    <div class="tab-body spec" tabindex="0" role="region" aria-label="Specification">
      <div class="subtabs" role="group" aria-label="Specification">
        <For each={VIEWS}>
          {(view) => (
            <button aria-pressed={props.shelf.view() === view} onClick={() => props.shelf.setView(view)}>
              {words(view)}
            </button>
          )}
        </For>
        <Show when={isJudging() && judged.page?.checked}>
          <span class="grow" />
          <button
            class="switch"
            role="switch"
            aria-checked={props.shelf.checks()}
            onClick={() => props.shelf.setChecks(!props.shelf.checks())}
          >
            <span aria-hidden="true">{props.shelf.checks() ? '● on ' : '○ off '}</span>Runtime checks
          </button>
        </Show>
      </div>
      <p class="spec-trouble" role="status">
        {trouble()}
      </p>
      <Switch>
        <Match when={isJudging()}>
          <Show
            when={judged.page}
            fallback={<p class="spec-say dim">{step() === 0 ? 'Choose a step that is a call.' : 'Running …'}</p>}
          >
            {(page) => (
              <StepClauses
                page={page()}
                shelf={props.shelf}
                goTo={(to) => props.panel.goTo(to)}
                showClause={(id) => void showClause(id)}
              />
            )}
          </Show>
        </Match>
        <Match when={props.shelf.view() === 'audit'}>
          <Audit client={client} shelf={props.shelf} />
        </Match>
        <Match when={props.shelf.view() === 'report'}>
          <Report client={client} />
        </Match>
      </Switch>
    </div>
  );
}
