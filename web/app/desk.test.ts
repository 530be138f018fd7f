import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { compileCore, instantiate } from '../core/boot';
import { Kernel } from '../core/kernel';
import { defaultSettings, type Fix } from '../run/model';
import { createDesk, type Bounds } from './desk';
import type { Showing } from './protocol';
import * as views from './views';

const root = resolve(import.meta.dirname, '../..');
const core = compileCore(readFileSync(resolve(root, 'build/core.wasm')));
const example = readFileSync(resolve(root, 'examples/01-hole-keeps-what-came-before.c'), 'utf8');

const OPENED: Showing = {
  runs: { newest: 0, good: 0 },
  wished: null,
  editedLine: null,
  step: null,
  against: null,
  rows: [],
};

function open(bounds?: Bounds) {
  let booted = 0;
  const boot = () => {
    booted++;
    return new Kernel(instantiate(core));
  };
  const desk = createDesk(boot, () => views, bounds);
  const run = (id: number, source: string, showing: Partial<Showing> = {}) => {
    const runs = { newest: id - 1, good: id - 1 };
    const answer = desk({
      ...{ kind: 'run', id, source, settings: defaultSettings },
      showing: { ...OPENED, runs, ...showing },
    });
    if (answer?.kind !== 'run') throw new Error(answer?.kind ?? 'beyond');
    return answer;
  };
  return {
    booted: () => booted,
    run: (id: number, source: string) => run(id, source).run,
    answer: run,
    view(id: number, step: number) {
      const answer = desk({ kind: 'view', id, step, against: null });
      return answer?.kind === 'view' ? answer.view : null;
    },
    try(id: number, step: number, fix: Fix) {
      const answer = desk({ kind: 'try', id, step, fix });
      return answer?.kind === 'try' ? answer.trial : null;
    },
    texts(id: number, steps: number[]) {
      const answer = desk({ kind: 'texts', id, steps, quiet: false });
      return answer?.kind === 'texts' ? answer.texts : null;
    },
  };
}

test('steps of a run can be looked at in any order', () => {
  const desk = open();
  expect(desk.run(1, example).steps.length).toBe(14);
  expect(desk.view(1, 9)?.drawing).toBe('|LLLLZZllll|..|rr|oo|');
  expect(desk.view(1, 2)?.drawing).toBe('|rrrrrrrrrr|..|rrrr|');
  expect(desk.view(1, 9)?.why.not_atomic).toBe(true);
  expect(desk.texts(1, [13, 9])).toEqual([
    { step: 13, call: 'mlock(more, 32768)', result: '-1 ENOMEM', drawing: '|rrrrrrrr|LL|R|LZZllll|..|LLLL|' },
    { step: 9, call: 'mlock(buf, 65536)', result: '-1 ENOMEM', drawing: '|LLLLZZllll|..|rr|oo|' },
  ]);
});

test('the last good run outlives texts with errors, and two machines serve all of them', () => {
  const desk = open();
  desk.run(1, example);
  for (const id of [2, 3, 4]) {
    expect(desk.run(id, example.replace('munlockall()', 'munlockall(')).outcome.kind).toBe('error');
    expect(desk.view(id, 9)?.drawing).toBe('|LLLLZZllll|..|rr|oo|');
    expect(desk.view(1, 14)?.drawing).toBe('|rrrrrrrrRRRRZZrrrr|..|RRRR|');
  }
  for (const id of [5, 6, 7]) desk.run(id, example);
  expect(desk.view(1, 9)).toBeNull();
  expect(desk.view(7, 9)?.drawing).toBe('|LLLLZZllll|..|rr|oo|');
  expect(desk.booted()).toBe(2);
});

test('a step beyond the end is the last one; texts of none are none', () => {
  const desk = open();
  desk.run(1, 'munlockall();');
  expect(desk.view(1, 99)?.step).toBe(1);
  expect(desk.view(1, 0)?.step).toBe(0);
  expect(desk.texts(1, [1, 2])?.map(({ step }) => step)).toEqual([1]);
  expect(desk.texts(8, [1])).toBeNull();
});

