// Every fix that is offered in the examples, made and run: the call that failed then succeeds.
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compileCore, instantiate } from '../../core/boot';
import { Kernel } from '../../core/kernel';
import { defaultSettings, type Fix, type Run } from '../model';
import { run } from '../run';
import { viewOf } from '../step';
import { Timeline } from '../timeline';

const root = resolve(import.meta.dirname, '../../..');
const kernel = new Kernel(instantiate(compileCore(readFileSync(resolve(root, 'build/core.wasm')))));
const examples = readdirSync(resolve(root, 'examples')).filter((name) => name.endsWith('.c'));

interface Offer {
  readonly step: number;
  readonly fix: Fix;
}

/** The fixes of all failed steps of a scenario; of a call in a loop those of its first failure. */
function offers(source: string): { made: Run; found: Offer[] } {
  const timeline = new Timeline(kernel);
  const made = run(source, defaultSettings, timeline.kernel, timeline.after);
  const found: Offer[] = [];
  const seen = new Set<number>();
  for (let step = 1; step <= Math.min(timeline.length, 200); step++) {
    if (made.steps.errno[step - 1] === 0 || seen.has(made.steps.from[step - 1]!)) continue;
    seen.add(made.steps.from[step - 1]!);
    const { why } = viewOf(made, timeline.moment(step));
    found.push(...why.fixes.map((fix) => ({ step, fix })));
  }
  return { made, found };
}

/** How the calls at the place of `step` end after the edit: their errno, in the order of the run. */
function outcomeAfter({ made, step, fix }: { made: Run; step: number; fix: Fix }): number[] | 'stopped before' {
  const edited = made.source.slice(0, fix.from) + fix.insert + made.source.slice(fix.to);
  const again = run(edited, defaultSettings, kernel);
  const from = made.steps.from[step - 1]!;
  const to = made.steps.to[step - 1]!;
  const moved = fix.insert.length - (fix.to - fix.from);
  const first = fix.to <= from ? from + moved : Math.min(from, fix.from);
  const last = fix.from >= to ? to : to + moved;
  const own: number[] = [];
  const calls = again.steps;
  for (let k = 0; k < calls.length; k++) {
    const inside = calls.from[k]! >= first && calls.to[k]! <= last;
    if (inside && calls.nr[k] === made.steps.nr[step - 1]) own.push(calls.errno[k]!);
  }
  // An assert that expects the failure of an earlier call stands in the way of a pragma.
  const { outcome } = again;
  const stopped = outcome.kind === 'assert' && outcome.place.from < first && fix.insert.startsWith('#pragma');
  const edits = /^\d/.test(fix.insert) && outcome.kind === 'assert';
  return own.length === 0 && (stopped || edits) ? 'stopped before' : own;
}

describe.each(examples)('%s', (name) => {
  test('every fix does what it says', () => {
    const { made, found } = offers(readFileSync(resolve(root, 'examples', name), 'utf8'));
    for (const { step, fix } of found) {
      const ended = outcomeAfter({ made, step, fix });
      const what = `step ${step}, line ${made.steps.line[step - 1]}: ${fix.title}: ${JSON.stringify(fix.insert)}`;
      if (ended === 'stopped before') continue;
      expect.soft(new Set(ended), what).toEqual(new Set([0]));
    }
  });
});
