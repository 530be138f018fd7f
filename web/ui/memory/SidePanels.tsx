import { createSignal, createUniqueId, For, lazy, Suspense, type JSX } from 'solid-js';
import type { PanelProps } from '../props';
import { createSpecShelf, type SpecShelf } from '../spec/shelf';
import { JsonTab } from './JsonTab';
import { LruTab } from './LruTab';
import { ProcTab } from './ProcTab';
import { VmaTable } from './VmaTable';
import { WhyPanel } from './WhyPanel';
import './tables.css';

type Tab = 'why' | 'vmas' | 'spec' | 'proc' | 'lru' | 'json';

const SpecTab = lazy(async () => ({ default: (await import('../spec/SpecTab')).SpecTab }));

const TABS: readonly { id: Tab; title: string; show: (panel: PanelProps, shelf: SpecShelf) => JSX.Element }[] = [
  { id: 'why', title: 'Why', show: (panel) => <WhyPanel panel={panel} /> },
  { id: 'vmas', title: 'VMAs', show: (panel) => <VmaTable panel={panel} /> },
  {
    id: 'spec',
    title: 'Spec',
    show: (panel, shelf) => (
      <Suspense fallback={<p class="panel-broken">Loading …</p>}>
        <SpecTab panel={panel} shelf={shelf} />
      </Suspense>
    ),
  },
  { id: 'proc', title: '/proc', show: (panel) => <ProcTab panel={panel} /> },
  { id: 'lru', title: 'LRU', show: (panel) => <LruTab panel={panel} /> },
  { id: 'json', title: 'JSON', show: (panel) => <JsonTab panel={panel} /> },
];

/** The truth behind the picture, in tabs. In the middle width WHY is the first tab. */
export function SidePanels(props: { panel: PanelProps }) {
  const [chosen, setChosen] = createSignal<Tab | null>(null);
  const shelf = createSpecShelf();
  const id = createUniqueId();
  const left = (): Tab => (props.panel.width() === 'middle' ? 'json' : 'why');
  const tabs = () => TABS.filter(({ id: tab }) => tab !== left());
  const tab = () => tabs().find((one) => one.id === chosen()) ?? tabs()[0]!;
  const move = (event: KeyboardEvent, direction: 1 | -1): void => {
    event.preventDefault();
    const all = tabs();
    const next = all[(all.indexOf(tab()) + direction + all.length) % all.length]!;
    setChosen(next.id);
    document.getElementById(`${id}-${next.id}`)?.focus();
  };
  return (
    <section class="side" aria-label="State in tables">
      <div
        class="panel-head tabs"
        role="tablist"
        onKeyDown={(event) => {
          if (event.key === 'ArrowRight') move(event, 1);
          if (event.key === 'ArrowLeft') move(event, -1);
        }}
      >
        <For each={tabs()}>
          {(one) => (
            <button
              role="tab"
              id={`${id}-${one.id}`}
              aria-selected={tab() === one}
              aria-controls={`${id}-panel`}
              tabindex={tab() === one ? 0 : -1}
              onClick={() => setChosen(one.id)}
            >
              {one.title}
            </button>
          )}
        </For>
      </div>
      <div class="side-panel" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${tab().id}`}>
        {tab().show(props.panel, shelf)}
      </div>
    </section>
  );
}
