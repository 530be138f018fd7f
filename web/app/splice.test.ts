import { expect, test } from 'vitest';
import { runOf } from './steps.test-data';
import { spliceRuns } from './splice';

const good = runOf('mmap(8);\nmlock(p);\nmunlock(p);\n', [
  { call: 'mmap(8)' },
  { call: 'mlock(p)', locked: 8 },
  { call: 'munlock(p)' },
]);
const place = { from: 0, to: 1, line: 3, column: 1 };
const stopped = { outcome: { kind: 'error', place, message: '' } } as const;

test('a run without an error stands for itself', () => {
  expect(spliceRuns(good, null)).toEqual({ run: good, live: 3 });
});

test('after an error the rest of the last good run follows, moved with its text', () => {
  const source = 'mmap(8);\n\nmlock(p;\nmunlock(p);\n';
  const { run, live } = spliceRuns(runOf(source, [{ call: 'mmap(8)' }], stopped), good);
  expect(live).toBe(1);
  expect(run.steps.length).toBe(3);
  expect([...run.steps.line]).toEqual([1, 2, 4]); // the call itself was edited: it stays where it was
  expect(source.slice(run.steps.from[2], run.steps.to[2])).toBe('munlock(p)');
  expect([...run.steps.locked_vm]).toEqual([0, 8, 0]);
});

test('a call that was written over has no place any more; one that is being written keeps its own', () => {
  const asserts = ['mmap(8)', 'munlock(p)'].map((text) => {
    const from = good.source.indexOf(text);
    return { place: { from, to: from + text.length, line: 1, column: 1 }, step: 3, ok: true, detail: '', count: 1 };
  });
  const places = (source: string) => {
    const { run } = spliceRuns(runOf(source, [], stopped), { ...good, asserts });
    const texts = [...run.steps.from].map((from, i) => `${run.steps.line[i]} ${source.slice(from, run.steps.to[i])}`);
    return [...texts, ...run.asserts.map(({ place }) => source.slice(place.from, place.to))];
  };
  expect(places('int r =;\nwhile (r) brk(0);\n')).toEqual(['0 ', '0 ', '0 ']);
  expect(places('mmap(8);\nmlock(p + ;\nmunlock(p);\n')).toEqual([
    '1 mmap(8)',
    '2 mlock(p + ',
    '3 munlock(p)',
    'mmap(8)',
    'munlock(p)',
  ]);
});

test('an error in the very first text has nothing to lean on', () => {
  const run = runOf('mlock(', [], stopped);
  expect(spliceRuns(run, null)).toEqual({ run, live: 0 });
});

test('printed lines of the live part come from it, later ones from the good run', () => {
  const printed = (step: number, text: string) => ({ step, pid: 0, text });
  const old = { ...good, outputs: [printed(1, 'old 1'), printed(3, 'old 3')] };
  const now = runOf('mmap(8);\nmlock(', [{ call: 'mmap(8)' }], { ...stopped, outputs: [printed(1, 'new 1')] });
  expect(spliceRuns(now, old).run.outputs.map(({ text }) => text)).toEqual(['new 1', 'old 3']);
});
