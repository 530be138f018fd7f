// Runs on the real core: the first example step by step, and a timeline that comes to every state again.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { instantiate } from '../core/boot';
import { Kernel } from '../core/kernel';
import type { State } from '../core/state';
import { defaultSettings, type Run, type Settings } from './model';
import { run } from './run';
import { viewOf } from './step';
import { Timeline } from './timeline';

const project = resolve(import.meta.dirname, '../..');
const core = new WebAssembly.Module(readFileSync(resolve(project, 'build/core.wasm')));

function start(source: string, budget?: number): { result: Run; timeline: Timeline; kernel: Kernel } {
  const kernel = new Kernel(instantiate(core));
  const timeline = new Timeline(kernel, budget);
  return { result: run(source, defaultSettings, kernel, timeline.after), timeline, kernel };
}

// Recorded on Linux 6.18.44 after each call: a static program, RLIMIT_MEMLOCK 65536, no CAP_IPC_LOCK.
// result, errno, locked_vm, total_vm, rss, map_count, pages from the first name on
const RECORDED = `
0x7ffff7fe7000 0   0 264 173 12 |rrrrrrrrrrrrrrrr|
0              0   0 262 173 13 |rrrrrrrrrr|..|rrrr|
0              0   0 262 174 13 |Rrrrrrrrrr|..|rrrr|
0              0   0 262 175 13 |RRrrrrrrrr|..|rrrr|
0              0   0 262 176 13 |RRRrrrrrrr|..|rrrr|
0              0   0 262 177 13 |RRRRrrrrrr|..|rrrr|
0              0   0 262 177 13 |RRRRZZrrrr|..|rrrr|
0              0   2 262 177 14 |RRRRZZrrrr|..|rr|oo|
-12            12 12 262 177 14 |LLLLZZllll|..|rr|oo|
0              0  11 262 177 16 |LL|R|LZZllll|..|rr|oo|
0              0  13 262 181 15 |LL|R|LZZllll|..|LLLL|
0x7ffff7fdf000 0  13 270 181 16 |rrrrrrrr|LL|R|LZZllll|..|LLLL|
-12            12 13 270 181 16 |rrrrrrrr|LL|R|LZZllll|..|LLLL|
0              0   0 270 181 13 |rrrrrrrrRRRRZZrrrr|..|RRRR|`;

test('the first example does what Linux does, step by step', () => {
  const source = readFileSync(resolve(project, 'examples/01-hole-keeps-what-came-before.c'), 'utf8');
  const { result, timeline } = start(source);
  const { steps } = result;
  const rows = Array.from(steps.result, (value, i) => {
    const shown = value > 4096n ? `0x${value.toString(16)}` : `${value}`;
    const numbers = [steps.errno, steps.locked_vm, steps.total_vm, steps.rss, steps.map_count].map(
      (column) => column[i],
    );
    return [shown, ...numbers, viewOf(result, timeline.moment(i + 1)).drawing].join(' ');
  });
  expect(rows).toEqual(
    RECORDED.trim()
      .split('\n')
      .map((row) => row.replace(/ +/g, ' ')),
  );
  expect(result.outcome).toEqual({ kind: 'end' });
  expect(result.outputs).toEqual([{ step: 9, pid: 1, text: '12 pages locked\n' }]);
  expect([...steps.limit]).toEqual(Array(14).fill(16));
  expect([...steps.not_atomic]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]);
  expect([...steps.asked]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0, 21, 0]);
  expect(result.names.map(({ name, step }) => [name, step])).toEqual([
    ['buf', 1],
    ['more', 12],
  ]);
});

/** Time is no judge here: the machine may be busy. */
const patient: Settings = { ...defaultSettings, max_ms: 60_000 };

const BUSY = `
char *p = mmap(NULL, 64 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
for (int i = 0; i < 300; i++) {
  mlock(p + i * 7 % 64 * PAGE_SIZE, PAGE_SIZE);
  munlock(p + i * 5 % 64 * PAGE_SIZE, 2 * PAGE_SIZE);
  if (i % 50 == 10 && fork() == 0) { touch_write(p, 3 * PAGE_SIZE); exit(i); }
}`;

