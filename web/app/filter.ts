// The filter of the timeline: words and terms, as in "call:mlock errno:ENOMEM buf".
//
//   call:mlock,munlock   one of these calls; a * at the end stands for any rest: call:touch*
//   errno:ENOMEM         failed with it; a signal's name works too: errno:SIGSEGV
//   pid:2  line:13  step:5-9  line:10-20
//   changed              locked_vm, total_vm, rss or map_count of the caller is another one than before
//   failed  not-atomic
//   any other word       stands in the text of the call, in its result or its errno
//   -term                what does not match the term
//
// All terms have to match; of one key one has to.
import type { Run, Steps } from '../run/model';
import { hasFailed } from './select';
import { stepCall, stepFailure, stepResult } from './words';

/** The steps that match: `hits[step]` is 1, and their numbers in order. */
export interface Matches {
  readonly hits: Uint8Array;
  readonly steps: Uint32Array;
}

type Test = (step: number) => boolean;
type Maker = (value: string, run: Run) => Test | null;

const oneOf =
  (read: (steps: Steps, step: number) => string): Maker =>
  (value, { steps }) => {
    const wanted = value.toLowerCase();
    const head = wanted.endsWith('*') ? wanted.slice(0, -1) : null;
    return (step) => {
      const own = read(steps, step).toLowerCase();
      return head === null ? own === wanted : own.startsWith(head);
    };
  };

const within =
  (read: (steps: Steps, step: number) => number): Maker =>
  (value, { steps }) => {
    const [, from, to] = /^(\d+)(?:-(\d+))?$/.exec(value) ?? [];
    if (from === undefined) return null;
    const [low, high] = [Number(from), Number(to ?? from)];
    return (step) => low <= read(steps, step) && read(steps, step) <= high;
  };

const KEYS: Readonly<Record<string, Maker>> = {
  call: oneOf(stepCall),
  errno: oneOf(stepFailure),
  pid: within(({ pid }, step) => pid[step - 1]!),
  line: within(({ line }, step) => line[step - 1]!),
  step: within((_steps, step) => step),
};

const FLAGS: Readonly<Record<string, (run: Run) => Test>> = {
  changed: ({ steps }) => changes(steps),
  failed:
    ({ steps }) =>
    (step) =>
      hasFailed(steps, step),
  'not-atomic':
    ({ steps }) =>
    (step) =>
      steps.not_atomic[step - 1] !== 0,
};

/** Finds the steps that a filter lets through; null for an empty one, which lets through all. */
export function filterSteps(run: Run, text: string): Matches | null {
  const tests = testsOf(run, text);
  if (tests.length === 0) return null;
  const { length } = run.steps;
  const hits = new Uint8Array(length + 1);
  const found: number[] = [];
  for (let step = 1; step <= length; step++) {
    if (!tests.every((test) => test(step))) continue;
    hits[step] = 1;
    found.push(step);
  }
  return { hits, steps: Uint32Array.from(found) };
}

/** Finds the match after a step, or before it; round at the ends. 0 if nothing matches. */
export function nextMatch({ steps }: Matches, step: number, direction: 1 | -1): number {
  if (steps.length === 0) return 0;
  const found = direction > 0 ? steps.find((k) => k > step) : steps.findLast((k) => k < step);
  return found ?? (direction > 0 ? steps[0]! : steps.at(-1)!);
}

function testsOf(run: Run, text: string): Test[] {
  const byKey = new Map<string, Test[]>();
  const all: Test[] = [];
  for (const term of text.split(/\s+/).filter((word) => word !== '' && word !== '-')) {
    const isNot = term.startsWith('-') && term.length > 1;
    const plain = isNot ? term.slice(1) : term;
    const [key, test] = testOf(run, plain);
    if (isNot) all.push((step) => !test(step));
    else if (key === '') all.push(test);
    else byKey.set(key, [...(byKey.get(key) ?? []), test]);
  }
  return [
    ...all,
    ...[...byKey.values()].map(
      (group): Test =>
        (step) =>
          group.some((test) => test(step)),
    ),
  ];
}

function testOf(run: Run, term: string): readonly [key: string, test: Test] {
  const flag = Object.hasOwn(FLAGS, term) ? FLAGS[term] : undefined;
  if (flag) return ['', flag(run)];
  const colon = term.indexOf(':');
  const key = term.slice(0, Math.max(0, colon));
  const make = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
  const values = term
    .slice(colon + 1)
    .split(',')
    .filter((value) => value !== '');
  if (make && values.length === 0) return ['', () => true]; // is being written
  const tests = make ? values.map((value) => make(value, run)).filter((test) => test !== null) : [];
  if (tests.length > 0) return [key, (step) => tests.some((test) => test(step))];
  return ['', wordTest(run, term)];
}

/** A loop makes the same call again and again: its text is looked at once. */
function wordTest({ source, steps }: Run, term: string): Test {
  const word = term.toLowerCase();
  const texts = new Map<number, boolean>();
  const inCall = (step: number): boolean => {
    const from = steps.from[step - 1]!;
    const known = texts.get(from);
    if (known !== undefined) return known;
    const text = `${stepCall(steps, step)} ${source.slice(from, steps.to[step - 1])}`.toLowerCase();
    texts.set(from, text.includes(word));
    return text.includes(word);
  };
  return (step) => inCall(step) || stepResult(steps, step).toLowerCase().includes(word);
}

function changes(steps: Steps): Test {
  const { length, pid, locked_vm, total_vm, rss, map_count } = steps;
  const columns = [locked_vm, total_vm, rss, map_count];
  const last = new Map<number, number>();
  const changed = new Uint8Array(length + 1);
  for (let i = 0; i < length; i++) {
    const before = last.get(pid[i]!);
    // Of a first step nothing but its locks is known to be new.
    const differs = before === undefined ? locked_vm[i] !== 0 : columns.some((column) => column[i] !== column[before]);
    changed[i + 1] = differs ? 1 : 0;
    last.set(pid[i]!, i);
  }
  return (step) => changed[step] === 1;
}
