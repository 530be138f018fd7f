import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { received, sendable } from '../app/wire';
import { diff } from '../run/diff';
import { run } from '../run/run';
import { defaultSettings } from '../run/model';
import { Timeline } from '../run/timeline';
import { viewOf } from '../run/step';
import { compileCore, instantiate } from './boot';
import { Kernel } from './kernel';
import { bytesOf, columnsOf, commonEnds } from './packed-list';
import type { Process, State } from './state';

const SOURCE = `
char *buf = mmap(NULL, 16 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
touch_write(buf, 4);
mlock(buf + 2 * PAGE_SIZE, 3 * PAGE_SIZE);
munlock(buf + 3 * PAGE_SIZE, PAGE_SIZE);
munmap(buf + 8 * PAGE_SIZE, 2 * PAGE_SIZE);`;

const kernel = new Kernel(instantiate(compileCore(readFileSync(new URL('../../build/core.wasm', import.meta.url)))));
const timeline = new Timeline(kernel);
const made = run(SOURCE, defaultSettings, kernel, timeline.after);

/** The state as plain values. */
function plain(state: State): State {
  const copy = (process: Process): Process => ({ ...process, vmas: [...process.vmas], extents: [...process.extents] });
  return { ...state, processes: state.processes.map(copy) };
}

test('a packed list reads like the array of its items', () => {
  const { vmas } = timeline.stateAt(4).processes[0]!;
  const all = [...vmas];
  const fresh = () => timeline.stateAt(4).processes[0]!.vmas;
  expect(fresh().length).toBe(all.length);
  expect(fresh()[3]).toEqual(all[3]);
  expect(fresh()[all.length]).toBeUndefined();
  expect(fresh().at(-1)).toEqual(all.at(-1));
  expect(fresh().slice(2, 4)).toEqual(all.slice(2, 4));
  expect(fresh().map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  expect(fresh().findIndex(({ id }) => id === all[2]!.id)).toBe(2);
  expect(Object.keys(fresh())).toEqual(Object.keys(all));
  expect(fresh()).toEqual(all);
});

test('the columns are those of the values', () => {
  for (const { vmas, extents } of timeline.stateAt(4).processes) {
    expect(columnsOf(vmas)).toEqual(columnsOf([...vmas]));
    expect(columnsOf(extents)).toEqual(columnsOf([...extents]));
  }
});

test('what two states have in common at their ends changes no difference', () => {
  for (let step = 1; step <= made.steps.length; step++) {
    const [before, after] = [timeline.stateAt(step - 1).processes[0]!, timeline.stateAt(step).processes[0]!];
    const [front, back] = commonEnds('vmas', before.vmas, after.vmas);
    expect(front).toBeGreaterThan(0);
    expect(back).toBeGreaterThan(0);
    const values = (one: Process): Process => ({ ...one, vmas: [...one.vmas], extents: [...one.extents] });
    expect(diff(before, after)).toEqual(diff(values(before), values(after)));
  }
});

test('a view crosses to the page with its bytes handed over', () => {
  const view = viewOf(made, timeline.moment(4));
  const [before, after] = [plain(view.before), plain(view.after)];
  const { message, hand } = sendable({ kind: 'view', id: 1, step: 4, view });
  const there = received(structuredClone(message, { transfer: hand }));
  expect(hand.every(({ byteLength }) => byteLength === 0)).toBe(true);
  expect(there.kind === 'view' && plain(there.view!.before)).toEqual(before);
  expect(there.kind === 'view' && plain(there.view!.after)).toEqual(after);
  expect(there.kind === 'view' && bytesOf(there.view!.after.processes[0]!.vmas)!.byteLength).toBeGreaterThan(0);
});
