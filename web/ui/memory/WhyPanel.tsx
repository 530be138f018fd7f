import { Show } from 'solid-js';
import type { PanelProps } from '../props';
import { Prose } from '../Prose';
import { Checks } from '../why/Checks';
import { Effects } from '../why/Effects';
import { Fixes } from '../why/Fixes';
import './tables.css';

/** Why the step ended as it did: one sentence, the kernel's checks with their numbers, what was kept, what to do. */
export function WhyPanel(props: { panel: PanelProps }) {
  const why = () => props.panel.view()?.why ?? null;
  const headed = () => props.panel.width() === 'wide';
  return (
    <section class="why" aria-label="Why">
      <Show when={why()} fallback={<div class="panel-head" />}>
        {(now) => (
          <>
            <Show when={headed()}>
              <div class="panel-head">
                <h2>Why</h2>
                <code class="why-call">{now().call}</code>
                <span class="result" classList={{ failed: now().failed }}>
                  {now().result}
                </span>
                <span class="grow" />
                <Show when={now().not_atomic}>
                  <Badge />
                </Show>
              </div>
            </Show>
            <div class="why-body" tabindex="0" role="region" aria-label="Checks and effects">
              <p class="say">
                <Show when={!headed() && now().not_atomic}>
                  <Badge />{' '}
                </Show>
                <Prose text={now().sentence} />
              </p>
              <Checks checks={now().checks} />
              <Effects why={now()} />
              <Show when={!props.panel.stale() && now().fixes.length > 0}>
                <Fixes panel={props.panel} fixes={now().fixes} />
              </Show>
            </div>
          </>
        )}
      </Show>
    </section>
  );
}

const Badge = () => <span class="badge">NOT ATOMIC</span>;
