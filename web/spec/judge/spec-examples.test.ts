// The scenarios of examples/spec: what they say of themselves, and that their asserts hold.
import { describe, expect, test } from 'vitest';
import { nodeKernel } from '../../cli/machine';
import { verdictOf } from '../../cli/verdict';
import { defaultSettings } from '../../run/model';
import { run } from '../../run/run';
import { specExamples } from './collection';

const examples = specExamples();
const kernel = nodeKernel();

test.each(['file', 'title'] as const)('no two have one %s', (key) => {
  const seen = examples.map((example) => example[key].toLowerCase());
  expect(seen.filter((value, i) => seen.indexOf(value) !== i)).toEqual([]);
  expect(seen.length).toBeGreaterThan(30);
});

describe.each(examples)('$file', ({ file, title, group, question, answer, text }) => {
  test('says what is learned, and which question it answers', () => {
    expect(file).toMatch(/^\d{2}-[a-z0-9]+(-[a-z0-9]+)*\.c$/);
    expect(text, 'the title is a sentence').toMatch(/^\/\/ .*\.\n/);
    expect(title).not.toBe('');
    expect(group, 'the second line begins with a group and a colon').not.toBeNull();
    expect(question).toMatch(/^[^?]+\?$/);
    expect(answer).toMatch(/^\S.*\.$/);
  });

  test('its asserts hold', () => {
    const done = run(text, defaultSettings, kernel);
    expect(verdictOf(file, done).reason).toBe('');
    expect(done.asserts.length).toBeGreaterThan(0);
    expect(done.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
