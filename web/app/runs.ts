// What is computed of the text: its run, the states of its steps, and which of them is selected.
import { batch, createMemo, createSignal, untrack, type Accessor } from 'solid-js';
import type { Fix, Named, Run, Settings, Steps, StepView } from '../run/model';
import type { Trial } from '../run/trial';
import { createAhead } from './ahead';
import { createClient, type WhenIdle, type WorkerLike } from './client';
import type { Idle } from './idle';
import { keepEqual } from './keep-equal';
import type { StepText } from './protocol';
import type { Recording } from './recording';
import { createRest } from './rest';
import { createRows } from './rows';
import { carryAgainst, chooseStep, isOnLine, stepOfLine } from './select';
import { spliceRuns, type Shown } from './splice';

/** The part of the browser that runs need. */
export interface Workplace {
  spawn(): WorkerLike;
  readonly whenIdle: WhenIdle;
  readonly idle: Idle;
  /** What was computed of a text beforehand, or null: looked for where nothing can be run. */
  recorded(source: string): Promise<Recording | null>;
}

/** The run of the text and its steps. Accessors are computed, functions are what a person can do. */
export interface Runs {
  /** The selected step; 0 is the start image. */
  readonly step: Accessor<number>;
  /** The step that the selected one is compared with; null: the step before. */
  readonly compare: Accessor<number | null>;
  /** The run of the text as it stands, once it is known. */
  readonly current: Accessor<Run | null>;
  /** What all panels show: `current`, but an error in a text that had none comes when the typing rests. */
  readonly shown: Accessor<Shown | null>;
  /** False while `shown` is still that of the text before an error. */
  readonly isCurrent: Accessor<boolean>;
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
  /** What was wrong with the worker, or ''. */
  readonly workerTrouble: Accessor<string>;
  /** Why nothing can be run here, or ''. The text, examples and sharing work without. */
  readonly noCore: Accessor<string>;
  /** A step chosen by a person, for the live region: counts up, so that the same step can be said twice. */
  readonly chosen: Accessor<number>;
  goTo(step: number): void;
  /** Compares with another step from now on; null: with the step before. */
  compareWith(step: number | null): void;
  /** The cursor in the text went to a line: selects its step. */
  goToLine(line: number): void;
  /** Texts of log rows that are in view; null until they come. */
  text(step: number): StepText | null;
  wantTexts(inView: readonly number[], around: readonly number[]): void;
  /** Texts of many steps at once, for copying; of steps of the text as it stands. */
  textsOf(steps: readonly number[]): Promise<readonly StepText[]>;
  /** What a fix for the selected step would do; null where it cannot be tried now. */
  tryFix(fix: Fix): Promise<Trial | null>;
  end(): void;
}

/** What the text's owner tells the runs. */
export interface RunsOfText extends Runs {
  /** The text or the settings were edited; in `line` of the text, if it is known. */
  rerun(line: number | null): void;
  /** Another text was opened: nothing of the one before is shown. A link may ask for a step, and for one to compare. */
  startAnew(wish: number | null, wishedCompare?: number | null): void;
}

