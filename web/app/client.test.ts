import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defaultSettings, type Run, type StepView } from '../run/model';
import { createClient, LOADING, OVERTAKEN, PATIENCE, type ClientEvents, type WorkerLike } from './client';
import type { Answer, Request } from './protocol';

/** A worker that answers when it is told to. */
class Puppet implements WorkerLike {
  readonly asked: Request[] = [];
  ended = false;
  isUp = false;
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  postMessage(message: Request) {
    this.asked.push(message);
    if (isLoading || this.isUp) return;
    this.isUp = true;
    this.answer({ kind: 'ready' });
  }
  terminate() {
    this.ended = true;
  }
  answer(data: Answer) {
    this.onmessage?.({ data } as MessageEvent<Answer>);
  }
}

const SHOWING = { runs: { newest: 0, good: 0 }, wished: null, editedLine: null, step: null, against: null, rows: [] };
const ran = (id: number, kind: 'end' | 'error'): Answer => ({
  kind: 'run',
  id,
  run: { outcome: { kind } } as unknown as Run,
  view: null,
  texts: [],
});
const view = { before: { processes: [] }, after: { processes: [] } } as unknown as StepView;
let workers: Puppet[];
let isLoading: boolean; // workers do not say that they are ready
let events: { [K in keyof ClientEvents]: ReturnType<typeof vi.fn> };

const make = (whenIdle: (call: () => void) => void = (call) => call()) =>
  createClient(
    () => {
      const worker = new Puppet();
      workers.push(worker);
      return worker;
    },
    events as unknown as ClientEvents,
    whenIdle,
  );

const kinds = (worker: Puppet) => worker.asked.map((request) => `${request.kind} ${request.id}`);

beforeEach(() => {
  vi.useFakeTimers();
  workers = [];
  isLoading = false;
  events = {
    onRun: vi.fn(),
    onView: vi.fn(),
    onNear: vi.fn(),
    onTexts: vi.fn(),
    onTrouble: vi.fn(),
    onNoCore: vi.fn(),
    onSettled: vi.fn(),
  };
});
afterEach(() => void vi.useRealTimers());

test('only the newest of the texts that waited is run', () => {
  const client = make();
  client.run('a', defaultSettings, SHOWING);
  client.run('ab', defaultSettings, SHOWING);
  client.run('abc', defaultSettings, SHOWING);
  expect(kinds(workers[0]!)).toEqual(['run 1']);
  workers[0]!.answer(ran(1, 'end'));
  expect(events.onRun).not.toHaveBeenCalled(); // overtaken
  expect(workers[0]!.asked[1]).toMatchObject({ id: 3, source: 'abc' });
  workers[0]!.answer(ran(3, 'end'));
  expect(events.onRun).toHaveBeenCalledExactlyOnceWith(3, expect.anything(), null, []);
  expect(events.onSettled).toHaveBeenCalledTimes(1);
});

test('a long run that a newer edit has overtaken is not waited for', () => {
  const client = make();
  client.run('for (;;);', defaultSettings, SHOWING);
  vi.advanceTimersByTime(OVERTAKEN + 1);
  client.run('fine', defaultSettings, SHOWING);
  expect(workers[0]!.ended).toBe(true);
  expect(kinds(workers[1]!)).toEqual(['run 2']);
  expect(events.onTrouble).not.toHaveBeenCalled();
});

test('a worker that does not answer is ended, said so, and a new one stands by', () => {
  const client = make();
  client.run('a', defaultSettings, SHOWING);
  vi.advanceTimersByTime(defaultSettings.max_ms + PATIENCE);
  expect(workers[0]!.ended).toBe(true);
  expect(events.onTrouble).toHaveBeenCalledTimes(1);
  client.run('b', defaultSettings, SHOWING);
  workers[1]!.answer(ran(2, 'end'));
  expect(events.onRun).toHaveBeenCalledTimes(1);
});

test('of views only the newest wish is answered, and a run goes first', () => {
  const client = make();
  client.run('a', defaultSettings, SHOWING);
  client.view(1, 1);
  client.view(1, 2);
  client.texts(1, [1], false);
  workers[0]!.answer(ran(1, 'end'));
  workers[0]!.answer({ kind: 'view', id: 1, step: 2, view });
  workers[0]!.answer({ kind: 'texts', id: 1, texts: [] });
  expect(workers[0]!.asked.map((request) => ('step' in request ? request.step : request.kind))).toEqual([
    'run',
    2,
    'texts',
  ]);
  expect(events.onView).toHaveBeenCalledExactlyOnceWith(1, 2, view);
});

test('a new worker makes the last good run again for a view of it', () => {
  const client = make();
  client.run('good', defaultSettings, SHOWING);
  workers[0]!.answer(ran(1, 'end'));
  client.run('bad', defaultSettings, SHOWING);
  workers[0]!.answer(ran(2, 'error'));
  workers[0]!.answer({ kind: 'broken', message: 'trap' });
  client.view(1, 9);
  const [, second] = workers;
  second!.answer({ kind: 'view', id: 1, step: 9, view: null });
  expect(second!.asked.at(-1)).toMatchObject({ kind: 'run', source: 'good' });
  second!.answer(ran(1, 'end'));
  expect(second!.asked.at(-1)).toMatchObject({ kind: 'view', id: 1, step: 9 });
  second!.answer({ kind: 'view', id: 1, step: 9, view });
  expect(events.onView).toHaveBeenCalledExactlyOnceWith(1, 9, view);
  expect(events.onRun).toHaveBeenCalledTimes(2); // what was made again is no news
});

