// The scenario of a first visit, with the counters that a real kernel had after each call.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultSettings } from '../run/model';
import { run } from '../run/run';
import { projectFolder } from './folder';
import { nodeKernel } from './machine';

// Seen: 6.18.44, a static program, no randomisation. [errno, locked_vm, total_vm, rss, map_count]
const RECORDED = [
  [0, 0, 264, 173, 12],
  [0, 0, 262, 173, 13],
  [0, 0, 262, 174, 13],
  [0, 0, 262, 175, 13],
  [0, 0, 262, 176, 13],
  [0, 0, 262, 177, 13],
  [0, 0, 262, 177, 13],
  [0, 2, 262, 177, 14],
  [12, 12, 262, 177, 14],
  [0, 11, 262, 177, 16],
  [0, 13, 262, 181, 15],
  [0, 13, 270, 181, 16],
  [12, 13, 270, 181, 16],
  [0, 0, 270, 181, 13],
];

test('a hole keeps what came before it, step by step as recorded', () => {
  const source = readFileSync(join(projectFolder(), 'examples/01-hole-keeps-what-came-before.c'), 'utf8');
  const { outcome, outputs, steps } = run(source, defaultSettings, nodeKernel());
  expect(outcome).toEqual({ kind: 'end' });
  expect(outputs.map(({ text }) => text).join('')).toBe('12 pages locked\n');
  const columns = [steps.errno, steps.locked_vm, steps.total_vm, steps.rss, steps.map_count];
  expect(RECORDED.map((_, i) => columns.map((column) => column[i]))).toEqual(RECORDED);
  expect(steps.length).toBe(RECORDED.length);
  expect(steps.result[0]).toBe(0x7ffff7fe7000n);
  expect(steps.result[11]).toBe(0x7ffff7fdf000n);
});
