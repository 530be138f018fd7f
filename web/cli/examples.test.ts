import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultSettings } from '../run/model';
import { run } from '../run/run';
import { projectFolder } from './folder';
import { nodeKernel } from './machine';
import { verdictOf } from './verdict';

const folder = join(projectFolder(), 'examples');
const names = readdirSync(folder).filter((name) => name.endsWith('.c'));
const kernel = nodeKernel();

describe('examples', () => {
  test('are numbered without gaps', () => {
    expect(names.map((name) => Number(name.slice(0, 2)))).toEqual(names.map((_, i) => i + 1));
    expect(names.length).toBeGreaterThanOrEqual(40);
  });

  test.each(names)('%s', (name) => {
    const source = readFileSync(join(folder, name), 'utf8');
    const [lesson, question] = source.split('\n');
    expect(lesson, 'a lesson').toMatch(/^\/\/ .*\.$/);
    // The text of the first visit is short.
    if (!name.startsWith('01-')) expect(question, 'and the question that it answers').toMatch(/^\/\/ .*\?$/);
    const done = run(source, defaultSettings, kernel);
    expect(verdictOf(name, done).reason).toBe('');
    expect(done.asserts.length, 'asserts').toBeGreaterThan(0);
    expect(done.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
