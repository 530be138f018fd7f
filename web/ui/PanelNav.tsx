import { For } from 'solid-js';

const PANELS = ['code', 'memory', 'why', 'log', 'more'] as const;
export type PanelName = (typeof PANELS)[number];
const TITLES: Readonly<Record<PanelName, string>> = {
  code: 'Code',
  memory: 'Memory',
  why: 'Why',
  log: 'Log',
  more: 'More',
};

/** On a narrow screen one panel is shown at a time: the row of their names at the bottom. */
export function PanelNav(props: { panel: PanelName; choose(panel: PanelName): void }) {
  return (
    <nav class="panel-nav" aria-label="Panels">
      <For each={PANELS}>
        {(panel) => (
          <button aria-current={props.panel === panel ? 'page' : undefined} onClick={() => props.choose(panel)}>
            {TITLES[panel]}
          </button>
        )}
      </For>
    </nav>
  );
}