/** Starts the worker; nothing runs before rerun() or startAnew(). To be called in a root that lives as long as the page. */
export function createRuns(
  { spawn, whenIdle, idle, recorded }: Workplace,
  source: Accessor<string>,
  settings: Accessor<Settings>,
): RunsOfText {
  const [step, setStep] = createSignal(0);
  const [compare, setCompare] = createSignal<number | null>(null);
  const [chosen, setChosen] = createSignal(0);
  const [current, setCurrent] = createSignal<Run | null>(null);
  const [told, setTold] = createSignal<Run | null>(null);
  const [good, setGood] = createSignal<Run | null>(null);
  const [view, setView] = createSignal<StepView | null>(null);
  const [workerTrouble, setWorkerTrouble] = createSignal('');
  const [noCore, setNoCore] = createSignal('');

  const shown = createMemo<Shown | null>(() => {
    const run = told();
    return run && spliceRuns(run, good());
  });
  const rest = createRest();
  const run = () => shown()?.run ?? null;
  const steps = createMemo(() => run()?.steps ?? null);
  const names = createMemo(() => run()?.names ?? []);
  const live = createMemo(() => shown()?.live ?? 0);
  const stale = () => step() > live();

  let currentId = 0;
  let goodId = 0;
  let wished: number | null = null; // the step that a link asks for
  let editedLine: number | null = null;

  const client = createClient(
    spawn,
    {
      onRun: take,
      onView: (id, _step, next) => id === idOf(step()) && show(next),
      onNear: (id, next) => id === idOf(next.step) && ahead.add(next),
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

  function take(id: number, made: Run, expected: StepView | null, texts: readonly StepText[]) {
    const next = keepEqual(told(), made);
    const isSlip = next.outcome.kind === 'error' && told() !== null && told()!.outcome.kind !== 'error';
    batch(() => {
      setCurrent(next);
      if (isSlip) rest.hold(() => tell(id, next, expected, texts));
      else tell(id, next, expected, texts);
    });
  }

  function tell(id: number, next: Run, expected: StepView | null, texts: readonly StepText[]) {
    batch(() => {
      const before = shown();
      currentId = id;
      ahead.clear();
      setWorkerTrouble('');
      rows.renew(texts);
      if (next.outcome.kind !== 'error') {
        goodId = id;
        setGood(next);
      }
      setTold(next);
      setStep(chooseStep(shown()!.run, { wished, editedLine, before: before && { run: before.run, step: step() } }));
      setCompare((old) => carryAgainst(before?.run ?? null, old, shown()!.run));
      wished = null;
      editedLine = null;
      if (expected?.step === step() && expected.against === compare()) show(expected);
      else askView();
    });
  }

  const idOf = (k: number) => (k > untrack(live) ? goodId : currentId);

  const show = (next: StepView) => setView((old) => keepEqual(old, next));

  function askView() {
    const found = ahead.find(step(), compare());
    if (found) return show(found);
    idle.busy('worker');
    client.view(idOf(step()), step(), compare());
  }

  const ahead = createAhead((k) => {
    const length = untrack(run)?.steps.length ?? 0;
    if (k >= 0 && k <= length) client.near(idOf(k), k, untrack(compare));
  });

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
      clear();
      setStep(0);
      setCompare(null);
    });
    idle.busy('recording');
    const found = await recorded(text);
    if (found && text === source()) take(0, found.run, found.view, found.texts);
    idle.done('recording');
  }

  function clear() {
    rest.drop();
    setCurrent(null);
    setTold(null);
    setGood(null);
    setView(null);
  }

  function rerun(line: number | null) {
    rest.drop();
    editedLine = line;
    if (noCore()) return void showRecorded();
    idle.busy('worker');
    const runs = { newest: currentId, good: goodId };
    const showing = { runs, wished, editedLine, step: told() && step(), against: compare(), rows: rows.inView() };
    client.run(source(), settings(), showing);
  }

  function select(k: number) {
    rest.end();
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
    if (by === 1 || by === -1) ahead.went(next, by);
  }

  return {
    step,
    compare,
    current,
    shown,
    isCurrent: () => told() === current(),
    run,
    steps,
    names,
    live,
    view,
    stale,
    workerTrouble,
    noCore,
    chosen,
    rerun,
    startAnew(wish, wishedCompare = null) {
      batch(() => {
        clear();
        goodId = 0;
        setStep(0);
        setCompare(wishedCompare);
        wished = wish;
        rerun(null);
      });
    },
    goTo: select,
    compareWith(other) {
      const length = run()?.steps.length ?? 0;
      const next = other === null ? null : Math.max(0, Math.min(other, length));
      if (next === compare() || noCore()) return;
      setCompare(next);
      ahead.clear();
      askView();
    },
    goToLine(line) {
      rest.end();
      const now = run();
      if (!now || isOnLine(now, step(), line)) return;
      const found = stepOfLine(now, line);
      if (found) select(found);
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
    end() {
      rest.drop();
      client.end();
    },
  };
}
