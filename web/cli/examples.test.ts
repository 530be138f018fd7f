// Every scenario of the repository: what it says of itself, and that its asserts hold.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultSettings } from '../run/model';
import { run } from '../run/run';
import { GROUPS, readExample, type Example } from '../share/example';
import { projectFolder } from './folder';
import { nodeKernel } from './machine';
import { verdictOf } from './verdict';

const kernel = nodeKernel();

function examplesOf(name: string): Example[] {
  const folder = join(projectFolder(), name);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.c'))
    .map((file) => readExample(file, readFileSync(join(folder, file), 'utf8')));
}

test('every group of the gallery has some', () => {
  const there = examplesOf('examples').map(({ group }) => group);
  expect(GROUPS.filter((group) => !there.includes(group))).toEqual([]);
});

describe.each([
  ['examples', 64],
  ['examples/spec', 30],
])('%s', (name, least) => {
  const examples = examplesOf(name);

  test.each(['number', 'title', 'question'] as const)('no two have one %s', (key) => {
    const seen = examples.map((example) => String(example[key]).toLowerCase());
    expect(seen.filter((value, i) => seen.indexOf(value) !== i)).toEqual([]);
    expect(seen.length).toBeGreaterThanOrEqual(least);
  });

  test('the first is number 1', () => {
    expect(Math.min(...examples.map(({ number }) => number))).toBe(1);
  });

  describe.each(examples)('$file', ({ file, number, title, group, question, answer, text }) => {
    test('says what is learned, and which question it answers', () => {
      expect(file).toMatch(/^\d{2,3}-[a-z0-9]+(-[a-z0-9]+)*\.c$/);
      expect(text, 'the title is a sentence').toMatch(/^\/\/ .*\.\n/);
      expect(title).not.toBe('');
      expect(title.length, title).toBeLessThanOrEqual(60);
      expect(group, 'the second line begins with a group and a colon').not.toBeNull();
      expect(question).toMatch(/^[^?]+\?$/);
      // The text of the first visit is short.
      if (name !== 'examples' || number !== 1) expect(answer, 'the answer is in sentences').toMatch(/^\S.*\.$/);
    });

    test('its asserts hold', () => {
      const done = run(text, defaultSettings, kernel);
      expect(verdictOf(file, done).reason).toBe('');
      expect(done.asserts.length, 'asserts').toBeGreaterThan(0);
      expect(done.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    });
  });
});
