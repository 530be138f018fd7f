// What a person makes: source, cursor, settings. All else here is computed from them by the worker.
import { batch, createMemo, createRoot, createSignal, untrack, type Accessor } from 'solid-js';
import {
  defaultSettings,
  type Fix,
  type Named,
  type Run,
  type Settings,
  type Steps,
  type StepView,
} from '../run/model';
import { decodeLink, encodeLink } from '../share/link';
import { createClient, type WhenIdle, type WorkerLike } from './client';
import type { Idle } from './idle';
import type { StepText } from './protocol';
import { createRows } from './rows';
import { keepEqual } from './keep-equal';
import type { Recording } from './recording';
import { carryAgainst, chooseStep, isOnLine, stepOfLine } from './select';
import type { Trial } from '../run/trial';
import { spliceRuns, type Shown } from './splice';
import { backToOwn, editText, loadTexts, openText, saveTexts, type OpenText, type Texts } from './texts';

/** The part of the browser that the store needs. */
export interface Surroundings {
  spawn(): WorkerLike;
  readonly whenIdle: WhenIdle;
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly idle: Idle;
  /** What was computed of a text beforehand, or null: looked for where nothing can be run. */
  recorded(source: string): Promise<Recording | null>;
  /** Takes the link out of the address once its text was edited. */
  clearLink(): void;
}

/** Everything the page knows. Accessors are computed, functions are what a person can do. */
export interface Store {
  readonly source: Accessor<string>;
  /** The selected step; 0 is the start image. */
  readonly step: Accessor<number>;
  /** The step that the selected one is compared with; null: the step before. */
  readonly compare: Accessor<number | null>;
  readonly settings: Accessor<Settings>;
  readonly origin: Accessor<OpenText['origin']>;
  /** False if the browser keeps nothing for this page. */
  readonly saved: Accessor<boolean>;
  /** An own text is covered by what is open. */
  readonly hasCovered: Accessor<boolean>;
  /** The run of the text as it stands, once it is known. */
  readonly current: Accessor<Run | null>;
  readonly shown: Accessor<Shown | null>;
  readonly run: Accessor<Run | null>;
  /** Of `run`: its steps and its names, the same values while an edit changes nothing of them. */
  readonly steps: Accessor<Steps | null>;
  readonly names: Accessor<readonly Named[]>;
  /** Steps of `run` that belong to the text as it stands. */
  readonly live: Accessor<number>;
  /** The state of the selected step; until it comes, that of the step before. */
  readonly view: Accessor<StepView | null>;
  /** The selected step belongs to the last good run, not to the text as it stands. */
  readonly stale: Accessor<boolean>;
  /** What was wrong with the link that was opened, or ''. */
  readonly linkTrouble: Accessor<string>;
  /** What was wrong with the worker, or ''. */
  readonly workerTrouble: Accessor<string>;
  /** Why nothing can be run here, or ''. The text, examples and sharing work without. */
  readonly noCore: Accessor<string>;
  /** A step chosen by a person, for the live region: counts up, so that the same step can be said twice. */
  readonly chosen: Accessor<number>;
  edit(source: string, line?: number): void;
  goTo(step: number): void;
  /** Compares with another step from now on; null: with the step before. */
  compareWith(step: number | null): void;
  /** The cursor in the text went to a line: selects its step. */
  goToLine(line: number): void;
  applyFix(fix: Fix): void;
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
  /** Texts of log rows that are in view; null until they come. */
  text(step: number): StepText | null;
  wantTexts(inView: readonly number[], around: readonly number[]): void;
  /** Texts of many steps at once, for copying; of steps of the text as it stands. */
  textsOf(steps: readonly number[]): Promise<readonly StepText[]>;
  /** What a fix for the selected step would do; null where it cannot be tried now. */
  tryFix(fix: Fix): Promise<Trial | null>;
  end(): void;
}

/**
 * Makes the store and starts the worker; nothing runs before open(), back() or openLink(). What it computes lives as
 * long as the page, whoever makes it.
 */
export const createStore = (surroundings: Surroundings): Store => createRoot(() => makeStore(surroundings));

