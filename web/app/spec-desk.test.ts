import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { compileCore, instantiate } from '../core/boot';
import { Kernel } from '../core/kernel';
import { defaultSettings } from '../run/model';
import { decodeLink } from '../share/link';
import { createSpecDesk } from './spec-desk';
import type { SpecAnswer, SpecPage, SpecRequest } from './spec-protocol';

const root = resolve(import.meta.dirname, '../..');
const text = (file: string): string => readFileSync(resolve(root, file), 'utf8');
const EXAMPLE = text('examples/01-hole-keeps-what-came-before.c');

vi.setConfig({ testTimeout: 120_000 }); // a slow machine may take its time

let desk: (request: SpecRequest) => Promise<SpecAnswer>;
beforeAll(() => {
  const core = compileCore(readFileSync(resolve(root, 'build/core.wasm')));
  desk = createSpecDesk(() => new Kernel(instantiate(core)));
});

async function judge(step: number, source = EXAMPLE, by = ''): Promise<SpecPage | null> {
  const answer = await desk({ kind: 'judge', source, settings: defaultSettings, step, by });
  if (answer.kind !== 'judge') throw new Error(answer.kind);
  return answer.page;
}

const line = (page: SpecPage | null, id: string) => page?.clauses.find((one) => one.id === id);

test('step 9 bears out the hole, step 13 the limit, and each knows of the other', async () => {
  const page = await judge(9);
  expect(line(page, 'mlock.error.ENOMEM.2')).toMatchObject({
    verdict: 'holds',
    here: { step: 9, says: 'confirms' },
    steps: [{ step: 9 }],
  });
  expect(line(page, 'mlock.error.ENOMEM')).toMatchObject({ here: null, steps: [{ step: 13 }], nr_steps: 1 });
  expect(line(page, 'mlock.error.EPERM')).toMatchObject({ verdict: 'not exercised', here: null, steps: [] });
  expect(page).toMatchObject({ call: 'mlock', unclaimed: [], atomic: { holds: false, claimed: true } });
  expect((await judge(13))?.atomic).toMatchObject({ holds: true });
});

test('a call without a specification says who has one, and which clauses of others it touched', async () => {
  const source = 'mlockall(MCL_FUTURE);\nmmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);\n';
  const page = await judge(2, source);
  expect(page).toMatchObject({ call: 'mmap', clauses: [], checked: null });
  expect(page?.specified).toEqual(['madvise', 'mlock', 'mlock2', 'mlockall', 'munlock', 'munlockall']);
  expect(page?.others.map(({ id }) => id.split('.')[0])).toContain('mlockall');
  expect(await judge(3, source)).toBeNull();
});

test('a step far behind in a long run is judged too', async () => {
  const source = `char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
munmap(p + 2 * PAGE_SIZE, PAGE_SIZE);
for (int i = 0; i < 220; i++) { mlock(p, 4096); munlock(p, 4096); }
mlock(p, 4 * PAGE_SIZE);
`;
  const page = await judge(443, source);
  expect(line(page, 'mlock.error.ENOMEM.2')?.here).toMatchObject({ step: 443, says: 'confirms' });
});

const WRONG = text('web/spec/judge/fixtures/wrong.h');

test('runtime checks refuse what the kernel takes, by the text that is asked for', async () => {
  const source = 'char *p = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);\nmunlock(p, ULONG_MAX);\n';
  expect((await judge(2, source))?.checked).toEqual({ unchecked: '0', checked: '0', refused: [] });
  const theirs = await judge(2, source, WRONG);
  expect(theirs).toMatchObject({ isTheirs: true, call: 'munlock' });
  expect(theirs?.checked).toMatchObject({ unchecked: '0', checked: '-1 EINVAL', refused: [{ parameter: 'len' }] });
});

test('a wrong claim is contradicted, and the link opens the step that shows it', async () => {
  const answer = await desk({ kind: 'audit', text: WRONG, base: 'https://example.org/' });
  if (answer.kind !== 'audit') throw new Error(answer.kind);
  const { calls, mail } = answer.audit;
  const wrong = calls.flatMap(({ rows }) => rows).filter(({ verdict }) => verdict === 'contradicted');
  expect(wrong.map(({ clause }) => clause)).toContain('munlock.param.len.constraint');
  const { link, step } = wrong.find(({ clause }) => clause === 'munlock.param.len.constraint')!;
  expect(link).toMatch(/^https:\/\/example\.org\/#v1\//);
  expect(await decodeLink(link.slice(link.indexOf('#')))).toMatchObject({ kind: 'shared', shared: { step } });
  expect(mail.split('\n').filter((one) => one.length > 72 && !one.includes('#v1/'))).toEqual([]);
});

test('an audit of anything else says what to paste', async () => {
  const answer = await desk({ kind: 'audit', text: '<img src=x onerror=alert(1)>', base: '' });
  expect(answer).toMatchObject({ kind: 'audit', audit: { calls: [], findings: [{ code: 'nothing' }] } });
});

test('a text converts to another form, which says what it cannot hold', async () => {
  const answer = await desk({ kind: 'convert', text: text('web/spec/calls/munlock.kapi'), form: 'short' });
  if (answer.kind !== 'convert') throw new Error(answer.kind);
  expect(answer.converted.text).toContain('error: ENOMEM');
  expect(answer.converted.losses.length).toBeGreaterThan(3);
});

test('the report has every clause of the six calls, and a scenario for what holds', async () => {
  const answer = await desk({ kind: 'report' });
  if (answer.kind !== 'report') throw new Error(answer.kind);
  expect([...new Set(answer.rows.map(({ call }) => call))]).toEqual([
    'mlock',
    'mlock2',
    'mlockall',
    'munlock',
    'munlockall',
    'madvise',
  ]);
  expect(answer.rows.length).toBeGreaterThan(200);
  expect(answer.rows.find(({ clause }) => clause === 'mlock.error.EPERM')?.link).toMatch(/^#v1\//);
});
