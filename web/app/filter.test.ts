import { expect, test } from 'vitest';
import { EAGAIN, ENOMEM } from '../../assembly/abi/errno';
import { P_touch_write, SYS_mlock, SYS_munlock } from '../../assembly/abi/sysno';
import { filterSteps, nextMatch } from './filter';
import { runOf } from './steps.test-data';

const source = 'mlock(buf, 1);\nmlock(key, 2);\ntouch_write(buf, 1);\nmunlock(buf, 1);\nmmap(4);';
const made = runOf(source, [
  { call: 'mlock(buf, 1)', nr: SYS_mlock, locked: 1 },
  { call: 'mlock(key, 2)', nr: SYS_mlock, errno: ENOMEM, locked: 1 },
  { call: 'touch_write(buf, 1)', nr: P_touch_write, locked: 1 },
  { call: 'munlock(buf, 1)', nr: SYS_munlock },
  { call: 'mmap(4)', nr: SYS_mlock, errno: EAGAIN },
]);
const pid = Uint16Array.of(1, 1, 2, 1, 1);
const run = { ...made, steps: { ...made.steps, pid } };
const found = (text: string) => {
  const matches = filterSteps(run, text);
  return matches && [...matches.steps];
};

test.each([
  ['', null],
  ['   ', null],
  ['call:mlock', [1, 2, 5]],
  ['call:m*', [1, 2, 4, 5]],
  ['call:mlock,munlock errno:ENOMEM', [2]],
  ['call:munlock call:touch*', [3, 4]],
  ['errno:enomem', [2]],
  ['pid:2', [3]],
  ['line:2-4', [2, 3, 4]],
  ['step:4', [4]],
  ['failed', [2, 5]],
  ['-failed buf', [1, 3, 4]],
  ['KEY', [2]],
  ['eagain', [5]],
  ['changed', [1, 3, 4]],
  ['nothing:such', []],
  ['line:x', []],
  ['__proto__:x', []],
])('%o lets through %o', (text, steps) => {
  expect(found(text)).toEqual(steps);
});

test('a term that is being written hides nothing', () => {
  expect(found('-')).toBeNull();
  expect(found('call:')).toEqual([1, 2, 3, 4, 5]);
  expect(found('call:mlock errno:')).toEqual([1, 2, 5]);
});

test('the next match goes round at the ends', () => {
  const matches = filterSteps(run, 'call:mlock')!;
  expect([0, 1, 2, 5].map((step) => nextMatch(matches, step, 1))).toEqual([1, 2, 5, 1]);
  expect([1, 2, 5].map((step) => nextMatch(matches, step, -1))).toEqual([5, 1, 2]);
  expect(nextMatch(filterSteps(run, 'nothing')!, 3, 1)).toBe(0);
});

test('hits are told by step', () => {
  expect([...filterSteps(run, 'pid:2')!.hits]).toEqual([0, 0, 0, 1, 0, 0]);
});