test('a fix is tried beside the run: what its call answers, and which asserts change', () => {
  const desk = open();
  desk.run(1, example);
  const title = 'edit';
  const at = example.indexOf('rlimit RLIMIT_MEMLOCK 65536') + 'rlimit RLIMIT_MEMLOCK '.length;
  const limit = { title, from: at, to: at + 5, insert: '86016' };
  expect(desk.try(1, 13, limit)).toEqual({ results: [''], broken: [], mended: [] });
  const fill = example.indexOf('int r = mlock(buf');
  const map = 'mmap(buf + 10 * PAGE_SIZE, 2 * PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);\n';
  const trial = desk.try(1, 9, { title, from: fill, to: fill, insert: map })!;
  expect(trial.results).toEqual(['']);
  expect(trial.broken).toMatchObject([{ line: 14, detail: 'r is 0, -1 expected' }]);
  expect(desk.view(1, 9)?.drawing).toBe('|LLLLZZllll|..|rr|oo|'); // the run is what it was
  const still = desk.try(1, 13, { ...limit, insert: '65536' })!;
  expect(still.results).toEqual(['ENOMEM']);
  desk.run(2, `${example}\nmlock(`);
  expect(desk.try(1, 13, limit)).toBeNull(); // both machines are in use
});

test('a run comes with the view and the rows that the page will show', () => {
  const desk = open();
  const opened = desk.answer(1, example, { rows: [9, 99] });
  expect(opened.view).toEqual(desk.view(1, 9)); // where it failed first
  expect(opened.texts).toEqual(desk.texts(1, [9]));
  expect(desk.answer(2, example, { wished: 2 }).view).toEqual(desk.view(2, 2));
  const moved = desk.answer(3, `// a line\n${example}`, { step: 2, against: 1 });
  expect([moved.view?.step, moved.view?.against]).toEqual([2, 1]);
  const broken = desk.answer(4, example.replace('munlockall()', 'munlockall('), { step: 14, rows: [2, 14] });
  expect(broken.run.steps.length).toBeLessThan(14);
  expect(broken.view).toEqual(desk.view(3, 14)); // of the last good run
  expect(broken.texts.map(({ step }) => step)).toEqual([2, 14]);
});

test('where the page shows runs of another desk, it is left to ask', () => {
  const desk = open();
  desk.run(1, example);
  const elsewhere = desk.answer(3, `// a line\n${example}`, { step: 2, runs: { newest: 2, good: 2 } });
  expect(elsewhere.view).not.toEqual(desk.view(3, 2)); // which step that is only the other desk could tell
  const broken = desk.answer(5, example.replace('munlockall()', 'munlockall('), {
    ...{ step: 14, rows: [2, 14], runs: { newest: 3, good: 4 } },
  });
  expect(broken.texts.map(({ step }) => step)).toEqual([2]); // the last good run is elsewhere
});

test('what is beyond the bounds is refused, and the last good run is still there', () => {
  const vmas = (n: number) => `for (int i = 0; i < ${n}; i++)
    mmap((void *)0x10000000 + 2 * i * PAGE_SIZE, PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);`;
  const desk = open({ source: 2_000, ms: 200, steps: 70, vmas: 50 });
  desk.run(1, vmas(20));
  expect(() => desk.run(2, vmas(60))).toThrow('beyond');
  expect(() => desk.run(3, `munlockall();${' '.repeat(2_000)}`)).toThrow('beyond');
  expect(() => desk.run(4, 'for (;;);')).toThrow('beyond');
  expect(() => desk.run(4, 'for (int i = 0; i < 71; i++) munlockall();')).toThrow('beyond');
  expect(desk.view(1, 20)?.after.processes[0]!.vmas.length).toBeGreaterThan(20);
  expect(desk.run(5, 'munlockall();')).toMatchObject({ outcome: { kind: 'end' }, settings: defaultSettings });
  expect(desk.booted()).toBe(2);
});
