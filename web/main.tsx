import { createEffect, createRoot, createSignal } from 'solid-js';
import { render } from 'solid-js/web';
import type { listExamples } from './app/examples';
import { createIdle } from './app/idle';
import { createOffline } from './app/offline';
import { loadCore, startNearDesk, startWorker } from './app/start-worker';
import { nearFirst } from './app/near';
import { createStore, type Store } from './app/store';
import { App } from './ui/App';
import './ui/tokens.css';
import './ui/base.css';
import './ui/layout.css';
import './ui/narrow.css';

const NOTHING_KEPT: Pick<Storage, 'getItem' | 'setItem'> = { getItem: () => null, setItem: () => {} };

/** Local storage, or nothing at all where the browser forbids it. */
function storage(): Pick<Storage, 'getItem' | 'setItem'> {
  try {
    return localStorage;
  } catch {
    return NOTHING_KEPT;
  }
}

/** Fulfilled when the first result is there, or when there will be none. */
const firstResult = (store: Store): Promise<void> =>
  new Promise((done) =>
    createRoot((dispose) =>
      createEffect(() => {
        if (!store.view() && !store.noCore() && !store.workerTrouble()) return;
        done();
        dispose();
      }),
    ),
  );

async function start(): Promise<void> {
  const [examples, setExamples] = createSignal<ReturnType<typeof listExamples>>([]);
  const loadExamples = async () => {
    const { listExamples } = await import('./app/examples');
    return setExamples(listExamples());
  };
  const idle = createIdle(document.documentElement);
  const core = loadCore();
  const isEmbed = new URLSearchParams(location.search).has('embed');
  // A frame keeps nothing: the person's own text on the whole page stays theirs.
  const kept = isEmbed ? NOTHING_KEPT : storage();
  const store = createStore({
    spawn: nearFirst(
      () => startWorker(core),
      () => idle.first.then(() => startNearDesk(core)), // Monaco goes before it
    ),
    whenIdle: (call) =>
      'scheduler' in globalThis ? void scheduler.postTask(call, { priority: 'background' }) : setTimeout(call),
    storage: kept,
    idle,
    async recorded(source) {
      const [{ RECORDINGS }, { readRecording }] = await Promise.all([
        import('playground:recordings'),
        import('./app/recording'),
      ]);
      const text = Object.hasOwn(RECORDINGS, source) ? RECORDINGS[source] : undefined;
      return text === undefined ? null : readRecording(text);
    },
    clearLink() {
      if (location.hash) history.replaceState(null, '', location.pathname + location.search);
    },
  });
  const first = async () => {
    const { firstExample } = await import('./app/first-example');
    return { source: firstExample(), origin: 'example' as const };
  };
  addEventListener('hashchange', () => void store.openLink(location.hash));
  const begun = store
    .begin(location.hash, first)
    .then(() => firstResult(store))
    .then(loadExamples);
  const offline = createOffline(
    {
      workers: navigator.serviceWorker as ServiceWorkerContainer | undefined,
      isOnLine: () => navigator.onLine,
      onChange: (changed) => ['online', 'offline'].forEach((event) => addEventListener(event, changed)),
      reload: () => location.reload(),
    },
    import.meta.env.PROD ? './sw.js' : null,
    begun,
  );
  const place = document.getElementById('app')!;
  if (isEmbed) {
    const { Embed } = await import('./ui/Embed');
    render(() => <Embed store={store} idle={idle} storage={kept} />, place);
  } else {
    render(() => <App store={store} examples={examples()} idle={idle} storage={kept} offline={offline} />, place);
  }
  void begun.finally(() => idle.done('start'));
}

void start();
