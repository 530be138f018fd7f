// The judge: every clause of our five specifications is exercised, and what is wrong in others is found.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { nodeKernel } from '../../cli/machine';
import type { Kernel } from '../../core/kernel';
import { Timeline } from '../../run/timeline';
import { defaultSettings } from '../../run/model';
import { run } from '../../run/run';
import { decodeLink } from '../../share/link';
import { ourCalls } from '../calls';
import { read } from '../read';
import { audit, type Audit } from './audit';
import { checkedResult } from './checked';
import { asScenarios, collect, judgeCall, specExamples, type Collection } from './collection';
import { gather, observations } from './gather';
import { Judge } from './judge';
import { COLUMNS, toMail } from './mail';
import { LOCK_CALLS } from './observation';
import { trials } from './score';

const ours = ourCalls();
const five = ours.filter(({ name }) => LOCK_CALLS.includes(name));
const wrong = readFileSync(join(import.meta.dirname, 'fixtures', 'wrong.h'), 'utf8');
const MAP = 'char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);';
let kernel: Kernel;
let collection: Collection;
let audited: Audit;

beforeAll(async () => {
  kernel = nodeKernel();
  collection = collect(asScenarios(specExamples()), kernel);
  audited = await audit(wrong, collection, kernel, ours);
});

const specOf = (name: string) => ours.find((one) => one.name === name)!;
const seenIn = (source: string) => gather({ name: 'test', source }, kernel).seen;
/** Verdict and reasons of a clause of the fixture. */
const verdictOf = (clause: string): string => {
  const row = audited.calls.flatMap((one) => one.rows).find((one) => one.clause === clause)!;
  return `${row.verdict}: ${row.because.join('; ')}`;
};

describe.each(five.map(({ name }) => name))('%s', (name) => {
  test('every clause is exercised, or cannot be observed for a reason', () => {
    const { clauses } = judgeCall(specOf(name), collection, kernel);
    const open = clauses.filter(({ verdict, because, evidence, bound }) => {
      if (verdict === 'cannot be observed') return because.length === 0;
      return bound.binding.kind === 'settled' ? verdict !== 'holds' : evidence.length === 0;
    });
    expect(open.map(({ bound, verdict }) => `${bound.clause.id}: ${verdict}`)).toEqual([]);
  });

  test('none is contradicted, and nothing is left out', () => {
    const { clauses, omitted } = judgeCall(specOf(name), collection, kernel);
    const bad = clauses.filter(({ verdict }) => !/^(holds|holds with conditions|cannot be observed)$/.test(verdict));
    expect(bad.map(({ bound, because }) => `${bound.clause.id}: ${because.join('; ')}`)).toEqual([]);
    expect(omitted.map(({ what }) => what)).toEqual([]);
  });
});

test('at least nine of ten altered clauses are found', () => {
  const all = five.flatMap((call) => trials(call, collection, kernel));
  const missed = all.filter(({ caught }) => !caught);
  const told = missed.map(({ mutant, why }) => `missed ${mutant.clause} (${mutant.how}): ${why}`);
  expect(all.length).toBeGreaterThan(300);
  expect(1 - missed.length / all.length, told.join('\n')).toBeGreaterThanOrEqual(0.9);
}, 120_000);

