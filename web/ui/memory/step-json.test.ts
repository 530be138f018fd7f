import { expect, test } from 'vitest';
import { at, parse } from '../../run/notation';
import { STEP_9, sceneFrom, stepFrom, withImage } from './fixture.test-data';
import { briefJson, stepJson } from './step-json';

interface Shown {
  readonly diff: { readonly vmas: readonly unknown[] };
  readonly after: {
    readonly processes: readonly { readonly vmas: readonly unknown[]; readonly extents: readonly unknown[] }[];
  };
}
const read = (text: string): Shown => JSON.parse(text) as Shown;

test('a small step is shown whole', () => {
  const { view } = sceneFrom(...STEP_9);
  expect(briefJson(view)).toBe(stepJson(view));
  expect(read(briefJson(view)).diff.vmas).toMatchObject([{ vm_start: `0x${at(0).toString(16)}`, what: 'flags' }]);
});

test('of long lists the first items are shown, and how many follow', () => {
  const view = stepFrom(parse(`|${'r|r|'.repeat(200)}`), parse(`|${'R|L|'.repeat(200)}`));
  const [shown, whole] = [read(briefJson(view)), read(stepJson(view))];
  const { vmas, extents } = shown.after.processes[0]!;
  expect(whole.after.processes[0]!.vmas).toHaveLength(400);
  expect([vmas.length, vmas[40]]).toEqual([41, 'and 360 more']);
  expect([extents.length, extents[40]]).toEqual([41, 'and 360 more']);
  expect([shown.diff.vmas.length, shown.diff.vmas[40]]).toEqual([41, 'and 160 more']);
});

test('of many processes that of the call and three more are shown', () => {
  const view = stepFrom(withImage('|rr|'), withImage('|rr|'));
  const processes = Array.from({ length: 9 }, (_, i) => ({ ...view.after.processes[0]!, pid: i + 1 }));
  const { after } = read(briefJson({ ...view, pid: 7, after: { ...view.after, processes } }));
  expect(after.processes.map((one) => (typeof one === 'string' ? one : (one as { pid?: number }).pid))).toEqual([
    7,
    1,
    2,
    3,
    'and 5 more',
  ]);
});
