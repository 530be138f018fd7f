// Every check that any example shows has its rule in words.
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { compileCore, instantiate } from '../../core/boot';
import { Kernel } from '../../core/kernel';
import { defaultSettings } from '../model';
import { run } from '../run';
import { viewOf } from '../step';
import { Timeline } from '../timeline';
import { ruleOf } from './rules';

const root = resolve(import.meta.dirname, '../../..');
const kernel = new Kernel(instantiate(compileCore(readFileSync(resolve(root, 'build/core.wasm')))));

const examples = readdirSync(resolve(root, 'examples')).filter((file) => file.endsWith('.c'));

/** Steps that are looked at of each example. */
const MOST = 40;

test.each(examples)('every check of %s has a rule', (name) => {
  const timeline = new Timeline(kernel);
  const made = run(readFileSync(resolve(root, 'examples', name), 'utf8'), defaultSettings, kernel, timeline.after);
  const steps = Array.from({ length: Math.min(timeline.length, MOST) }, (_, i) => i + 1);
  const names = new Set(steps.flatMap((step) => viewOf(made, timeline.moment(step)).why.checks.map((one) => one.name)));
  expect([...names].filter((one) => ruleOf(one) === null)).toEqual([]);
});