describe('an audit of wrong claims', () => {
  test.each([
    ['munlock.param.len.constraint', /^contradicted: .*it gives 0, not EINVAL/],
    ['munlock.signal.0.restartable', /^contradicted: the value is EINTR/],
    ['munlock.state-trans.0', /^contradicted in part: never the active list/],
    ['munlock.error.ENOMEM', /^omits: .*split at max_map_count/],
    ['munlock.side-effect.0', /^holds with conditions: not for secret memory/],
    ['munlock.examples.0', /^holds/],
    ['mlockall.error.EAGAIN', /^contradicted: the call gives 0/],
    ['mlockall.side-effect.0', /^contradicted: .*\[vdso\]/],
    ['mlockall.side-effect.1', /^contradicted in part: locked_vm is \d+ of \d+ pages/],
    ['mlockall.notes.0', /^contradicted: def_flags are 0 afterwards/],
  ])('%s', (clause, expected) => {
    expect(verdictOf(clause)).toMatch(expected);
  });

  test('each verdict by running leads to its scenario', async () => {
    const row = audited.calls[0]!.rows.find(({ clause }) => clause === 'munlock.param.len.constraint')!;
    const opened = await decodeLink(row.link);
    expect(opened.kind).toBe('shared');
    if (opened.kind === 'shared') expect(opened.shared.step).toBe(row.step);
  });

  test('the same scenarios give a right claim and a wrong one different verdicts', () => {
    const right = wrong.replace('MCL_FUTURE persists across execve.', 'MCL_FUTURE is cleared by execve.');
    const call = read(right).specifications[1]!;
    const { clauses } = judgeCall(call, collection, kernel);
    expect(clauses.find(({ bound }) => bound.clause.id === 'mlockall.notes.0')?.verdict).toBe('holds');
  });

  test('sentences that are not understood are not judged', () => {
    const call = read(wrong.replace('MCL_FUTURE persists across execve.', 'Be kind to memory.')).specifications[1]!;
    const { clauses } = judgeCall(call, collection, kernel);
    expect(clauses.find(({ bound }) => bound.clause.id === 'mlockall.notes.0')?.verdict).toBe('not bound: prose');
  });

  test('names of objects are only names', async () => {
    const text = JSON.stringify({
      symbol: 'sys_munlock',
      parameters: [{ name: 'constructor', typeName: 'int', constraint: 'constructor' }],
      signals: [{ name: 'constructor', direction: 'send' }],
      stateTransitions: [{ object: 'future mappings', from: 'constructor', to: 'valueOf' }],
      capabilities: [{ name: 'constructor', without: 'EPERM' }],
      constraints: [{ name: 'constructor', expression: 'valueOf == 0' }],
    });
    const { calls } = await audit(text, collection, kernel, ours);
    const verdicts = Object.fromEntries(calls[0]!.rows.map(({ clause, verdict }) => [clause, verdict]));
    expect(verdicts).toMatchObject({
      'munlock.param.constructor.constraint': 'not bound: prose',
      'munlock.signal.0': 'not bound: prose',
      'munlock.state-trans.0': 'not bound: prose',
      'munlock.constraint.0': 'not exercised',
    });
  });

  test('the mail has 72 columns and no HTML', () => {
    const mail = toMail(audited);
    const lines = mail.split('\n').filter((line) => !line.startsWith('#v1/'));
    expect(lines.filter((line) => line.length > COLUMNS)).toEqual([]);
    expect(mail).toContain('> param.len.constraint: range 0 to LONG_MAX');
    expect(mail).toContain('\nOurs: ');
    expect(mail, 'operators stay').toContain('1UL << 63');
    expect(
      toMail({
        calls: [],
        findings: [{ severity: 'error', code: 'x', clause: '', place: { line: 1, column: 1 }, message: '<img src=x>' }],
      }),
    ).not.toContain('<');
  });
});

