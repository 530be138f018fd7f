import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createComputed, createRoot } from 'solid-js';
import { expect, test, vi } from 'vitest';
import { compileCore, instantiate } from '../core/boot';
import { Kernel } from '../core/kernel';
import { defaultSettings } from '../run/model';
import { encodeLink } from '../share/link';
import type { WorkerLike } from './client';
import { createDesk } from './desk';
import type { Request } from './protocol';
import { recordAll } from './record';
import { readRecording } from './recording';
import * as views from './views';
import { createStore, type Store, type Surroundings } from './store';

const root = resolve(import.meta.dirname, '../..');
const wasm = readFileSync(resolve(root, 'build/core.wasm'));
const core = compileCore(wasm);
const text =
  'char *p = mmap(NULL, 8192, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);\nmlock(p, 8192);\nmunlock(p, 4096);\n';

/** A worker in this thread: answers in the next turn. */
function spawn(): WorkerLike {
  const desk = createDesk(
    () => new Kernel(instantiate(core)),
    () => views,
  );
  const worker: WorkerLike = {
    onmessage: null,
    onerror: null,
    terminate: () => {},
    postMessage: (request: Request) =>
      queueMicrotask(() =>
        worker.onmessage?.({ data: desk(request) } as Parameters<NonNullable<typeof worker.onmessage>>[0]),
      ),
  };
  return worker;
}

async function begin(hash = '', kept: Record<string, string> = {}, more: Partial<Surroundings> = {}) {
  const surroundings = {
    spawn,
    whenIdle: queueMicrotask,
    storage: {
      getItem: (key: string) => kept[key] ?? null,
      setItem: (key: string, value: string) => void (kept[key] = value),
    },
    idle: { busy: vi.fn(), done: vi.fn() },
    recorded: async () => null,
    clearLink: vi.fn(),
    ...more,
  };
  const store = createStore(surroundings);
  await store.begin(hash, async () => ({ source: text, origin: 'example' }));
  await settled(store);
  return { store, kept, ...surroundings };
}

const settled = (store: Store) => vi.waitFor(() => expect(store.view()?.step).toBe(store.step()));

test('a first visit runs the first example and shows how it ended', async () => {
  const { store, idle } = await begin();
  expect(store.run()?.steps.length).toBe(3);
  expect(store.step()).toBe(3);
  expect(store.view()?.drawing).toBe('|Z|Z|');
  await vi.waitFor(() => expect(idle.done).toHaveBeenCalledWith('worker'));
});

test('the edited line is selected; a line without a call changes nothing', async () => {
  const { store } = await begin();
  store.edit(text.replace('mlock(p, 8192)', 'mlock(p, 4096)'), 2);
  await vi.waitFor(() => expect(store.step()).toBe(2));
  store.goToLine(4);
  expect(store.step()).toBe(2);
  store.goToLine(1);
  expect(store.step()).toBe(1);
});

test('an error leaves the rest of the last good run to look at, stale', async () => {
  const { store } = await begin();
  store.edit(broken, 3);
  await vi.waitFor(() => expect(store.shown()?.live).toBe(2));
  await settled(store);
  expect([store.step(), store.stale()]).toEqual([3, true]);
  expect(store.view()?.drawing).toBe('|Z|Z|');
  store.goTo(1);
  expect(store.stale()).toBe(false);
});

const broken = text.replace('munlock(p, 4096)', 'munlock(p, 4096');

test('an error is told of when the typing rests; the newest run has it at once', async () => {
  const { store } = await begin();
  const before = store.shown();
  store.edit(broken, 3);
  await vi.waitFor(() => expect(store.current()?.outcome.kind).toBe('error'));
  expect([store.shown(), store.isCurrent(), store.stale()]).toEqual([before, false, false]);
  await vi.waitFor(() => expect(store.isCurrent()).toBe(true));
  expect([store.shown()?.run.outcome.kind, store.stale()]).toEqual(['error', true]);
});

test('an error that was typed over before is never told of', async () => {
  const { store } = await begin();
  const outcomes = new Set<string | undefined>();
  const stop = createRoot((dispose) => {
    createComputed(() => outcomes.add(store.shown()?.run.outcome.kind));
    return dispose;
  });
  store.edit(broken, 3);
  await vi.waitFor(() => expect(store.current()?.outcome.kind).toBe('error'));
  store.edit(text.replace('munlock(p, 4096)', 'munlock(p, 8192)'), 3);
  await vi.waitFor(() => expect(store.view()?.drawing).toBe('|ZZ|'));
  await new Promise((rested) => setTimeout(rested, 500));
  expect([...outcomes]).toEqual(['end']);
  expect(store.isCurrent()).toBe(true);
  stop();
});

test('who steps on has stopped typing', async () => {
  const { store } = await begin();
  store.edit(broken, 3);
  await vi.waitFor(() => expect(store.current()?.outcome.kind).toBe('error'));
  store.goTo(2);
  expect([store.isCurrent(), store.step(), store.stale()]).toEqual([true, 2, false]);
});