test('a view that is refused twice is given up', () => {
  const client = make();
  client.run('a', defaultSettings, SHOWING);
  workers[0]!.answer(ran(1, 'end'));
  client.view(1, 1);
  workers[0]!.answer({ kind: 'view', id: 1, step: 1, view: null });
  workers[0]!.answer(ran(1, 'end'));
  workers[0]!.answer({ kind: 'view', id: 1, step: 1, view: null });
  expect(kinds(workers[0]!)).toEqual(['run 1', 'view 1', 'run 1', 'view 1']);
});

test('a question is answered once, overtaken by the next of its kind and by a run', async () => {
  const client = make();
  client.run('a', defaultSettings, SHOWING);
  const first = client.ask({ kind: 'log', id: 1, steps: [1] });
  const second = client.ask({ kind: 'log', id: 1, steps: [2] });
  expect(await first).toBeNull();
  workers[0]!.answer(ran(1, 'end'));
  workers[0]!.answer({ kind: 'log', id: 1, texts: [] });
  expect(await second).toEqual({ kind: 'log', id: 1, texts: [] });
  client.view(1, 1);
  const third = client.ask({ kind: 'log', id: 1, steps: [3] });
  client.run('b', defaultSettings, SHOWING);
  expect(await third).toBeNull();
});

test('where there is no core nothing is tried again, and every wish settles', async () => {
  const client = make();
  client.run('a', defaultSettings, SHOWING);
  workers[0]!.answer({ kind: 'no core', message: 'This browser has no WebAssembly.' });
  expect(events.onNoCore).toHaveBeenCalledExactlyOnceWith('This browser has no WebAssembly.');
  expect(workers).toHaveLength(1);
  client.run('b', defaultSettings, SHOWING);
  expect(await client.ask({ kind: 'log', id: 1, steps: [1] })).toBe(null);
  expect(workers[0]!.asked).toHaveLength(1);
  expect(events.onSettled).toHaveBeenCalledTimes(3);
  expect(events.onTrouble).not.toHaveBeenCalled();
});

test('texts that nobody waits for come after all else', () => {
  const client = make();
  client.run('a', defaultSettings, SHOWING);
  client.texts(1, [9], true);
  client.near(1, 2, null);
  client.view(1, 1);
  workers[0]!.answer(ran(1, 'end'));
  workers[0]!.answer({ kind: 'view', id: 1, step: 1, view });
  expect(events.onSettled).toHaveBeenCalledTimes(1);
  workers[0]!.answer({ kind: 'texts', id: 1, texts: [] });
  expect(kinds(workers[0]!)).toEqual(['run 1', 'view 1', 'texts 1', 'near 1']);
  expect(events.onSettled).toHaveBeenCalledTimes(1);
});

test('a step near by is asked for last, and nobody waits for it', () => {
  const client = make();
  client.near(1, 3, null);
  client.run('a', defaultSettings, SHOWING);
  client.near(1, 2, null);
  workers[0]!.answer({ kind: 'near', id: 1, view });
  expect(events.onNear).toHaveBeenCalledExactlyOnceWith(1, view);
  workers[0]!.answer(ran(1, 'end'));
  expect(kinds(workers[0]!)).toEqual(['near 1', 'run 1', 'near 1']);
  expect(events.onSettled).toHaveBeenCalledTimes(2); // before each of the two: the first had nothing before it
  workers[0]!.answer({ kind: 'near', id: 1, view: null });
  expect(events.onNear).toHaveBeenCalledTimes(1);
  expect(events.onSettled).toHaveBeenCalledTimes(2);
});

test('what nobody waits for is asked when the page has nothing better to do, and holds up nothing', () => {
  const idle: (() => void)[] = [];
  const client = make((call) => void idle.push(call));
  client.near(1, 2, null);
  client.texts(1, [9], true);
  expect([kinds(workers[0]!), idle.length]).toEqual([[], 1]);
  client.run('a', defaultSettings, SHOWING);
  idle.pop()!(); // a run is under way
  expect(kinds(workers[0]!)).toEqual(['run 1']);
  client.near(1, 2, null);
  workers[0]!.answer(ran(1, 'end'));
  expect(kinds(workers[0]!)).toEqual(['run 1']);
  idle.pop()!();
  expect(kinds(workers[0]!)).toEqual(['run 1', 'near 1']);
  workers[0]!.answer({ kind: 'near', id: 1, view });
  expect([kinds(workers[0]!).length, idle.length]).toEqual([2, 0]);
});

test('a worker may take as long to be loaded as the network does', () => {
  isLoading = true;
  const client = make();
  client.run('a', defaultSettings, SHOWING);
  vi.advanceTimersByTime(defaultSettings.max_ms + PATIENCE + OVERTAKEN);
  client.run('b', defaultSettings, SHOWING);
  expect(workers.map(kinds)).toEqual([['run 1']]);
  workers[0]!.answer({ kind: 'ready' });
  client.run('c', defaultSettings, SHOWING);
  expect(workers[0]!.ended).toBe(false); // its run has only now begun
  vi.advanceTimersByTime(defaultSettings.max_ms + PATIENCE);
  expect([workers[0]!.ended, workers.length]).toEqual([true, 2]); // it had its time
  vi.advanceTimersByTime(LOADING);
  expect(workers.map(kinds)).toEqual([['run 1'], ['run 3'], []]);
});

test('a worker that cannot be loaded is not started again', () => {
  isLoading = true;
  const client = make();
  client.run('a', defaultSettings, SHOWING);
  workers[0]!.onerror!({ message: '' } as ErrorEvent);
  expect(events.onNoCore).toHaveBeenCalledExactlyOnceWith('The simulator could not be loaded.');
  expect(workers).toHaveLength(1);
});
