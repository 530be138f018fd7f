import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { callTexts } from '../spec/calls';
import { projectFolder } from './folder';
import { auditText, report } from './spec-judge';

const wrong = readFileSync(join(projectFolder(), 'web/spec/judge/fixtures/wrong.h'), 'utf8');

test('an audit says what is contradicted, in three forms, with links to a page', async () => {
  const base = 'https://example.org/';
  const text = await auditText(wrong, { as: 'text', base });
  expect(text.wrong).toBe(true);
  expect(text.out).toMatch(/^contradicted +munlock\.param\.len\.constraint \(.*\.c, step \d+\)$/m);
  expect(text.out).toContain('Against our specification:');

  const mail = await auditText(wrong, { as: 'mail', base });
  expect(mail.out).toMatch(/^> param\.len\.constraint: range 0 to LONG_MAX$/m);
  expect(mail.out).toMatch(/^https:\/\/example\.org\/#v1\//m);

  const { calls } = JSON.parse((await auditText(wrong, { as: 'json', base })).out) as {
    calls: { call: string; rows: { clause: string; verdict: string }[] }[];
  };
  expect(calls.map(({ call }) => call)).toEqual(['munlock', 'mlockall']);
  expect(calls[0]!.rows).toContainEqual(
    expect.objectContaining({ clause: 'munlock.param.len.constraint', verdict: 'contradicted' }),
  );
});

test('our own text passes its audit, a text without a specification does not', async () => {
  const { text } = callTexts().find(({ file }) => file === 'munlockall.kapi')!;
  expect((await auditText(text, { as: 'text', base: '' })).wrong).toBe(false);
  const none = await auditText('hello', { as: 'text', base: '' });
  expect(none).toEqual({ out: expect.stringContaining('No specification was found.') as string, wrong: true });
});

test('the report has a table for each call', async () => {
  const heads = (await report({ as: 'md', base: '' })).match(/^## .*/gm);
  expect(heads).toEqual(
    ['madvise', 'mlock', 'mlock2', 'mlockall', 'munlock', 'munlockall'].map((name) => `## ${name}`),
  );
});
