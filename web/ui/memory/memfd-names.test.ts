// On the real core: the numbers of the objects and the names in the text.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileCore, instantiate } from '../../core/boot';
import { Kernel } from '../../core/kernel';
import { defaultSettings } from '../../run/model';
import { maps } from '../../run/procfs';
import { run } from '../../run/run';
import { Timeline } from '../../run/timeline';
import { memfdPaths, memfdsOf } from './memfd-names';

const core = compileCore(readFileSync(new URL('../../../build/core.wasm', import.meta.url)));

/** The memfds in maps after the last step. */
function inMaps(source: string): string[] {
  const kernel = new Kernel(instantiate(core));
  const timeline = new Timeline(kernel);
  const made = run(source, defaultSettings, kernel, timeline.after);
  const { processes, files } = timeline.stateAt(made.steps.length);
  const text = maps(processes[0]!, memfdPaths(memfdsOf(made), made.steps.length, files));
  return [...text.matchAll(/\/memfd:.*/g)].map(([path]) => path);
}

const MAPPED = (fd: string) => `mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, ${fd}, 0);\n`;

test('two memfds have the names that the text gave them, as Linux prints them', () => {
  // Seen: 6.18.44, /proc/self/maps.
  expect(
    inMaps(`int a = memfd_create("keys", 0);\n${MAPPED('a')}int b = memfd_create("log", 0);\n${MAPPED('b')}`),
  ).toEqual(['/memfd:log (deleted)', '/memfd:keys (deleted)']);
});

test('a call that failed made none', () => {
  expect(inMaps(`memfd_create("no", 1 << 30);\nint a = memfd_create("keys", 0);\n${MAPPED('a')}`)).toEqual([
    '/memfd:keys (deleted)',
  ]);
});

test('once one is gone none is named: which one it was cannot be told', () => {
  expect(
    inMaps(`int a = memfd_create("keys", 0);\nint b = memfd_create("log", 0);\nclose(a);\n${MAPPED('b')}`),
  ).toEqual([expect.stringMatching(/^\/memfd:\d+ \(deleted\)$/)]);
});
