// What a person makes: text, settings. All else here is computed from them.
import { batch, createRoot, createSignal, type Accessor } from 'solid-js';
import { defaultSettings, type Fix, type Run, type Settings } from '../run/model';
import { decodeLink, encodeLink } from '../share/link';
import { createRuns, type Runs, type Workplace } from './runs';
import { backToOwn, editText, loadTexts, openText, saveTexts, type OpenText, type Texts } from './texts';

/** The part of the browser that the store needs. */
export interface Surroundings extends Workplace {
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  /** Takes the link out of the address once its text was edited. */
  clearLink(): void;
}

/** Everything the page knows. */
export interface Store extends Runs {
  readonly source: Accessor<string>;
  readonly settings: Accessor<Settings>;
  readonly origin: Accessor<OpenText['origin']>;
  /** False if the browser keeps nothing for this page. */
  readonly saved: Accessor<boolean>;
  /** An own text is covered by what is open. */
  readonly hasCovered: Accessor<boolean>;
  /** What was wrong with the link that was opened, or ''. */
  readonly linkTrouble: Accessor<string>;
  edit(source: string, line?: number): void;
  /** Does what a fix says; nothing if the text is no longer that of the run that it was made for. */
  applyFix(fix: Fix, of: Run | null): void;
  open(text: OpenText): void;
  back(): void;
  /** Opens what the address asks for, else what an earlier visit left, else `first`. */
  begin(hash: string, first: () => Promise<OpenText>): Promise<void>;
  /** Opens a link that came while the page was open. */
  openLink(hash: string): Promise<void>;
  /** "#v1/...": the text as it stands, and the selected step unless `exact` is false. */
  shareLink(exact?: boolean): Promise<string>;
  dismissLink(): void;
  setSettings(settings: Settings): void;
}

/**
 * Makes the store and starts the worker; nothing runs before open(), back() or openLink(). What it computes lives as
 * long as the page, whoever makes it.
 */
export const createStore = (surroundings: Surroundings): Store => createRoot(() => makeStore(surroundings));

function makeStore({ storage, clearLink, ...workplace }: Surroundings): Store {
  const [texts, setTexts] = createSignal<Texts>(loadTexts(storage));
  const [saved, setSaved] = createSignal(true);
  const [settings, setSettingsSignal] = createSignal<Settings>(defaultSettings);
  const [linkTrouble, setLinkTrouble] = createSignal('');
  const source = () => texts().open?.source ?? '';
  const { rerun, startAnew, ...runs } = createRuns(workplace, source, settings);

  function write(next: Texts) {
    setTexts(next);
    setSaved(saveTexts(storage, next));
  }

  function edit(text: string, line?: number) {
    if (text === source()) return;
    batch(() => {
      if (texts().open?.origin === 'link') clearLink();
      write(editText(texts(), text));
      rerun(line ?? null);
    });
  }

  function cover(text: OpenText, wish: number | null, wishedCompare: number | null = null) {
    batch(() => {
      if (text.origin !== 'link') {
        clearLink();
        setSettingsSignal(defaultSettings);
      }
      write(openText(texts(), text));
      startAnew(wish, wishedCompare);
    });
  }

  /** True if there was a link to open; one that is broken leaves everything as it is. */
  async function openLink(hash: string): Promise<boolean> {
    const opened = await decodeLink(hash);
    setLinkTrouble(opened.kind === 'unusable' ? opened.message : '');
    if (opened.kind !== 'shared') return false;
    const { source: text, settings: wanted, step: wish, compare: other } = opened.shared;
    batch(() => {
      setSettingsSignal(wanted);
      cover({ source: text, origin: 'link' }, wish, other);
    });
    return true;
  }

  return {
    ...runs,
    source,
    settings,
    origin: () => texts().open?.origin ?? 'own',
    saved,
    hasCovered: () => texts().covered.length > 0,
    linkTrouble,
    edit,
    applyFix({ from, to, insert }, of) {
      const text = source();
      if (of?.source === text) edit(text.slice(0, from) + insert + text.slice(to));
    },
    open(text) {
      setLinkTrouble('');
      cover(text, null);
    },
    back() {
      batch(() => {
        clearLink();
        setSettingsSignal(defaultSettings);
        write(backToOwn(texts()));
        startAnew(null);
      });
    },
    async begin(hash, first) {
      if (await openLink(hash)) return;
      if (texts().open) startAnew(null);
      else cover(await first(), null);
    },
    async openLink(hash) {
      await openLink(hash);
    },
    shareLink: (exact = true) =>
      encodeLink({
        source: source(),
        settings: settings(),
        step: exact ? runs.step() || null : null,
        compare: exact ? runs.compare() : null,
      }),
    dismissLink: () => setLinkTrouble(''),
    setSettings(next) {
      setSettingsSignal(next);
      rerun(null);
    },
  };
}
