import { expect, test } from 'vitest';
import type { Outcome, Run } from '../run/model';
import { junitReport } from './junit';
import { verdictLine, verdictOf } from './verdict';

const place = { from: 0, to: 1, line: 3, column: 5 };
const judge = (outcome: Outcome) => verdictOf('a.c', { outcome, ms: 2 } as Run);

test('a scenario passes when it ends, or exits with 0', () => {
  expect(verdictLine(judge({ kind: 'end' }))).toBe('ok a.c');
  expect(verdictLine(judge({ kind: 'exit', status: 0, place }))).toBe('ok a.c');
  expect(verdictLine(judge({ kind: 'exit', status: 2, place }))).toBe('FAIL a.c:3:5 exit status 2');
});

test('all else fails with its place and reason, on one line', () => {
  expect(verdictLine(judge({ kind: 'assert', place, message: 'locked_vm() is 12,\n  11 expected' }))).toBe(
    'FAIL a.c:3:5 locked_vm() is 12, 11 expected',
  );
  expect(verdictLine(judge({ kind: 'not-modelled', place, message: '' }))).toBe('FAIL a.c:3:5 not-modelled');
});

test('the JUnit report escapes what XML would read', () => {
  const report = junitReport([judge({ kind: 'end' }), judge({ kind: 'assert', place, message: 'a < b && "c"' })]);
  expect(report).toContain('<testsuite name="scenarios" tests="2" failures="1" time="0.004">');
  expect(report).toContain('<failure message="a &lt; b &amp;&amp; &quot;c&quot;">a.c:3:5 a &lt; b');
});
