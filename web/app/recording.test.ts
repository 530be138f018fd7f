import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { recordAll } from './record';
import { readRecording } from './recording';

const root = resolve(import.meta.dirname, '../..');
const core = readFileSync(resolve(root, 'build/core.wasm'));
const example = readFileSync(resolve(root, 'examples/01-hole-keeps-what-came-before.c'), 'utf8');

test('a recorded example is read as the worker would have answered', () => {
  const { run, view, texts } = readRecording(recordAll(core, [example])[example]!);
  expect([run.source, run.outcome.kind, run.steps.length]).toEqual([example, 'end', 14]);
  expect(run.steps.result[8]).toBe(-12n);
  expect(run.steps.limit[0]).toBe(16);
  expect([view.step, view.why.result, view.drawing]).toEqual([9, '-1 ENOMEM', '|LLLLZZllll|..|rr|oo|']);
  expect(view.after.processes[0]!.vmas.at(-1)?.vm_end).toBe(0x7ffffffff000n);
  expect(texts[8]).toMatchObject({ step: 9, call: 'mlock(buf, 65536)' });
});

test('a text whose state is too large to be carried along is left out', () => {
  const large = 'for (int i = 0; i < 3000; i++) mmap(NULL, 4096, i % 2 ? PROT_READ : PROT_NONE, 0x22, -1, 0);';
  expect(Object.keys(recordAll(core, [large, 'munlockall();']))).toEqual(['munlockall();']);
});
