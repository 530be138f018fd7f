import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultSettings } from '../run/model';
import { run } from '../run/run';
import { GROUPS, readExample } from '../share/example';
import { projectFolder } from './folder';
import { nodeKernel } from './machine';
import { verdictOf } from './verdict';

const folder = join(projectFolder(), 'examples');
const examples = readdirSync(folder)
  .filter((name) => name.endsWith('.c'))
  .map((name) => readExample(name, readFileSync(join(folder, name), 'utf8')));
const kernel = nodeKernel();

describe('examples', () => {
  test.each(['number', 'title', 'question'] as const)('no two have one %s', (key) => {
    const seen = examples.map((example) => String(example[key]).toLowerCase());
    expect(seen.filter((value, i) => seen.indexOf(value) !== i)).toEqual([]);
  });

  test('every group has some, and the first example is number 1', () => {
    expect(GROUPS.filter((group) => !examples.some((example) => example.group === group))).toEqual([]);
    expect(Math.min(...examples.map(({ number }) => number))).toBe(1);
    expect(examples.length).toBeGreaterThanOrEqual(64);
  });

  describe.each(examples)('$file', ({ file, number, title, group, question, answer, text }) => {
    test('says what is learned, and which question it answers', () => {
      expect(file).toMatch(/^\d{2,3}-[a-z0-9]+(-[a-z0-9]+)*\.c$/);
      expect(text, 'the title is a sentence').toMatch(/^\/\/ .*\.\n/);
      expect(title.length, title).toBeLessThanOrEqual(60);
      expect(group, 'the second line begins with a group and a colon').not.toBeNull();
      expect(question).toMatch(/^[^?]+\?$/);
      // The text of the first visit is short.
      if (number !== 1) expect(answer, 'the answer is in sentences').toMatch(/^\S.*\.$/);
    });

    test('its asserts hold', () => {
      const done = run(text, defaultSettings, kernel);
      expect(verdictOf(file, done).reason).toBe('');
      expect(done.asserts.length, 'asserts').toBeGreaterThan(0);
      expect(done.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    });
  });
});