test.each([
  ['all snapshots', undefined],
  ['two or three', 400_000],
  ['only the first', 1],
])('every state is found again with %s', (_name, budget) => {
  const seen: State[] = [];
  const kernel = new Kernel(instantiate(core));
  const timeline = new Timeline(kernel, budget);
  const result = run(BUSY, patient, kernel, (step) => {
    timeline.after(step);
    seen.push(kernel.state());
  });
  expect(result.outcome).toEqual({ kind: 'end' });
  expect(seen).toHaveLength(result.steps.length + 1);
  expect(timeline.length).toBe(result.steps.length);
  for (const step of [600, 0, 1, 255, 256, 256, 257, 333, 512, 511, 2, seen.length - 1]) {
    expect(timeline.stateAt(step)).toEqual(seen[step]);
    expect(kernel.verify()).toBe(0);
  }
});

test('a moment has the call, its events and the states around it', () => {
  const { timeline } = start('char *p = mmap(NULL, 8192, 3, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);\nmlock(p, 4096);');
  const { call, events, before, after, step } = timeline.moment(2);
  expect({ step, nr: call?.nr, len: call?.args[1], result: call?.result }).toEqual({
    step: 2,
    nr: 149,
    len: 4096n,
    result: 0n,
  });
  expect(events.length).toBeGreaterThan(0);
  expect(before.processes[0]!.counters.locked_vm).toBe(0);
  expect(after.processes[0]!.counters.locked_vm).toBe(1);
  expect(timeline.moment(0)).toMatchObject({ step: 0, call: null, events: [] });
});

test('one machine does run after run', () => {
  const { kernel, timeline } = start(BUSY);
  const again = run('munlockall();', defaultSettings, kernel, timeline.after);
  expect(again.steps.length).toBe(1);
  expect(timeline.length).toBe(1);
  expect(timeline.stateAt(1)).toEqual(timeline.stateAt(0));
});

test('counters are those of the process that asks', () => {
  const { result } = start(`
    char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    mlock(p, 3 * PAGE_SIZE);
    if (fork() == 0) { assert(locked_vm() == 0); mlock(p, PAGE_SIZE); assert(locked_vm() == 1); exit(0); }
    assert(locked_vm() == 3);`);
  expect(result.outcome).toEqual({ kind: 'end' });
});

test('mincore sees what is present', () => {
  const { result } = start(`
    char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    touch_write(p + PAGE_SIZE, 1);
    unsigned char vec[4];
    mincore(p, 4 * PAGE_SIZE, vec);
    printf("%d%d%d%d", vec[0] & 1, vec[1] & 1, vec[2] & 1, vec[3] & 1);`);
  expect(result.outputs.map(({ text }) => text)).toEqual(['0100']);
});

test('an imported address space is what the run starts from', () => {
  const { result, timeline } = start(`
#pragma map 00400000-00401000 r-xp 00000000 00:00 0
#pragma map 00600000-00604000 rw-p 00000000 00:00 0 [heap] VmFlags: rd wr mr mw me lo ac
    assert(map_count() == 2 && locked_vm() == 4 && total_vm() == 5);
    assert(sbrk(0) == (void *)0x604000);
    munlockall();
    assert(locked_vm() == 0);`);
  expect(result.outcome).toEqual({ kind: 'end' });
  expect(timeline.stateAt(0).processes[0]!.vmas.map(({ vm_start }) => vm_start)).toEqual([0x400000n, 0x600000n]);
});

test('the same text gives the same run', () => {
  const { ms: _first, ...one } = start(BUSY).result;
  const { ms: _second, ...two } = start(BUSY).result;
  expect(one).toEqual(two);
});

test('who looks at page flags settles the batches, and a state that is found again knows it', () => {
  const source = `
#pragma batches on
    char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    touch_write(p, PAGE_SIZE);
    assert(page_flags(p) & 1UL << KPF_LRU);
    mprotect(p + 3 * PAGE_SIZE, PAGE_SIZE, PROT_READ);`;
  const seen: State[] = [];
  const kernel = new Kernel(instantiate(core));
  const timeline = new Timeline(kernel);
  const { outcome } = run(source, defaultSettings, kernel, (step) => {
    timeline.after(step);
    seen.push(kernel.state());
  });
  expect(outcome).toEqual({ kind: 'end' });
  for (const [step, state] of seen.entries()) expect(timeline.stateAt(step)).toEqual(state);
});
