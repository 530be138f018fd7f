import { expect, test } from 'vitest';
import { ENOMEM } from '../../../assembly/abi/errno';
import { P_touch_write, SYS_mlock, SYS_mmap } from '../../../assembly/abi/sysno';
import type { Shown } from '../../app/splice';
import { runOf } from '../../app/steps.test-data';
import { chosenInlays, marksOf, squigglesOf } from './marks';

const source = 'p = mmap(NULL,\n  8); // eight\nfor (;;) touch(p);\nif (mlock(p)) munlock(p);\nassert(x);\n';
const run = runOf(
  source,
  [
    { call: 'mmap(NULL,\n  8)', nr: SYS_mmap, result: 0x7ffff7fe7000n },
    { call: 'touch(p)', nr: P_touch_write },
    { call: 'touch(p)', nr: P_touch_write },
    { call: 'mlock(p)', nr: SYS_mlock, errno: ENOMEM, locked: 3 },
    { call: 'munlock(p)', locked: 0 },
  ],
  {
    asserts: [
      {
        place: { from: source.indexOf('assert'), to: source.indexOf('assert') + 9, line: 5, column: 1 },
        step: 5,
        ok: false,
        detail: '3 is not 4',
        count: 1,
      },
    ],
  },
);

/** The text with the inlays written into it. */
function draw(shown: Shown, short = false): string[] {
  const { inlays } = marksOf(shown, short);
  return [...inlays]
    .sort((a, b) => b.at - a.at)
    .reduce(
      (text, { at, text: inlay, change }) => `${text.slice(0, at)} {${inlay}${change}}${text.slice(at)}`,
      shown.run.source,
    )
    .split('\n');
}

test('results stand after the line, or after the call where a line has several', () => {
  expect(draw({ run, live: 5 })).toEqual([
    'p = mmap(NULL,',
    '  8); // eight {-> 0x7ffff7fe7000}',
    'for (;;) touch(p); {-> 0 ×2}',
    'if (mlock(p) {-> -1 ENOMEM+3}) munlock(p) {-> 0−3};',
    'assert(x); {✕ 3 is not 4}',
    '',
  ]);
  expect(draw({ run, live: 5 }, true)[1]).toBe('  8); // eight {-> …fe7000}');
});

test('the margin marks lines; a failure hides a success', () => {
  expect(marksOf({ run, live: 5 }, false).lines).toEqual([
    { line: 2, look: 'ok' },
    { line: 3, look: 'ok' },
    { line: 4, look: 'failed' },
    { line: 5, look: 'failed' },
  ]);
});

test('diagnostics are wavy lines, of one character at least', () => {
  const at = source.indexOf('mlock');
  const place = { from: at, to: at, line: 4, column: 5 };
  const failed = { severity: 'warning', code: 'call-failed', place, message: 'mlock failed: `ENOMEM`.' } as const;
  expect(squigglesOf({ ...run, diagnostics: [failed] })).toEqual([
    { from: at, to: at + 1, severity: 'warning', message: 'mlock failed: ENOMEM.', code: 'call-failed' },
  ]);
});

test('what belongs to the last good run is stale', () => {
  const { inlays } = marksOf({ run, live: 2 }, false);
  expect(inlays.map(({ look }) => look)).toEqual(['plain', 'plain', 'stale', 'stale', 'stale']);
});

test('a step whose call was written over has no mark', () => {
  const gone = (column: Uint32Array) => column.map((value, i) => (i === 3 ? 0 : value));
  const steps = {
    ...run.steps,
    line: gone(run.steps.line),
    to: run.steps.to.map((to, i) => (i === 3 ? run.steps.from[3]! : to)),
  };
  const { inlays, lines } = marksOf({ run: { ...run, steps, asserts: [] }, live: 2 }, false);
  expect(inlays.map(({ text }) => text)).toEqual(['-> 0x7ffff7fe7000', '-> 0', '-> 0']);
  expect(lines.map(({ line, look }) => `${line} ${look}`)).toEqual(['2 ok', '3 ok', '4 stale-ok']);
});

test('what stands behind the calls can be chosen', () => {
  const inlays = [
    { at: 1, text: '-> 0', change: '+2', look: 'plain' },
    { at: 2, text: '-> 0', change: '', look: 'plain' },
  ] as const;
  expect(chosenInlays(inlays, 'both')).toEqual(inlays);
  expect(chosenInlays(inlays, 'result').map(({ text, change }) => text + change)).toEqual(['-> 0', '-> 0']);
  expect(chosenInlays(inlays, 'change').map(({ text, change }) => text + change)).toEqual(['+2']);
  expect(chosenInlays(inlays, 'off')).toEqual([]);
});
