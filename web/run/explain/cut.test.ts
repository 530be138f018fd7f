// Calls that do more than their events have room for, on the real core.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { compileCore, instantiate } from '../../core/boot';
import { Kernel } from '../../core/kernel';
import { defaultSettings } from '../model';
import { run } from '../run';
import { viewOf } from '../step';
import { Timeline } from '../timeline';

const root = resolve(import.meta.dirname, '../../..');
const kernel = new Kernel(instantiate(compileCore(readFileSync(resolve(root, 'build/core.wasm')))));
const source = `#pragma rlimit RLIMIT_MEMLOCK RLIM_INFINITY
char *p = mmap(NULL, 9000 * PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
for (int i = 0; i < 4500; i++) mprotect(p + 2 * i * PAGE_SIZE, PAGE_SIZE, PROT_NONE);
mlockall(MCL_CURRENT);
munlockall();
`;

test('what is said counts all VMAs, not only those that have events', () => {
  const timeline = new Timeline(kernel);
  const made = run(source, defaultSettings, kernel, timeline.after);
  const views = [4502, 4503].map((step) => viewOf(made, timeline.moment(step)));
  const locked = views[0]!.diff.locked_vm;
  expect(locked).toBeGreaterThan(9000);
  const pages = locked.toLocaleString('en');
  const words = views.map(({ why }) => `${why.sentence} ${why.effects.join(' ')}`.replaceAll(',', ''));
  const plain = pages.replaceAll(',', '');
  const vmas = views.map(({ diff }) => diff.vmas.length);
  expect(words[0]).toContain(`${plain} pages in ${vmas[0]} VMAs are locked.`);
  expect(words[0]).toContain(`lo on ${vmas[0]} VMAs`);
  expect(words[1]).toContain(`${plain} pages in ${vmas[1]} VMAs are unlocked.`);
  expect(words[1]).toContain(`lo off ${vmas[1]} VMAs`);
});