test('a fix that was made for another text does nothing', async () => {
  const { store } = await begin();
  const old = store.run();
  store.edit('munlockall();', 1);
  store.applyFix({ title: '', from: 0, to: 0, insert: '// fixed\n' }, old);
  expect(store.source()).toBe('munlockall();');
});

test('a fix edits the text', async () => {
  const { store } = await begin();
  store.applyFix({ title: '', from: 0, to: 0, insert: '// fixed\n' }, store.run());
  expect(store.source()).toBe(`// fixed\n${text}`);
  expect(store.origin()).toBe('own');
});

test('a link covers the own text; one call brings it back', async () => {
  const { store, kept, clearLink } = await begin();
  store.edit('munlockall();', 1);
  const hash = await encodeLink({
    source: text,
    settings: { ...defaultSettings, max_steps: 2 },
    step: 1,
    compare: null,
  });
  const second = (await begin(hash, kept)).store;
  expect([second.source(), second.step(), second.settings().max_steps]).toEqual([text, 1, 2]);
  expect(second.run()?.outcome).toMatchObject({ kind: 'limit', limit: 'steps' });
  expect(second.hasCovered()).toBe(true);
  second.back();
  expect([second.source(), second.settings()]).toEqual(['munlockall();', defaultSettings]);
  expect(clearLink).toHaveBeenCalled();
});

test('a broken link says so and leaves the text', async () => {
  const { kept } = await begin();
  const { store } = await begin('#v1/broken', kept);
  expect(store.linkTrouble()).toMatch(/^This link is damaged/);
  expect(store.source()).toBe(text);
  store.dismissLink();
  expect(store.linkTrouble()).toBe('');
});

test('a step is compared with any other, and a link keeps it', async () => {
  const { store } = await begin();
  store.compareWith(1);
  await vi.waitFor(() => expect(store.view()?.against).toBe(1));
  const { before, diff, why } = store.view()!;
  expect(before.processes[0]!.counters.locked_vm).toBe(0);
  expect(diff.locked_vm).toBe(1); // step 1 to 3; the call itself took one away
  expect(why.effects.join(' ')).toContain('locked_vm 2 → 1');
  const again = (await begin(await store.shareLink())).store;
  expect([again.step(), again.compare()]).toEqual([3, 1]);
  await vi.waitFor(() => expect(again.view()?.diff.locked_vm).toBe(1));
  again.compareWith(null);
  await vi.waitFor(() => expect(again.view()?.diff.locked_vm).toBe(-1));
});

test('the step compared with stays the same call over an edit', async () => {
  const { store } = await begin();
  store.compareWith(2);
  store.edit(text.replace('mlock(p, 8192)', 'touch_read(p, 1);\nmlock(p, 8192)'), 2);
  await vi.waitFor(() => expect(store.run()?.steps.length).toBe(4));
  expect(store.compare()).toBe(3);
});

test('who goes step by step finds the next one there', async () => {
  const { store } = await begin();
  store.goTo(2);
  expect(store.view()?.step).toBe(3); // has to be asked for
  await settled(store);
  for (let i = 0; i < 20; i++) await Promise.resolve(); // the worker of this test answers in microtasks
  store.goTo(1);
  expect(store.view()?.step).toBe(1); // at once
  store.edit(`${text}munlockall();\n`, 4);
  await vi.waitFor(() => expect(store.run()?.steps.length).toBe(4));
  await settled(store);
  store.goTo(0);
  expect(store.view()?.step).toBe(4);
});

test('where nothing can be run, a recorded text shows what was recorded, another one nothing', async () => {
  const refuse = (): WorkerLike => {
    const worker: WorkerLike = {
      ...{ onmessage: null, onerror: null, terminate: () => {} },
      postMessage: () =>
        queueMicrotask(() =>
          worker.onmessage?.({ data: { kind: 'no core', message: 'None here.' } } as Parameters<
            NonNullable<typeof worker.onmessage>
          >[0]),
        ),
    };
    return worker;
  };
  const recordings = recordAll(wasm, [text]);
  const recorded: Surroundings['recorded'] = async (source) =>
    recordings[source] === undefined ? null : readRecording(recordings[source]);
  const { store } = await begin(
    await encodeLink({ source: text, settings: defaultSettings, step: 1, compare: 2 }),
    {},
    {
      spawn: refuse,
      recorded,
    },
  );
  expect([store.noCore(), store.step(), store.view()?.drawing]).toEqual(['None here.', 3, '|Z|Z|']);
  store.goTo(1); // there is one step only
  expect(store.step()).toBe(3);
  store.edit('munlockall();');
  expect([store.run(), store.view(), store.step()]).toEqual([null, null, 0]);
  store.edit(text);
  await settled(store);
  expect(store.view()?.step).toBe(3);
});