function makeStore({ spawn, whenIdle, storage, idle, recorded, clearLink }: Surroundings): Store {
  const [texts, setTexts] = createSignal<Texts>(loadTexts(storage));
  const [saved, setSaved] = createSignal(true);
  const [settings, setSettingsSignal] = createSignal<Settings>(defaultSettings);
  const [step, setStep] = createSignal(0);
  const [compare, setCompare] = createSignal<number | null>(null);
  const [chosen, setChosen] = createSignal(0);
  const [current, setCurrent] = createSignal<Run | null>(null);
  const [good, setGood] = createSignal<Run | null>(null);
  const [view, setView] = createSignal<StepView | null>(null);
  const [linkTrouble, setLinkTrouble] = createSignal('');
  const [workerTrouble, setWorkerTrouble] = createSignal('');
  const [noCore, setNoCore] = createSignal('');

  const source = () => texts().open?.source ?? '';
  const shown = createMemo<Shown | null>(() => {
    const run = current();
    return run && spliceRuns(run, good());
  });
  const run = () => shown()?.run ?? null;
  const steps = createMemo(() => run()?.steps ?? null);
  const names = createMemo(() => run()?.names ?? []);
  const live = createMemo(() => shown()?.live ?? 0);
  const stale = () => step() > live();

  let near: { readonly id: number; readonly view: StepView } | null = null; // the step that may be selected next
  let currentId = 0;
  let goodId = 0;
  let wished: number | null = null; // the step that a link asks for
  let editedLine: number | null = null;

  const client = createClient(
    spawn,
    {
      onRun: take,
      onView: (id, _step, next) => id === idOf(step()) && show(next),
      onNear(id, ahead) {
        near = { id, view: ahead };
      },
      onTexts(id, made) {
        if (id === currentId || id === goodId) rows.add(made); // else: of a text that is no longer open
      },
      onTrouble: setWorkerTrouble,
      onNoCore(message) {
        setNoCore(message);
        void showRecorded();
      },
      onSettled: () => idle.done('worker'),
    },
    whenIdle,
  );

  function take(id: number, made: Run, ahead: StepView | null, texts: readonly StepText[]) {
    batch(() => {
      const before = shown();
      const next = keepEqual(current(), made);
      currentId = id;
      near = null;
      setWorkerTrouble('');
      rows.renew(texts);
      if (next.outcome.kind !== 'error') {
        goodId = id;
        setGood(next);
      }
      setCurrent(next);
      setStep(chooseStep(shown()!.run, { wished, editedLine, before: before && { run: before.run, step: step() } }));
      setCompare((old) => carryAgainst(before?.run ?? null, old, shown()!.run));
      wished = null;
      editedLine = null;
      if (ahead?.step === step() && ahead.against === compare()) show(ahead);
      else askView();
    });
  }

  const idOf = (k: number) => (k > untrack(live) ? goodId : currentId);

  const show = (next: StepView) => setView((old) => keepEqual(old, next));

  function askView() {
    const [id, k, against] = [idOf(step()), step(), compare()];
    if (near?.id === id && near.view.step === k && near.view.against === against) return show(near.view);
    idle.busy('worker');
    client.view(id, k, against);
  }

  /** A person who goes step by step will most likely go on. */
  function askNear(k: number) {
    const length = untrack(run)?.steps.length ?? 0;
    if (k >= 0 && k <= length) client.near(idOf(k), k, compare());
  }

  const rows = createRows((missing, quiet) => {
    // Live rows come first, those of the last good run are asked for when these are there.
    const id = idOf(missing[0]!);
    if (!quiet) idle.busy('worker');
    const own = missing.filter((k) => idOf(k) === id);
    client.texts(id, own, quiet);
  });

  /** Where nothing can be run, an example shows what was recorded of it; any other text has nothing to show. */
  async function showRecorded() {
    const text = source();
    wished = null;
    editedLine = null;
    batch(() => {
      setCurrent(null);
      setGood(null);
      setView(null);
      setStep(0);
      setCompare(null);
    });
    idle.busy('recording');
    const found = await recorded(text);
    if (found && text === source()) take(0, found.run, found.view, found.texts);
    idle.done('recording');
  }

  function rerun() {
    if (noCore()) return void showRecorded();
    idle.busy('worker');
    const runs = { newest: currentId, good: goodId };
    const showing = { runs, wished, editedLine, step: current() && step(), against: compare(), rows: rows.inView() };
    client.run(source(), settings(), showing);
  }

  function write(next: Texts) {
    setTexts(next);
    setSaved(saveTexts(storage, next));
  }

  function select(k: number) {
    const length = run()?.steps.length ?? 0;
    const next = Math.max(0, Math.min(k, length));
    const by = next - step();
    if (by === 0 || noCore()) return;
    idle.busy('step');
    batch(() => {
      setStep(next);
      setChosen((n) => n + 1);
      askView();
    });
    idle.done('step');
    if (Math.abs(by) === 1) askNear(next + by);
  }

  function edit(text: string, line?: number) {
    if (text === source()) return;
    batch(() => {
      if (texts().open?.origin === 'link') clearLink();
      write(editText(texts(), text));
      editedLine = line ?? null;
      rerun();
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

  function startAnew(wish: number | null, wishedCompare: number | null = null) {
    setCurrent(null);
    setGood(null);
    setView(null);
    goodId = 0;
    setStep(0);
    setCompare(wishedCompare);
    wished = wish;
    editedLine = null;
    rerun();
  }

  return {
    source,
    step,
    compare,
    settings,
    origin: () => texts().open?.origin ?? 'own',
    saved,
    hasCovered: () => texts().covered.length > 0,
    current,
    shown,
    run,
    steps,
    names,
    live,
    view,
    stale,
    linkTrouble,
    workerTrouble,
    noCore,
    chosen,
    edit,
    goTo: select,
    compareWith(other) {
      const length = run()?.steps.length ?? 0;
      const next = other === null ? null : Math.max(0, Math.min(other, length));
      if (next === compare() || noCore()) return;
      setCompare(next);
      askView();
    },
    goToLine(line) {
      const now = run();
      if (!now || isOnLine(now, step(), line)) return;
      const found = stepOfLine(now, line);
      if (found) select(found);
    },
    applyFix({ from, to, insert }) {
      const text = source();
      edit(text.slice(0, from) + insert + text.slice(to));
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
      if (texts().open) batch(() => startAnew(null));
      else cover(await first(), null);
    },
    async openLink(hash) {
      await openLink(hash);
    },
    shareLink: (exact = true) =>
      encodeLink({
        source: source(),
        settings: settings(),
        step: exact ? step() || null : null,
        compare: exact ? compare() : null,
      }),
    dismissLink: () => setLinkTrouble(''),
    setSettings(next) {
      setSettingsSignal(next);
      rerun();
    },
    text: rows.text,
    wantTexts: rows.want,
    async textsOf(steps) {
      idle.busy('worker');
      const answer = await client.ask({ kind: 'log', id: currentId, steps });
      return answer?.kind === 'log' ? (answer.texts ?? []) : [];
    },
    async tryFix(fix) {
      idle.busy('worker');
      const answer = await client.ask({ kind: 'try', id: idOf(step()), step: step(), fix });
      return answer?.kind === 'try' ? answer.trial : null;
    },
    end: () => client.end(),
  };
}
