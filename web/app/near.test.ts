import { beforeEach, expect, test } from 'vitest';
import { defaultSettings, type Run, type Steps } from '../run/model';
import type { WorkerLike } from './client';
import type { Desk } from './desk';
import { BRIEF, NEAR, nearFirst, SHORT } from './near';
import type { Answer, Request } from './protocol';
import { newColumns, type Sent } from './wire';

const SHOWING = {
  ...{ runs: { newest: 0, good: 0 }, wished: null, editedLine: null },
  ...{ step: null, against: null, rows: [] },
};
const run = (id: number, source = 'munlockall();'): Request => ({
  ...{ kind: 'run', id, source, settings: defaultSettings },
  showing: SHOWING,
});
const view = (id: number): Request => ({ kind: 'view', id, step: 1, against: null });
const ran = (id: number, ms = 1, length = 1) =>
  ({ kind: 'run', id, run: { ms, steps: { length } } as Run, view: null, texts: [] }) satisfies Answer;

let far: (WorkerLike & { asked: string[] })[];
let desk: string[];
let answers: Sent[];
let answer: Desk;

beforeEach(() => {
  [far, desk, answers] = [[], [], []];
  answer = (request) =>
    request.kind === 'run' ? ran(request.id) : { kind: 'view', id: request.id, step: 1, view: null };
});

/** A worker whose answers the test gives, with a desk before it that answers as `answer` does. */
function make(load: () => Promise<Desk>): () => WorkerLike {
  const name = ({ kind, id }: Request) => `${kind} ${id}`;
  const spawn = nearFirst(
    () => {
      const asked: string[] = [];
      const worker = {
        asked,
        onmessage: null,
        onerror: null,
        terminate() {},
        postMessage: (r: Request) => asked.push(name(r)),
      };
      far.push(worker);
      return worker;
    },
    () =>
      load().then((loaded) => (request) => {
        desk.push(name(request));
        return loaded(request);
      }),
  );
  return () => {
    const near = spawn();
    near.onmessage = ({ data }) => void answers.push(data);
    return near;
  };
}

const settled = () => new Promise((done) => setTimeout(done));
const ids = () => answers.flatMap((one) => ('id' in one ? [one.id] : []));
const says = (data: Sent) => far.at(-1)!.onmessage!({ data } as MessageEvent<Sent>);
const opened = () => make(async () => (request) => answer(request))();

test('the worker makes the first run; the desk takes it over, then the next short ones and what is asked of them', async () => {
  const near = opened();
  near.postMessage(run(1));
  says(ran(1));
  await settled();
  expect([far[0]!.asked, desk]).toEqual([['run 1'], ['run 1']]); // adopted in silence
  near.postMessage(view(1));
  near.postMessage(run(2));
  expect(answers.length).toBe(1); // never before postMessage() has returned
  await settled();
  expect(desk).toEqual(['run 1', 'view 1', 'run 2']);
  expect(answers.map(({ kind }) => kind)).toEqual(['run', 'view', 'run']);
  expect(far[0]!.asked).toEqual(['run 1']);
});

test('columns that the worker leaves out are those of its run before', () => {
  const near = opened();
  const steps = (from: number, line: Uint32Array) =>
    ({ length: 1, from: Uint32Array.of(from), line }) as Partial<Steps> as Steps;
  const line = Uint32Array.of(3);
  const [one, two] = [steps(5, line), steps(6, line)];
  const runs: Steps[] = [];
  near.onmessage = ({ data }) => data.kind === 'run' && void runs.push(data.run.steps);
  for (const [id, sent] of [newColumns(one, {}), newColumns(two, one)].entries()) {
    near.postMessage(run(id));
    says({ ...ran(id), run: { ms: SHORT + 1, steps: sent as Steps } as Run });
  }
  expect(Object.keys(newColumns(two, one))).toEqual(['from']);
  expect(runs).toEqual([one, two]);
  expect(runs[1]!.line).toBe(line);
});

test('after a long run the worker makes the next one, until it is short again', async () => {
  const near = opened();
  near.postMessage(run(1));
  says(ran(1, SHORT + 1)); // an engine that is cold
  await settled();
  near.postMessage(run(2));
  says(ran(2, 1));
  near.postMessage(run(3));
  expect([far[0]!.asked, desk]).toEqual([
    ['run 1', 'run 2'],
    ['run 1', 'run 3'],
  ]);
});

test('the answer of a brief run comes in the task that asked, that of another one in a task of its own', async () => {
  const near = opened();
  near.postMessage(run(1));
  says(ran(1));
  await settled();
  near.postMessage(run(2));
  await Promise.resolve();
  expect(ids()).toEqual([1, 2]);
  answer = (request) => ran(request.id, BRIEF + 1);
  near.postMessage(run(3));
  await Promise.resolve();
  expect(answers.length).toBe(2);
  await settled();
  expect(ids()).toEqual([1, 2, 3]);
});

test('a run of many steps that cost nothing this time stays with the worker', async () => {
  const near = opened();
  near.postMessage(run(1));
  says(ran(1, 1, NEAR.steps + 1));
  await settled();
  near.postMessage(run(2));
  expect(far[0]!.asked).toEqual(['run 1', 'run 2']);
});

test('the worker makes what the desk refuses, and is asked of what it made', async () => {
  const near = opened();
  near.postMessage(run(1));
  says(ran(1));
  await settled();
  answer = () => null;
  near.postMessage(run(2));
  near.postMessage(view(2));
  expect(far[0]!.asked).toEqual(['run 1', 'run 2', 'view 2']);
  expect(desk).toEqual(['run 1', 'run 2']);
});

test('a desk that breaks is not asked again', async () => {
  const near = opened();
  near.postMessage(run(1));
  says(ran(1));
  await settled();
  answer = () => {
    throw new Error('core: unreachable');
  };
  near.postMessage(run(2));
  near.postMessage(view(1));
  expect(far[0]!.asked).toEqual(['run 1', 'run 2', 'view 1']);
  expect(desk).toEqual(['run 1', 'run 2']);
});

test('a new worker begins anew, and nothing comes of the old one', async () => {
  const spawn = make(async () => (request) => answer(request));
  const old = spawn();
  old.postMessage(run(1));
  says(ran(1));
  await settled();
  old.postMessage(view(1));
  old.terminate();
  await settled();
  expect(answers.map(({ kind }) => kind)).toEqual(['run']);
  const next = spawn();
  next.postMessage(view(1));
  expect(far[1]!.asked).toEqual(['view 1']); // it says that it does not have that run
});

test('without a desk the worker does everything', async () => {
  const near = make(() => Promise.reject(new Error('offline')))();
  near.postMessage(run(1));
  says(ran(1));
  await settled();
  near.postMessage(run(2));
  near.postMessage(view(2));
  expect(far[0]!.asked).toEqual(['run 1', 'run 2', 'view 2']);
});