describe('one step', () => {
  test('a failed call that changed state is told so', () => {
    const seen = seenIn(`${MAP}\nmunmap(p + 2 * PAGE_SIZE, PAGE_SIZE);\nmlock(p, 4 * PAGE_SIZE);`).at(-1)!;
    const { atomic } = new Judge(specOf('mlock')).step(seen);
    expect(atomic).toMatchObject({ holds: false, claimed: true });
    expect(atomic?.sentence).toMatch(/^The call failed with ENOMEM and yet: .*locked_vm grew/);
  });

  test('a call that failed before it did anything changed nothing', () => {
    const seen = seenIn('mlockall(0);').at(-1)!;
    expect(new Judge(specOf('mlockall')).step(seen).atomic).toMatchObject({ holds: true });
  });

  test('clauses are exercised by it, and what no clause claims is listed', () => {
    const seen = seenIn(`${MAP}\nmlock(p, 4 * PAGE_SIZE);\nmunlock(p, PAGE_SIZE);`).at(-1)!;
    const step = new Judge(read(wrong).specifications[0]!).step(seen);
    expect(step.exercised.map(({ bound }) => bound.clause.id)).toContain('munlock.side-effect.0');
    expect(step.unclaimed).toContain('VMA split');
    expect(new Judge(specOf('munlock')).step(seen).unclaimed).toEqual([]);
  });

  test('a step that the simulator cannot do says nothing of the kernel', () => {
    const large = MAP.replace('4 * PAGE_SIZE', '4 * MiB');
    const seen = seenIn(`${large}\nmlock(p, PAGE_SIZE);\nmadvise(p, 4 * MiB, MADV_COLLAPSE);`);
    expect(seen.map(({ name }) => name)).toEqual(['mmap', 'mlock']);
  });

  test('only the steps that are asked for are looked at', () => {
    const timeline = new Timeline(kernel);
    run(`${MAP}\nmlock(p, PAGE_SIZE);\nmunlock(p, PAGE_SIZE);`, defaultSettings, kernel, timeline.after);
    expect(observations('page', timeline, (step) => step === 3).map(({ name, step }) => [name, step])).toEqual([
      ['munlock', 3],
    ]);
  });
});

describe('runtime checks', () => {
  const munlock = read(wrong).specifications[0]!;

  test('a length beyond the declared range is EINVAL with checks, and 0 without', () => {
    const seen = seenIn(`${MAP}\nmunlock(p, ULONG_MAX);`).at(-1)!;
    const result = checkedResult(munlock, seen.args, seen.call.result);
    expect(result).toMatchObject({ unchecked: 0n, checked: -22n });
    expect(result.violations).toEqual([{ parameter: 'len', value: 2n ** 64n - 1n, rule: 'range 0 to LONG_MAX' }]);
  });

  test('what keeps the rules is the same with and without', () => {
    expect(checkedResult(munlock, [4096n, 4096n], -12n)).toEqual({ unchecked: -12n, checked: -12n, violations: [] });
    expect(checkedResult(specOf('mlockall'), [(1n << 32n) | 8n], -22n).violations).toHaveLength(1);
    expect(checkedResult(specOf('mlockall'), [(1n << 32n) | 1n], 0n).violations).toEqual([]);
  });
});

// The published patches are not part of this project: SEEDS names a folder that has them.
const seeds = process.env['SEEDS'] ?? '';
const patches = seeds !== '' && existsSync(seeds) ? readdirSync(seeds).filter((file) => file.endsWith('.txt')) : [];

/** What an audit of the published patches says at least. */
const PUBLISHED: Readonly<Record<string, RegExp>> = {
  'munlock.param.len.constraint': /^contradicted$/,
  'munlock.signal.0.restartable': /^contradicted$/,
  'munlock.state-trans.4': /^contradicted in part$/,
  'munlock.error.ENOMEM': /^omits$/,
  'mlockall.error.EAGAIN': /^contradicted$/,
  'mlockall.side-effect.4': /^contradicted$/,
  'mlockall.side-effect.2': /^contradicted in part$/,
};

test.each(patches.map((file) => [file]))('%s: every clause has a verdict by running, or a reason', async (file) => {
  const { calls } = await audit(readFileSync(join(seeds, file), 'utf8'), collection, kernel, ours);
  const table = calls.flatMap((one) => one.rows);
  expect(table.length).toBeGreaterThan(30);
  expect(table.filter(({ verdict }) => /^not /.test(verdict)).map(({ clause }) => clause)).toEqual([]);
  for (const [clause, expected] of Object.entries(PUBLISHED).filter(([id]) => id.startsWith(`${table[0]!.call}.`))) {
    expect(table.find((row) => row.clause === clause)?.verdict, clause).toMatch(expected);
  }
});
