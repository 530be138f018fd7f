// The explanations on the real core: the first example step by step, then every step of every example.
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { compileCore, instantiate } from '../core/boot';
import { Kernel } from '../core/kernel';
import { defaultSettings, type Run, type StepView } from './model';
import { rows } from './notation-step';
import { smaps, statusMemory } from './procfs';
import { run } from './run';
import { viewOf } from './step';
import { Timeline } from './timeline';
import { changeList } from './vma-changes';

const root = resolve(import.meta.dirname, '../..');
const kernel = new Kernel(instantiate(compileCore(readFileSync(resolve(root, 'build/core.wasm')))));

function viewsOf(name: string, most: number): { made: Run; views: StepView[] } {
  const source = readFileSync(resolve(root, 'examples', name), 'utf8');
  const timeline = new Timeline(kernel);
  const made = run(source, defaultSettings, timeline.kernel, timeline.after);
  const steps = Array.from({ length: Math.min(most, timeline.length) + 1 }, (_, step) => step);
  return { made, views: steps.map((step) => viewOf(made, timeline.moment(step))) };
}

describe('a hole does not undo what came before it', () => {
  let views: StepView[] = [];
  let source = '';
  beforeAll(() => {
    const ran = viewsOf('01-hole-keeps-what-came-before.c', 14);
    views = ran.views;
    source = ran.made.source;
  });
  const counters = (k: number): number[] => {
    const { locked_vm, total_vm, rss_anon, rss_file, map_count } = views[k]!.after.processes[0]!.counters;
    return [locked_vm, total_vm, rss_anon + rss_file, map_count];
  };

  // Recorded on Linux 6.18.44.
  test.each<[number, string, number[], string]>([
    [1, '0x7ffff7fe7000', [0, 264, 173, 12], '|rrrrrrrrrrrrrrrr|'],
    [2, '0', [0, 262, 173, 13], '|rrrrrrrrrr|..|rrrr|'],
    [3, '0', [0, 262, 174, 13], '|Rrrrrrrrrr|..|rrrr|'],
    [6, '0', [0, 262, 177, 13], '|RRRRrrrrrr|..|rrrr|'],
    [7, '0', [0, 262, 177, 13], '|RRRRZZrrrr|..|rrrr|'],
    [8, '0', [2, 262, 177, 14], '|RRRRZZrrrr|..|rr|oo|'],
    [9, '-1 ENOMEM', [12, 262, 177, 14], '|LLLLZZllll|..|rr|oo|'],
    [10, '0', [11, 262, 177, 16], '|LL|R|LZZllll|..|rr|oo|'],
    [11, '0', [13, 262, 181, 15], '|LL|R|LZZllll|..|LLLL|'],
    [12, '0x7ffff7fdf000', [13, 270, 181, 16], '|rrrrrrrr|LL|R|LZZllll|..|LLLL|'],
    [13, '-1 ENOMEM', [13, 270, 181, 16], '|rrrrrrrr|LL|R|LZZllll|..|LLLL|'],
    [14, '0', [0, 270, 181, 13], '|rrrrrrrrRRRRZZrrrr|..|RRRR|'],
  ])('step %i: %s', (k, result, numbers, drawing) => {
    expect(views[k]!.why.result).toBe(result);
    expect(counters(k)).toEqual(numbers);
    expect(views[k]!.drawing).toBe(drawing);
  });

  test('step 9 gives the rows of the picture', () => {
    const { why, range, diff } = views[9]!;
    expect(rows(why)).toEqual([
      '✓ may lock at all | RLIMIT_MEMLOCK 65536 B is not 0 | EPERM',
      '✓ fits the limit | 16 + 2 locked − 2 in range = 16 ≤ 16 | ENOMEM',
      '✓ end does not wrap | …fe7000 + 0x10000 = …ff7000 | EINVAL',
      '✓ mlock_fixup [0,10) | +VM_LOCKED, whole VMA, no split | ',
      '✕ VMA at page 10 | none: the next one starts at page 12 | ENOMEM',
      '– mlock_fixup [12,16) | not reached | ',
      '– populate | not reached: pages 6–9 stay absent | ',
    ]);
    expect(why.sentence).toBe('Page 10 of the range is not mapped. The 10 pages before it stay locked.');
    expect(why.effects.join(' ')).toBe(
      'Kept although it failed: locked_vm 2 → 12, lo on 1 VMA, 4 pages PG_mlocked. Nothing is rolled back.',
    );
    expect([why.call, why.not_atomic]).toEqual(['mlock(buf, 65536)', true]);
    expect(range).toMatchObject({ note: 'applied to 10 pages', rest: 'hole at page 10: 6 not reached' });
    expect([range!.stopped - range!.start, range!.end - range!.start]).toEqual([40960n, 65536n]);
    expect(diff.pages).toEqual([[range!.start, 4]]);
    expect(changeList(diff.vmas).map(({ what, added }) => [what, added])).toEqual([['flags', 0x2000n]]);
  });

  test('the failures offer their fixes', () => {
    const edits = (k: number): string[] => views[k]!.why.fixes.map(({ title, insert }) => `${title}: ${insert}`);
    expect(edits(9)).toEqual([
      'Lock the 2 parts: (mlock(buf, 10 * PAGE_SIZE) | mlock(buf + 12 * PAGE_SIZE, 4 * PAGE_SIZE))',
      'Map the hole: mmap(buf + 10 * PAGE_SIZE, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);\n',
    ]);
    expect(edits(13)).toEqual([
      'Lock 3 pages: 3 * PAGE_SIZE',
      'cap_raise: cap_raise(CAP_IPC_LOCK);\n',
      'Limit 86016: 86016',
    ]);
    const [, , limit] = views[13]!.why.fixes;
    expect(source.slice(limit!.from - 30, limit!.to)).toBe('#pragma rlimit RLIMIT_MEMLOCK 65536'.slice(-35));
  });

  test('what the steps say', () => {
    const said = views.map(({ step, why }) => `${step} ${why.sentence} ${why.effects.join(' ')}`.trim());
    expect(said.join('\n')).toMatchInlineSnapshot(`
      "0 The process has started. Nothing was called yet.
      1 16 pages are mapped at 0x7ffff7fe7000. None of it is in memory yet. Now: total_vm 248 → 264, map_count 11 → 12.
      2 2 pages are unmapped. The VMA around them is split. Now: total_vm 264 → 262, map_count 12 → 13.
      3 1 new page came in. Now: rss 173 → 174.
      4 1 new page came in. Now: rss 174 → 175.
      5 1 new page came in. Now: rss 175 → 176.
      6 1 new page came in. Now: rss 176 → 177.
      7 2 zero pages came in. Now: 2 zero pages.
      8 2 pages are locked on fault. What is absent comes in, pinned, at its first touch. Now: locked_vm 0 → 2, lo on 1 VMA, lf on 1 VMA, map_count 13 → 14.
      9 Page 10 of the range is not mapped. The 10 pages before it stay locked. Kept although it failed: locked_vm 2 → 12, lo on 1 VMA, 4 pages PG_mlocked. Nothing is rolled back.
      10 1 page is unlocked. Unlocking a middle page splits its VMA in three. Now: locked_vm 12 → 11, lo off 1 VMA, 1 page no longer PG_mlocked, map_count 14 → 16.
      11 4 pages are locked. Populate brought 4 new pages. Now: locked_vm 11 → 13, lo on 1 VMA, lf off 1 VMA, 4 pages PG_mlocked, map_count 16 → 15, rss 177 → 181.
      12 8 pages are mapped at 0x7ffff7fdf000. None of it is in memory yet. Now: total_vm 262 → 270, map_count 15 → 16.
      13 8 more pages would make 21 locked; RLIMIT_MEMLOCK allows 16. Nothing changed. The limit is checked before any VMA is touched.
      14 13 pages in 3 VMAs are unlocked. Now: locked_vm 13 → 0, lo off 3 VMAs, 7 pages no longer PG_mlocked, map_count 16 → 13."
    `);
  });

  test('munlockall folds what is alike', () => {
    expect(rows(views[14]!.why)).toMatchInlineSnapshot(`
      [
        "✓ privilege, limit | munlockall asks for neither | ",
        "✓ mlock_fixup ×13 | no VM_LOCKED to clear, 267 pages | ",
        "✓ merge ×3 | map_count now 13 | ",
        "✓ mlock_fixup ×3 | −VM_LOCKED, 13 pages | ",
        "✓ munlock ×3 | mlock_count 1 → 0, inactive list, 7 pages | ",
      ]
    `);
  });

  test('step 9 in /proc', () => {
    const [process] = views[9]!.after.processes;
    const text = statusMemory(process!);
    const lines = ['VmSize:\t    1048 kB', 'VmLck:\t      48 kB', 'VmRSS:\t     708 kB', 'VmStk:\t     132 kB'];
    for (const line of lines) expect(text).toContain(`${line}\n`);
    expect(smaps(process!)).toContain('VmFlags: rd wr mr mw me lo lf ac \n');
  });

  test('the start image is step 0', () => {
    expect(views[0]).toMatchObject({ step: 0, range: null, drawing: '', events: [] });
  });
});

describe('every step of every example', () => {
  const names = readdirSync(resolve(root, 'examples')).filter((name) => name.endsWith('.c'));

  test.each(names)('%s', (name) => {
    for (const { step, why, range, drawing } of viewsOf(name, 60).views) {
      const texts = [why.call, why.result, why.sentence, drawing, ...rows(why), ...why.effects];
      const all = [...texts, range?.note ?? '', range?.rest ?? ''].join('\n');
      expect(all, `step ${step}`).not.toMatch(
        /undefined|NaN|\bcheck \d|page -|\[-|call \d+\(|gave E|errno \d|cause \d/,
      );
      if (step > 0) expect(why.sentence, `step ${step}`).toMatch(/\.$/);
      if (why.failed && !why.result.startsWith('SIG')) {
        expect(
          why.checks.some(({ status }) => status === 'failed'),
          `step ${step}: ${why.call}`,
        ).toBe(true);
      }
      if (range) expect(range.start <= range.stopped && range.stopped <= range.end, `step ${step}`).toBe(true);
    }
  });
});
