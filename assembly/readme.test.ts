// assembly/README.md tells what the core does: its story is played here, its lists are compared.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { story } from './testing/story';

const folder = import.meta.dirname;
const readme = readFileSync(resolve(folder, 'README.md'), 'utf8');

const sources = (path: string): string[] =>
  readdirSync(path).flatMap((name) => {
    const full = join(path, name);
    if (statSync(full).isDirectory()) return name === 'testing' ? [] : sources(full);
    return /\.ts$/.test(name) && !/\.test\.ts$/.test(name) ? [full] : [];
  });

test('the story is what happens', () => {
  const block = /```story\n([\s\S]*?)\n```/.exec(readme)?.[1];
  expect(block).toBe(story());
});

test('every "Differs:" of the sources stands in the list', () => {
  const differs = sources(folder).flatMap((path) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .flatMap((line) => /^\s*\/\/ Differs: (.+)$/.exec(line)?.[1] ?? []),
  );
  const part = readme.slice(readme.indexOf('## Where it differs')).split('\n## ')[0]!;
  expect(differs.filter((sentence) => !part.includes(`- ${sentence}`))).toEqual([]);
  expect(part.match(/^- /gm)?.length).toBe(differs.length);
});

test('the folder map names every source once', () => {
  const part = readme.slice(readme.indexOf('## Folders')).split('\n## ')[0]!;
  const missing = sources(folder)
    .map((path) => path.slice(folder.length + 1))
    .filter((path) => !part.includes(path.split('/').at(-1)!.replace(/\.ts$/, '')));
  expect(missing).toEqual([]);
});
